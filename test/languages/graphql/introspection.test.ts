import fc from 'fast-check';
import { buildSchema, introspectionFromSchema } from 'graphql';
import { describe, expect, it, test } from 'vitest';
import { rangeOf } from '../../../src/languages/graphql/document.ts';
import { type Json, readJson } from '../../../src/languages/graphql/json-text.ts';
import { read } from '../../../src/languages/graphql/read.ts';
import * as select from '../../../src/languages/graphql/select.ts';
import { misfit } from '../../../src/languages/graphql/values.ts';
import { Source } from '../../../src/text/source.ts';
import { schema, shown, textOf } from './api.ts';
import { schemas } from './mutations.ts';

/** What the reader gives as a plain value. */
function plain(json: Json): unknown {
  if (json.kind === 'scalar') return json.value;
  if (json.kind === 'list') return json.items.map(plain);
  const value = {};
  for (const [name, entry] of json.entries) {
    Object.defineProperty(value, name, {
      value: plain(entry.value),
      enumerable: true,
      configurable: true,
      writable: true,
    });
  }
  return value;
}

/** The value or that there is none. */
function verdict(parse: () => unknown): unknown {
  try {
    return { value: parse() };
  } catch {
    return 'no JSON';
  }
}

const ours = (text: string): unknown =>
  verdict(() => {
    const read = readJson(text);
    if ('fault' in read) throw new Error(read.fault.message);
    return plain(read.root);
  });

const theirs = (text: string): unknown => verdict(() => JSON.parse(text));

describe('JSON', () => {
  it('is read as JSON.parse reads it', () => {
    const written = fc
      .json({ maxDepth: 6 })
      .chain((text) => fc.constantFrom(text, JSON.stringify(JSON.parse(text), null, 2)));
    fc.assert(
      fc.property(written, (text) => {
        expect(ours(text)).toEqual(theirs(text));
      }),
      { seed: 20261120, numRuns: 500 },
    );
  });

  it('is refused where JSON.parse refuses it', () => {
    const piece = fc.constantFrom(
      '{',
      '}',
      '[',
      ']',
      ',',
      ':',
      '"',
      '"a"',
      '\\',
      '1',
      '-',
      '0',
      '.',
      'e',
      'true',
      'null',
      ' ',
      '\n',
      '\t',
      '\u0000',
      '\\u12',
      '\\n',
      '\uFEFF',
      '\u00A0',
    );
    const soup = fc.array(piece, { maxLength: 8 }).map((parts) => parts.join(''));
    const cut = fc
      .tuple(fc.json(), fc.nat(40), fc.nat(3), piece)
      .map(([text, at, gone, by]) => text.slice(0, at) + by + text.slice(at + gone));
    fc.assert(
      fc.property(fc.oneof(soup, cut), (text) => {
        fc.pre(!text.startsWith('\uFEFF'));
        expect([text, ours(text)]).toEqual([text, theirs(text)]);
      }),
      { seed: 20261120, numRuns: 5000 },
    );
  });

  test.each<[string, number]>([
    ['{ "a": 1, "b" 2 }', 14],
    ['{ "a": 1 "b": 2 }', 9],
    ['{ "a": [1, 2 }', 13],
    ['{ "a": tru }', 7],
    ['{ "a": "x', 7],
    ['{ "a": "x\ny" }', 9],
    ['{ "a": "\\q" }', 8],
    ['{ "a": 1, }', 10],
    ['{ "a": 1', 8],
    ['{} {}', 3],
    ['\uFEFF{]', 2],
  ])('%j is at fault at %i', (text, offset) => {
    expect(readJson(text)).toMatchObject({ fault: { offset } });
  });

  it('is read however deep, and with names that objects inherit', () => {
    const deep = `${'[{"a":'.repeat(50_000)}1${'}]'.repeat(50_000)}`;
    expect('root' in readJson(deep)).toBe(true);
    expect(ours('{"__proto__":{"a":1},"constructor":2,"a":1,"a":2}')).toEqual(
      theirs('{"__proto__":{"a":1},"constructor":2,"a":1,"a":2}'),
    );
  });
});

const options = { oneOf: true, inputValueDeprecation: true, directiveIsRepeatable: true, specifiedByUrl: true };

describe.each(Object.entries(schemas))('the introspection result of %s', (_, sdl) => {
  const result = introspectionFromSchema(buildSchema(sdl), options);
  const fromSdl = schema(sdl);

  it.each([0, 2])('has every name at its place, indented by %i', (indent) => {
    const api = schema(JSON.stringify({ data: result }, null, indent));
    const members = [
      ...select.fields(api),
      ...select.everyArgument(api),
      ...select.inputFields(api),
      ...select.enumValues(api),
    ];
    const things = [...select.types(api), ...members, ...select.directiveDefinitions(api), ...select.typeUses(api)];
    expect(things.filter(({ name, at }) => textOf(at.range()) !== name).map(({ at }) => shown(at))).toEqual([]);
    expect(things.length).toBeGreaterThan(30);
    const places = things.map(({ at }) => `${at.element} ${at.range().start}`);
    expect(new Set(places).size).toBe(places.length);
    for (const { at, node } of members) {
      const [outer, inner] = [rangeOf(node), at.range()];
      expect(outer.start < inner.start && inner.end < outer.end).toBe(true);
      expect(JSON.parse(textOf(outer))).toMatchObject({ name: textOf(inner) });
    }
  });

  it('has the elements of the SDL', () => {
    const elements = (api: typeof fromSdl) =>
      [...select.fields(api), ...select.everyArgument(api)].map(({ at }) => at.element).sort();
    expect(elements(schema(JSON.stringify(result)))).toEqual(elements(fromSdl));
  });
});

it('descriptions, reasons, defaults and the schema stand at their places', () => {
  const sdl = `type Query { "Says \\"hi\\"." a(x: [In!] = [{ b: 5 }]): Int @deprecated(reason: "Old.") } input In { b: Int }
scalar Url @specifiedBy(url: "u") input One @oneOf { a: Int }`;
  const json = JSON.stringify({ data: introspectionFromSchema(buildSchema(sdl), options) }, null, 1);
  const api = schema(json.replace('[{b: 5}]', '[{b: true}]'));
  const field = select.fieldNamed(select.typeNamed(api, 'Query')!, 'a')!;
  const [argument] = field.arguments;
  expect(textOf(field.at.on(field.node.description!).range())).toBe('"Says \\"hi\\"."');
  expect(textOf(select.schemaParts(api)[0]!.at.range())).toBe('__schema');
  expect(select.directiveUses(api).map(({ at }) => shown(at))).toEqual([
    'Query.a "isDeprecated": true',
    'Url "specifiedByURL": "u"',
    'One "isOneOf": true',
  ]);
  const { directive } = select.deprecationOf(field.node)!;
  expect(textOf(field.at.on(select.argumentOf(directive, 'reason')!).range())).toBe('"Old."');
  const wrong = misfit(api, argument!.node.defaultValue!, argument!.node.type)!;
  expect(textOf(argument!.at.on(wrong.node).range())).toBe('"[{b: true}]"');
});

test.each<[string, string, string]>([
  ['a comma that is missing', '{"__schema": {"types": [] "directives": []}}', '"'],
  ['a text that is cut off', '{"__schema": {"types": [', '['],
  ['no schema', '{"data": {"__schema": []}}', '['],
])('%s is one finding where it is', (_, text, underlined) => {
  const { faults, definitions } = read(new Source('schema.json', text));
  expect(faults.map(({ range }) => textOf(range))).toEqual([underlined]);
  expect(definitions).toEqual([]);
});
