// A mock of REST with records, listening, for tests.
import { existsSync, readFileSync } from 'node:fs';
import type { Context } from '../../src/mock/context.ts';
import { inferRoles } from '../../src/mock/resources/infer.ts';
import { defaultSettings, type MockSettings } from '../../src/mock/settings.ts';
import { memoryStore } from '../../src/mock/store/memory-store.ts';
import { contextWith, documentOf, serveContext } from './http-server.ts';

/** An answer, read. */
export interface Told {
  readonly status: number;
  readonly headers: Headers;
  // biome-ignore lint/suspicious/noExplicitAny: tests look into bodies of any shape
  readonly body: any;
}

/** A mock with records. */
export interface Crud {
  readonly url: string;
  readonly context: Context;
  /** Its clock, in milliseconds since 1970; may be set. */
  now: number;
  /** What handlers threw. */
  readonly thrown: unknown[];
  /** @param body is sent as JSON unless it is text @param headers go before those made up here */
  ask(method: string, path: string, body?: unknown, headers?: Record<string, string>): Promise<Told>;
}

/** Serves documents from a store until the test is over; credentials are not asked for. */
export async function crudOf(texts: string | readonly string[], settings: Partial<MockSettings> = {}): Promise<Crud> {
  const apis = [texts].flat().map((text) => documentOf(text));
  const all = { ...defaultSettings, auth: 'off' as const, ...settings };
  const roles = inferRoles(apis, all);
  const clock = { now: Date.parse('2026-05-01T12:00:00Z') };
  const now = () => clock.now;
  const store = memoryStore(roles.resources, all, now);
  const context: Context = { ...contextWith(apis, all), roles, store, now };
  const { url, thrown } = await serveContext(context);
  return Object.assign(clock, {
    url,
    thrown,
    context,
    async ask(method: string, path: string, body?: unknown, headers: Record<string, string> = {}): Promise<Told> {
      const text = body === undefined || typeof body === 'string' ? body : JSON.stringify(body);
      const type = text === undefined ? {} : { 'content-type': 'application/json' };
      const target = path.startsWith('http') ? path : url + path;
      const options = { method, headers: { ...type, ...headers }, ...(text === undefined ? {} : { body: text }) };
      // Server and client share a thread: while it is busy for seconds, connections that are kept run out of time.
      const response = await fetch(target, options).catch((error: unknown) => {
        if (thrown.length > 0) throw error;
        return fetch(target, options);
      });
      const answer = await response.text();
      return { status: response.status, headers: response.headers, body: parsed(answer) };
    },
  });
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

/** The project's own example. */
export const ordersText = (): string => readFileSync(new URL('../../examples/orders.yaml', import.meta.url), 'utf8');

/** A document of the corpus beside the project; undefined where there is none. */
export function corpusText(path: string): string | undefined {
  const file = `../shared/corpus/openapi/${path}`;
  return existsSync(file) ? readFileSync(file, 'utf8') : undefined;
}
