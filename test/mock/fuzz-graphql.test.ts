// Whatever GraphQL is asked, over HTTP, event streams and sockets: an answer in the form of its protocol, and no mistake of ours.
import { existsSync, readFileSync } from 'node:fs';
import {
  buildClientSchema,
  type GraphQLField,
  type GraphQLInputType,
  type GraphQLObjectType,
  type GraphQLOutputType,
  type GraphQLSchema,
  getIntrospectionQuery,
  getNamedType,
  getNullableType,
  isAbstractType,
  isCompositeType,
  isEnumType,
  isInputObjectType,
  isListType,
  isRequiredArgument,
  isRequiredInputField,
} from 'graphql/index.js';
import { describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import type { Random } from '../../src/mock/random.ts';
import { asText, oddities, type Received, randomFor, Sender, spoiled, times, torn } from './fuzzing.ts';
import { mockOf } from './serving.ts';

const corpus = '../shared/corpus/graphql';
const documents: [path: string, count: number][] = [
  ['examples/orders.graphql', 600],
  ['examples/flawed.graphql', 100],
  [`${corpus}/swapi.graphql`, 250],
  [`${corpus}/saleor.graphql`, 200],
  [`${corpus}/github-microcks.graphql`, 150],
];

describe.each(documents)('%s, %i requests', (path, count) => {
  it.skipIf(!existsSync(path))('over HTTP', { timeout: 60_000 * times }, async () => {
    const { mock, sender, schema } = await served(path);
    const random = randomFor(path);
    const asked = new Asked(schema, random);
    const wrong: string[] = [];
    const kinds: Record<string, number> = {};
    for (let i = 0; i < count * times; i++) {
      const { query, variables } = asked.next();
      const sent = request(query, variables, random);
      const received = await sender.send(sent, sent.isStream ? 60 : 20_000);
      asked.learn(received);
      const kind = kindOf(received, sent.isStream);
      kinds[kind] = (kinds[kind] ?? 0) + 1;
      if (/^(?:bad|5|ended)/.test(kind))
        wrong.push(`${kind}: ${String(sent.body ?? sent.target).slice(0, 1500)}: ${received.text.slice(0, 500)}`);
    }
    sender.close();
    process.stdout.write(times > 1 ? `${path}: ${JSON.stringify(kinds)}\n` : '');
    expect(wrong.slice(0, 10)).toEqual([]);
    expect(mock.logged.filter((line) => line.includes('bug'))).toEqual([]);
    expect(kinds['200 data']).toBeGreaterThan(0);
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
  });
});

it('over sockets', { timeout: 60_000 * times }, async () => {
  const { mock, schema, sender } = await served('examples/orders.graphql');
  const random = randomFor('sockets');
  const asked = new Asked(schema, random);
  const codes: Record<number, number> = {};
  for (let i = 0; i < 100 * times; i++) {
    const messages = Array.from({ length: random.integer(1, 6) }, () => frame(asked, random));
    if (random.chance(0.7)) messages.unshift(JSON.stringify({ type: 'connection_init' }));
    const code = await talk(mock.url, messages, random);
    codes[code] = (codes[code] ?? 0) + 1;
  }
  expect(codes[1011]).toBeUndefined();
  expect(codes[4500]).toBeUndefined();
  expect(Object.keys(codes).length).toBeGreaterThan(1);
  expect(mock.logged.filter((line) => line.includes('bug'))).toEqual([]);
  const alive = await sender.send({ method: 'GET', target: '/graphql?query={__typename}', headers: {} });
  expect(alive.status).toBe(200);
});

async function served(path: string) {
  const mock = await mockOf({ [path]: readFileSync(path, 'utf8') }, { maxBody: 300_000 });
  const sender = new Sender(Number(new URL(mock.url).port));
  const { text } = await sender.send({
    method: 'POST',
    target: '/graphql',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query: getIntrospectionQuery({ inputValueDeprecation: true }) }),
  });
  return { mock, sender, schema: buildClientSchema((JSON.parse(text) as { data: never }).data) };
}

