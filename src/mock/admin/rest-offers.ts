import { asString, get, isObject, itemsOf } from '../../languages/openapi/json.ts';
import type { OpenApi } from '../../languages/openapi/openapi.ts';
import {
  bodyOf,
  isJson,
  keyword,
  type Operation,
  operations,
  type Parameter,
  parametersOf,
  securityOf,
} from '../../languages/openapi/select.ts';
import type { Context } from '../context.ts';
import { Random } from '../random.ts';
import { examplesOf } from '../rest/examples.ts';
import { basePathOf } from '../rest/servers.ts';
import { sampleSchema } from '../sample/sample.ts';
import type { Form, Offered, OfferedParameter } from './operations.ts';

/** The operations of an OpenAPI document, with parameters and bodies that are likely to work. */
export function restOffers(api: OpenApi, context: Context): Offered[] {
  const title = asString(get(api.root.value['info'], 'title')) ?? 'REST';
  return operations(api).map((operation) => ({
    protocol: 'rest',
    group: asString(itemsOf(operation.value['tags'])[0]) ?? title,
    method: operation.method.toUpperCase(),
    path: `${basePathOf(api)}${operation.path}`,
    name: operation.path,
    summary: asString(operation.value['summary']) ?? asString(operation.value['operationId']) ?? '',
    deprecated: operation.value['deprecated'] === true,
    form: () => ({
      parameters: parametersOf(api, operation).flatMap((parameter) => offer(api, operation, parameter, context)),
      body: bodyFor(api, operation),
      variables: null,
      security: securityOf(api, operation).requirements.map(({ schemes }) =>
        schemes.map(({ name, scopes }) => (scopes.length > 0 ? `${name} (${scopes.join(', ')})` : name)).join(' and '),
      ),
    }),
  }));
}

function offer(api: OpenApi, operation: Operation, parameter: Parameter, context: Context): OfferedParameter[] {
  const { name, in: place, required, value, schema } = parameter;
  if (place !== 'path' && place !== 'query' && place !== 'header' && place !== 'cookie') return [];
  const values = itemsOf(keyword(api, schema, 'enum')).map(String);
  const known = place === 'path' ? existing(operation, name, context) : undefined;
  const example = known ?? exampleOf(api, parameter) ?? (required ? made(api, parameter) : undefined);
  const description = asString(value['description']) ?? '';
  return [{ name, in: place, required, description, example: example === undefined ? '' : textOf(example), values }];
}

/** The id of something that is there, or of what is above it. */
function existing(operation: Operation, name: string, { roles, store }: Context): unknown {
  const role = roles.rest.get(operation);
  if (!role) return undefined;
  const resource =
    role.idParameter === name ? role.resource : role.above?.parameter === name ? role.above.resource : null;
  const [item] = resource ? store.page(resource, {}, { limit: 1 }).items : [];
  if (item) return item.id;
  const place = role.scopeParameters.indexOf(name);
  return place < 0 ? undefined : store.page(role.resource, {}, { limit: 1 }).items[0]?.scope[place];
}

function exampleOf(api: OpenApi, { value, schema }: Parameter): unknown {
  if (value['example'] !== undefined) return value['example'];
  const [first] = isObject(value['examples']) ? Object.values(value['examples']) : [];
  return get(first, 'value') ?? keyword(api, schema, 'example') ?? keyword(api, schema, 'default');
}

function made(api: OpenApi, { name, schema }: Parameter): unknown {
  if (!schema) return 'string';
  return sampleSchema(schema, { api, direction: 'request', random: new Random(name), examples: true, called: [name] });
}

function textOf(value: unknown): string {
  if (Array.isArray(value)) return value.map(textOf).join(',');
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

function bodyFor(api: OpenApi, operation: Operation): Form['body'] {
  const media = bodyOf(api, operation)?.media ?? [];
  const chosen = media.find(({ name }) => isJson(name)) ?? media[0];
  if (!chosen) return null;
  const mediaType = chosen.name.includes('*') ? 'application/json' : chosen.name;
  const route = { api, operation, method: operation.method, template: operation.path };
  const [shown] = api.version === '2.0' ? [] : examplesOf(route, chosen);
  const random = new Random(operation.name);
  const sampling = { api, direction: 'request', random, examples: true, called: [] } as const;
  const value = shown?.value ?? (chosen.schema ? sampleSchema(chosen.schema, sampling) : {});
  return { mediaType, text: typeof value === 'string' ? value : written(value, mediaType) };
}

function written(value: unknown, mediaType: string): string {
  if (!/x-www-form-urlencoded/i.test(mediaType) || !isObject(value)) return JSON.stringify(value, null, 2);
  return new URLSearchParams(Object.entries(value).map(([name, one]) => [name, textOf(one)])).toString();
}
