// A document behind the stages that guard it, over real HTTP, for tests.
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';
import { OpenApi } from '../../src/languages/openapi/openapi.ts';
import type { Context } from '../../src/mock/context.ts';
import type { Answer, Exchange, Stage } from '../../src/mock/rest/exchange.ts';
import { idpHandler } from '../../src/mock/rest/idp.ts';
import { lifecycleStage } from '../../src/mock/rest/lifecycle.ts';
import { limitsStage } from '../../src/mock/rest/limits.ts';
import { Router } from '../../src/mock/rest/router.ts';
import { routeStage } from '../../src/mock/rest/routing.ts';
import { securityStage } from '../../src/mock/rest/security.ts';
import { send } from '../../src/mock/rest/send.ts';
import { troubleStage } from '../../src/mock/rest/trouble.ts';
import { wishesStage } from '../../src/mock/rest/wishes.ts';
import { defaultSettings, type MockSettings } from '../../src/mock/settings.ts';
import { apisOf } from './serving.ts';

/** What is at work, and its clock. */
export interface Guarding {
  readonly url: string;
  /** Milliseconds since 1970; may be set. */
  now: number;
  /** Who the caller of the latest request that came through was. */
  caller: Exchange['caller'];
  readonly stages: readonly Stage[];
  readonly context: Context;
}

/** Serves a document: what gets through is answered with 200. */
export async function guarding(document: string, settings: Partial<MockSettings> = {}): Promise<Guarding> {
  const apis = await apisOf({ 'openapi.yaml': document });
  const openapis = apis.filter((api): api is OpenApi => api instanceof OpenApi);
  const all = { ...defaultSettings, ...settings };
  const state = { now: settings.now ?? Date.UTC(2026, 0, 1), caller: null as Exchange['caller'] };
  const context = { settings: all, apis, now: () => state.now, log: () => {} } as unknown as Context;
  const idp = idpHandler(context);
  const stages = [
    routeStage(new Router(openapis)),
    wishesStage(context),
    troubleStage(context),
    lifecycleStage(context),
    securityStage(context),
    limitsStage(context),
  ];
  const server = createServer(async (request, response) => {
    if (await idp(request, response)) return;
    const [path = '', query = ''] = (request.url ?? '').split('?');
    const exchange: Exchange = {
      ...{ context, request, response, id: 'id', at: state.now, method: request.method ?? '', path, query },
      ...{ base: baseOf(request), route: null, pathParameters: {}, bytes: null, body: undefined, mediaType: null },
      ...{ parameters: { path: {}, query: {}, header: {}, cookie: {} }, wishes: {}, caller: null },
    };
    let answer: Answer | undefined;
    let reached = 0;
    for (; reached < stages.length && !answer; reached++) answer = await stages[reached]!.before?.(exchange);
    state.caller = exchange.caller;
    answer ??= { status: 200, headers: {}, body: { bytes: '{}', mediaType: 'application/json' } };
    for (let i = stages.length - 1; i >= 0; i--) {
      if (i < reached || stages[i]!.everywhere) answer = (await stages[i]!.after?.(exchange, answer)) ?? answer;
    }
    send(exchange, answer);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(async () => {
    for (const stage of stages) await stage.close?.();
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return Object.assign(state, { url, stages, context });
}

function baseOf(request: IncomingMessage): string {
  return `http://${request.headers.host}`;
}