function request(query: string, variables: unknown, random: Random) {
  const accept = random.chance(0.1)
    ? random.pick(['image/png', ',;', '', 'text/html', 'application/json;q=0'])!
    : random.pick(['*/*', 'application/json', 'application/graphql-response+json', 'text/event-stream'])!;
  const isStream = accept === 'text/event-stream';
  const headers: Record<string, string> = { accept };
  if (random.chance(0.1)) {
    const search = new URLSearchParams({
      query,
      variables: asText(variables),
      operationName: random.chance(0.2) ? '__proto__' : '',
    });
    return { method: 'GET', target: `/graphql?${String(search).slice(0, 25_000)}`, headers, isStream };
  }
  const target = random.chance(0.03)
    ? random.pick(['/graphql/', '/graphql/stream', '/graphql/stream?token=x', '/graphql?query={'])!
    : '/graphql';
  const method = random.chance(0.02) ? random.pick(['PUT', 'DELETE', 'PATCH', 'HEAD'])! : 'POST';
  headers['content-type'] = random.chance(0.05)
    ? random.pick([
        'text/plain',
        '',
        'application/graphql',
        'application/json; charset=utf-16',
        'multipart/form-data; boundary=b',
      ])!
    : 'application/json';
  let body = JSON.stringify({
    query,
    variables,
    ...(random.chance(0.1) && { operationName: random.pick(oddities) }),
    ...(random.chance(0.05) && { extensions: random.pick(oddities) }),
    ...(random.chance(0.05) && { query: random.pick(oddities) }),
  });
  if (random.chance(0.05)) body = torn(body, random);
  if (random.chance(0.02))
    body = random.pick([
      '',
      'null',
      '[]',
      '[{"query":"{__typename}"}]',
      '"',
      '['.repeat(100_000),
      `{"query":"${'x'.repeat(310_000)}"}`,
    ])!;
  return { method, target, headers, body, isStream: isStream || target.includes('stream') };
}

/** How a request went, in a word; what must not be begins with `bad`, `ended` or 5. */
function kindOf({ status, headers, text }: Received, isStream: boolean): string {
  if (status <= 0) return isStream ? 'left' : `ended ${status}`;
  if (status >= 500) return String(status);
  if (headers['x-request-id'] === undefined && status !== 404) return 'bad: no X-Request-ID';
  if (!/json/.test(headers['content-type'] ?? '') || text === '') return String(status);
  const { data, errors, error } = JSON.parse(text) as {
    data?: unknown;
    errors?: { message?: unknown; extensions?: { code?: string } }[];
    error?: unknown;
  };
  if (status === 404 && error) return '404';
  if (data === undefined && !errors?.length) return 'bad: neither data nor errors';
  for (const { message, extensions } of errors ?? []) {
    if (typeof message !== 'string' || message === '') return 'bad: an error without words';
    if (extensions?.code?.startsWith('INTERNAL')) return 'bad: internal';
  }
  return `${status} ${errors ? 'errors' : 'data'}`;
}

/** Makes up documents of a schema, most of them good, and variables, most of them bad. */
class Asked {
  readonly #schema: GraphQLSchema;
  readonly #random: Random;
  readonly #seen: string[] = ['1'];
  #variables: [name: string, type: string, value: unknown][] = [];
  #left = 0;

  constructor(schema: GraphQLSchema, random: Random) {
    this.#schema = schema;
    this.#random = random;
  }

  learn({ text }: Received): void {
    for (const [, value] of text.slice(0, 20_000).matchAll(/"(?:\w*[iI]d|\w*[cC]ursor)":"([\w=+/.:-]{1,300})"/g)) {
      this.#seen[this.#seen.length < 200 ? this.#seen.length : this.#random.integer(0, 199)] = value!;
    }
  }

