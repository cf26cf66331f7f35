// Roles on real documents that nobody here wrote, from a folder beside the project where there is one.
import { describe, expect, it } from 'vitest';
import { judging } from '../../src/languages/openapi/examples.ts';
import type { OpenApi } from '../../src/languages/openapi/openapi.ts';
import { bodyOf, isJson, type Operation, parametersOf, responsesOf } from '../../src/languages/openapi/select.ts';
import { mismatches } from '../../src/languages/openapi/values.ts';
import type { JsonObject } from '../../src/mock/json.ts';
import { Random } from '../../src/mock/random.ts';
import type { RestRole } from '../../src/mock/resources/roles.ts';
import { sampleSchema } from '../../src/mock/sample/sample.ts';
import { linkedId } from '../../src/mock/store/scopes.ts';
import { type Crud, corpusText, crudOf, type Told } from './crud-server.ts';

const small = ['petstore.yaml', 'museum.yaml', 'cafe.yaml', 'redoc-3-1.yaml', 'asana-old.yaml', 'xsoar.json'];
/** Taken along when SAMPLES is set: each may need a minute. */
const large = ['rebilly.yaml', 'box.json', 'discord.json', 'github-old.yaml', 'openai.yaml', 'stripe.yaml'];
const documents = process.env['SAMPLES'] ? [...small, ...large] : small;

describe.each(documents)('%s', (path) => {
  const text = corpusText(path);

  it.skipIf(text === undefined)(
    'every role answers as its document says',
    async () => {
      const mock = await crudOf(text!);
      const api = mock.context.apis[0] as OpenApi;
      const wrong: string[] = [];
      // What deletes comes last, so that the others find something.
      const roles = [...mock.context.roles.rest].sort(([, a], [, b]) => rank(a) - rank(b));
      for (const [operation, role] of roles) {
        const answer = await call(mock, api, operation, role).catch((error: unknown) => {
          throw new Error(`${operation.name}: ${mock.thrown.map((one) => (one as Error).stack)}`, { cause: error });
        });
        const problem = answer && problemOf(api, operation, role, answer);
        if (problem) wrong.push(`${operation.name} (${role.kind}): ${problem}`);
      }
      expect(mock.thrown).toEqual([]);
      expect(wrong).toEqual([]);
    },
    300_000,
  );
});

const rank = ({ kind }: RestRole): number =>
  ['list', 'get', 'watch', 'create', 'batch', 'update', 'replace', 'action', 'delete'].indexOf(kind);

/** Calls an operation about a record that exists; undefined where nothing that fits could be made up. */
async function call(mock: Crud, api: OpenApi, operation: Operation, role: RestRole): Promise<Told | undefined> {
  if (role.kind === 'watch' || operation.path.includes('#')) return undefined;
  const random = new Random(1, operation.name);
  const sample = (schema: Parameters<typeof sampleSchema>[0]) =>
    sampleSchema(schema, { api, direction: 'request', random, examples: true, called: [] });
  const query = new URLSearchParams();
  const headers: Record<string, string> = {};
  const inPath: Record<string, string> = {};
  for (const { name, in: place, required, schema } of parametersOf(api, operation)) {
    if (place !== 'path' && !required) continue;
    const value = schema ? sample(schema) : 'x';
    const text = value !== null && typeof value === 'object' ? Object.values(value).join() : String(value);
    if (place === 'path') inPath[name] = text;
    else if (place === 'query') query.set(name, text);
    else if (place === 'header') headers[name] = text;
  }
  if (!findPlace(mock, role, inPath)) return undefined;
  // A record whose id does not fit its parameter cannot be reached; that there are none is for others to hold.
  const isReachable = parametersOf(api, operation).every(({ name, in: place, schema }) => {
    const text = inPath[name] ?? '';
    const readings = [text, Number(text)];
    return (
      place !== 'path' ||
      !schema ||
      readings.some((one) => mismatches(one, schema, judging(api, 'request')).length === 0)
    );
  });
  if (!isReachable) return undefined;
  const path = operation.path.replace(/\{([^{}]*)\}/g, (_, name: string) => encodeURIComponent(inPath[name] ?? 'x'));
  const media = bodyOf(api, operation)?.media.find(({ name, schema }) => isJson(name) && schema);
  const body = media ? JSON.stringify(sample(media.schema!)) : undefined;
  if (bodyOf(api, operation)?.required && body === undefined) return undefined;
  if (media) headers['content-type'] = media.name;
  return mock.ask(operation.method.toUpperCase(), query.size ? `${path}?${query}` : path, body, headers);
}

/** Puts ids of records that exist into a path; false where there are none. */
function findPlace({ context: { store } }: Crud, role: RestRole, inPath: Record<string, string>): boolean {
  const { above, resource, scopeParameters, idParameter } = role;
  const scope = scopeParameters.map((name) => inPath[name] ?? 'x');
  if (above) {
    const at = scopeParameters.indexOf(above.parameter);
    const outer = at < 0 ? scope : scope.slice(0, at);
    const parent = store.page(above.resource, { scope: outer }, { limit: 1 }).items[0];
    if (!parent) return false;
    inPath[above.parameter] = parent.id;
    parent.scope.forEach((part, i) => {
      const name = scopeParameters[i];
      if (name !== undefined && i < at) inPath[name] = part;
    });
  }
  if (idParameter === null || role.kind === 'list' || role.kind === 'create') return true;
  const inside = scopeParameters.map((name) => inPath[name] ?? 'x');
  const linked = (value: JsonObject): boolean =>
    !above ||
    scopeParameters.includes(above.parameter) ||
    [...resource.links].every(
      ([field, to]) => to !== above.resource || linkedId(value[field], to) === inPath[above.parameter],
    );
  const item = store.page(resource, { scope: inside, where: ({ value }) => linked(value) }, { limit: 1 }).items[0];
  if (item) inPath[idParameter] = item.id;
  return item !== undefined;
}

function problemOf(
  api: OpenApi,
  operation: Operation,
  role: RestRole,
  { status, headers, body }: Told,
): string | undefined {
  if (status >= 500) return `answers ${status}: ${JSON.stringify(body).slice(0, 200)}`;
  if (status >= 400) {
    return role.kind === 'get' || role.kind === 'list' ? `${status}: ${JSON.stringify(body).slice(0, 300)}` : undefined;
  }
  const declared = responsesOf(api, operation).find(({ code }) => code === String(status));
  const schema = declared?.media.find(({ name }) => isJson(name))?.schema;
  if (!schema || status === 204 || !isJson(headers.get('content-type') ?? '')) return undefined;
  const found = mismatches(body, schema, judging(api, 'response'));
  return found.length
    ? found
        .slice(0, 3)
        .map(({ message }) => message)
        .join('; ')
    : undefined;
}
