// Documents in short, and what they imply in short.
import { graphql } from '../../src/languages/graphql/graphql.ts';
import type { Api, Files } from '../../src/languages/language.ts';
import { openapi } from '../../src/languages/openapi/openapi.ts';
import { protobuf } from '../../src/languages/protobuf/protobuf.ts';
import { inferRoles } from '../../src/mock/resources/infer.ts';
import type { Roles } from '../../src/mock/resources/roles.ts';
import { defaultSettings } from '../../src/mock/settings.ts';
import { Source } from '../../src/text/source.ts';

const noFiles: Files = { read: () => ({ refused: 'there is no such file' }) };

export type Schema = Readonly<Record<string, unknown>>;

/** A reference to a component. */
export const ref = (name: string): Schema => ({ $ref: `#/components/schemas/${name}` });
/** An object of some properties. */
export const object = (properties: Readonly<Record<string, Schema>>): Schema => ({ type: 'object', properties });
export const text: Schema = { type: 'string' };
export const whole: Schema = { type: 'integer' };
export const list = (items: Schema): Schema => ({ type: 'array', items });

/** What an operation takes and gives. */
export interface Body {
  readonly takes?: Schema;
  readonly gives?: Schema | null;
  readonly as?: string;
  readonly example?: unknown;
}

/** An OpenAPI document of operations such as `GET /orders/{id}`; path parameters are texts unless they are told otherwise. */
export function rest(
  operations: Readonly<Record<string, Body>>,
  schemas: Readonly<Record<string, Schema>> = {},
  parameters: Readonly<Record<string, Schema>> = {},
): Api {
  const paths: Record<string, Record<string, unknown>> = {};
  for (const [name, { takes, gives, as = 'application/json', example }] of Object.entries(operations)) {
    const [method, path] = name.split(' ') as [string, string];
    const names = [...path.matchAll(/\{([^}]+)\}/g)].map(([, one]) => one!);
    paths[path] = {
      ...paths[path],
      [method.toLowerCase()]: {
        parameters: names.map((one) => ({
          name: one,
          in: 'path',
          required: true,
          schema: (Object.hasOwn(parameters, one) && parameters[one]) || text,
        })),
        ...(takes && { requestBody: { content: { 'application/json': { schema: takes } } } }),
        responses: gives
          ? {
              200: {
                description: 'ok',
                content: { [as]: { schema: gives, ...(example === undefined ? {} : { example }) } },
              },
            }
          : { 204: { description: 'done' } },
      },
    };
  }
  const document = { openapi: '3.1.0', info: { title: 'T', version: '1' }, paths, components: { schemas } };
  return openapi.read([new Source('openapi.json', JSON.stringify(document))], noFiles)[0]!;
}

/** A GraphQL schema. */
export const sdl = (source: string): Api => graphql.read([new Source('schema.graphql', source)], noFiles)[0]!;

/** A `.proto` file. */
export const proto = (source: string): Api =>
  protobuf.read([new Source('service.proto', `syntax = "proto3"; package shop.v1; ${source}`)], noFiles)[0]!;

export const infer = (...apis: readonly Api[]): Roles => inferRoles(apis, defaultSettings);

/** Roles in short: `GET /orders/{id}: get order by id`. */
export function told(roles: Roles): Record<string, string> {
  const found: Record<string, string> = {};
  for (const [{ name }, role] of roles.rest) {
    const scope = role.scopeParameters.length > 0 ? ` in ${role.scopeParameters.join(',')}` : '';
    const above = role.above ? ` of ${role.above.resource.name} ${role.above.parameter}` : '';
    const inside = role.inside.length === 0 ? '' : ` inside ${role.inside.join('.')}`;
    found[name] = `${said(role)}${role.idParameter === null ? '' : ` by ${role.idParameter}`}${scope}${above}${inside}`;
  }
  for (const [name, role] of [...roles.grpc, ...roles.graphql]) found[name.replace(/^shop\.v1\./, '')] = said(role);
  return found;
}

function said({ kind, action, resource }: { kind: string; action: string | null; resource: { name: string } }): string {
  return `${kind}${action === null ? '' : ` (${action})`} ${resource.name}`;
}