  next(): { query: string; variables: unknown } {
    const random = this.#random;
    this.#variables = [];
    this.#left = random.integer(3, 60);
    const roots = [
      ['query', this.#schema.getQueryType()],
      ['mutation', this.#schema.getMutationType()],
      ['subscription', this.#schema.getSubscriptionType()],
    ] as const;
    const [keyword, root] = random.pick(roots.filter(([, type]) => type))!;
    const fields = Array.from({ length: random.chance(0.8) ? 1 : random.integer(2, 4) }, (_, i) =>
      this.#field(random.pick(Object.values(root!.getFields()))!, 0, `a${i}: `),
    );
    const declared = this.#variables.map(([name, type]) => `$${name}: ${type}`).join(', ');
    let query = `${keyword} Q${declared && `(${declared})`} { ${fields.join(' ')} }`;
    if (random.chance(0.12)) query = torn(query, random);
    if (random.chance(0.04)) query = random.pick(bombs)!;
    const variables = Object.fromEntries(this.#variables.map(([name, , value]) => [name, value]));
    return { query, variables: random.chance(0.1) ? spoiled(variables, random) : variables };
  }

  #field({ name, args, type }: GraphQLField<unknown, unknown>, depth: number, alias = ''): string {
    const random = this.#random;
    const given = args
      .filter((arg) => (isRequiredArgument(arg) ? random.chance(0.96) : random.chance(0.3)))
      .map((arg) => {
        if (random.chance(0.35)) {
          const variable = `v${this.#variables.length}`;
          this.#variables.push([variable, String(arg.type), this.#value(arg.type, 0)]);
          return `${arg.name}: $${variable}`;
        }
        return `${arg.name}: ${this.#literal(arg.type, 0)}`;
      });
    const directive = random.chance(0.04)
      ? random.pick([' @skip(if: false)', ' @include(if: "x")', ' @x', ' @skip'])!
      : '';
    return `${alias}${name}${given.length ? `(${given.join(', ')})` : ''}${directive}${this.#selection(type, depth)}`;
  }

  #selection(type: GraphQLOutputType, depth: number): string {
    const random = this.#random;
    const named = getNamedType(type);
    if (!isCompositeType(named)) return '';
    const possible: readonly GraphQLObjectType[] = isAbstractType(named)
      ? this.#schema.getPossibleTypes(named)
      : [named];
    const picked = random.pick(possible);
    const fields = Object.values(picked?.getFields() ?? {}).filter(
      ({ type }) => depth < 6 || !isCompositeType(getNamedType(type)),
    );
    const chosen: string[] = ['__typename'];
    for (let i = random.integer(0, 5); i > 0 && this.#left > 0 && fields.length > 0; i--) {
      this.#left--;
      chosen.push(this.#field(random.pick(fields)!, depth + 1, `b${i}: `));
    }
    return isAbstractType(named)
      ? ` { __typename ... on ${picked} { ${chosen.join(' ')} } }`
      : ` { ${chosen.join(' ')} }`;
  }

  #literal(type: GraphQLInputType, depth: number): string {
    if (this.#random.chance(0.04))
      return this.#random.pick([
        'null',
        '[]',
        '{}',
        '1e999',
        '"""x"""',
        '$missing',
        'ENUM',
        '{__proto__: 1}',
        '-99999999999',
        `"${'\\u0000'}"`,
      ])!;
    return literalOf(this.#value(type, depth), type);
  }

  #value(type: GraphQLInputType, depth: number): unknown {
    const random = this.#random;
    if (random.chance(0.06)) return random.pick(oddities);
    const plain = getNullableType(type);
    if (isListType(plain))
      return Array.from({ length: random.integer(0, 2) }, () =>
        this.#value(plain.ofType as GraphQLInputType, depth + 1),
      );
    if (isEnumType(plain)) return random.pick(plain.getValues())!.name;
    if (isInputObjectType(plain)) {
      const fields = Object.values(plain.getFields()).filter(
        (field) => isRequiredInputField(field) || (depth < 3 && random.chance(0.4)),
      );
      if (depth > 8) return {};
      return Object.fromEntries(fields.map(({ name, type }) => [name, this.#value(type, depth + 1)]));
    }
    switch (String(plain)) {
      case 'Int':
        return random.pick([0, 1, 2, 10, -1, 1000, 2 ** 31 - 1, -(2 ** 31)]);
      case 'Float':
        return random.pick([0, 0.5, -1e300, 5e-324]);
      case 'Boolean':
        return random.chance(0.5);
      default:
        return random.chance(0.5) ? random.pick(this.#seen) : asText(random.pick(oddities));
    }
  }
}

/** A value as it stands in documents; enums by the type that is asked for. */
function literalOf(value: unknown, type?: GraphQLInputType): string {
  const plain = type && getNullableType(type);
  if (isEnumType(plain) && typeof value === 'string' && /^\w+$/.test(value)) return value;
  if (Array.isArray(value))
    return `[${value.map((item) => literalOf(item, isListType(plain) ? (plain.ofType as GraphQLInputType) : undefined)).join(', ')}]`;
  if (value !== null && typeof value === 'object') {
    const fields = isInputObjectType(plain) ? plain.getFields() : {};
    return `{${Object.entries(value)
      .map(
        ([name, item]) => `${name}: ${literalOf(item, Object.hasOwn(fields, name) ? fields[name]!.type : undefined)}`,
      )
      .join(', ')}}`;
  }
  return JSON.stringify(value) ?? 'null';
}

const bombs = [
  `{ ${'a { '.repeat(5000)} }`,
  `{ ${Array.from({ length: 5000 }, (_, i) => `a${i}: __typename`).join(' ')} }`,
  `{ ${'__typename '.repeat(20_000)} }`,
  `{ ...A } fragment A on Query { ...B } fragment B on Query { ...A }`,
  `{ ${'...A '.repeat(5000)} } fragment A on Query { __typename }`,
  `${Array.from({ length: 2000 }, (_, i) => `query Q${i} { __typename }`).join(' ')}`,
  `{ __typename ${'@skip(if: false) '.repeat(5000)} }`,
  `{ __schema { types { ${'fields { type { '.repeat(10)} name ${'} }'.repeat(10)} } } }`,
  `{ ${Array.from({ length: 40 }, (_, i) => `a${i}: __schema { types { fields { args { type { name } } } } }`).join(' ')} }`,
  `query (${Array.from({ length: 3000 }, (_, i) => `$a${i}: Int`).join()}) { __typename }`,
  `{ a(x: ${'['.repeat(5000)}${']'.repeat(5000)}) }`,
  `{ a(x: ${'{a: '.repeat(5000)}1${'}'.repeat(5000)}) }`,
  '{ __proto__ constructor toString }',
  '#'.repeat(100_000),
  `"""${'x'.repeat(100_000)}`,
  '\u0000\u0001',
  '',
];

/** A message of `graphql-transport-ws`, or something like it. */
function frame(asked: Asked, random: Random): string | Buffer {
  const { query, variables } = asked.next();
  const message = { id: random.pick(['1', '2', '', '__proto__'])!, type: 'subscribe', payload: { query, variables } };
  switch (random.integer(0, 7)) {
    case 0:
      return Buffer.from(Array.from({ length: random.integer(0, 100) }, () => random.integer(0, 255)));
    case 1:
      return torn(JSON.stringify(message), random);
    case 2:
      return JSON.stringify(spoiled(message, random)) ?? '';
    case 3:
      return JSON.stringify({
        id: '1',
        type: random.pick(['complete', 'ping', 'pong', 'next', 'error', 'connection_init', 'x', '__proto__']),
      });
    default:
      return JSON.stringify(message);
  }
}

/** Says all messages and goes, now and then without a word. @returns how the server closed; 1000 where the client did */
function talk(url: string, messages: readonly (string | Buffer)[], random: Random): Promise<number> {
  return new Promise((resolve) => {
    const socket = new WebSocket(
      `${url.replace('http', 'ws')}/graphql`,
      random.chance(0.95) ? 'graphql-transport-ws' : [],
    );
    const isRude = random.chance(0.3);
    socket.on('error', () => {});
    socket.on('close', (code) => resolve(code));
    socket.on('open', () => {
      for (const message of messages) socket.send(message);
      setTimeout(() => (isRude ? socket.terminate() : socket.close()), 5);
    });
  });
}

it.each(['application/json', 'text/event-stream'])(
  'names and variables that are none, accepting %s',
  async (accept) => {
    const { mock } = await served('examples/orders.graphql');
    for (const body of [
      { query: 'query Q { __typename }', operationName: { toString: 1, valueOf: 1 } },
      { query: 'query Q { __typename }', operationName: 5 },
      { query: '{ __typename }', variables: 'none' },
      { query: '{ __typename }', variables: [1] },
    ]) {
      const headers = { accept, 'content-type': 'application/json' };
      const response = await fetch(`${mock.url}/graphql`, { method: 'POST', headers, body: JSON.stringify(body) });
      const text = await response.text();
      expect(response.status, text).toBeLessThan(500);
      expect(text).toContain('errors');
    }
    expect(mock.logged.filter((line) => line.includes('bug'))).toEqual([]);
  },
);
