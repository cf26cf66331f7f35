import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { type DefinitionNode, type DocumentNode, parse as oracle, print } from 'graphql';
import { describe, expect, test } from 'vitest';
import { detect } from '../../../src/languages/graphql/detect.ts';
import { rangeOf } from '../../../src/languages/graphql/document.ts';
import { GraphQl } from '../../../src/languages/graphql/graphql.ts';
import { read } from '../../../src/languages/graphql/read.ts';
import * as select from '../../../src/languages/graphql/select.ts';
import { Source } from '../../../src/text/source.ts';
import { textOf } from './api.ts';

const corpus = new URL('../../../../shared/corpus/graphql/', import.meta.url);
const files = existsSync(corpus) ? readdirSync(corpus).filter((file) => /\.(?:graphqls?|gql)$/.test(file)) : [];

describe.skipIf(!existsSync(corpus))('the corpus', () => {
  test.each(files)('%s is read as graphql-js reads it', (file) => {
    const source = new Source(file, readFileSync(new URL(file, corpus), 'utf8'));
    const document = read(source);
    const expected = oracle(source.text);
    expect(detect(source)).toBe(true);
    expect([document.faults, document.broken]).toEqual([[], []]);
    expect(document.definitions.map((node) => rangeOf(node).start)).toEqual(
      expected.definitions.map((node) => node.loc!.start),
    );
    expect(printed(document.definitions) === printed(expected.definitions)).toBe(true);
  });

  test.each(files)('places in %s underline the names that they claim', (file) => {
    const api = new GraphQl([read(new Source(file, readFileSync(new URL(file, corpus), 'utf8')))]);
    const members = [
      ...select.fields(api),
      ...select.everyArgument(api),
      ...select.inputFields(api),
      ...select.enumValues(api),
    ];
    const things = [...select.types(api), ...members, ...select.directiveDefinitions(api), ...select.typeUses(api)];
    const wrong = things.filter(({ name, at }) => textOf(at.range()) !== name);
    expect(wrong.map(({ at }) => at.element)).toEqual([]);
    const uses = select.directiveUses(api).filter(({ name, at }) => !textOf(at.range()).startsWith(`@${name}`));
    expect(uses.map(({ at }) => at.element)).toEqual([]);
    const ends = members.filter(({ name, at }) => !new RegExp(`[.(]${name}(?::\\))?$`).test(at.element));
    expect(ends.map(({ at }) => at.element)).toEqual([]);
  });

  test.each(files)('a typo in %s costs one definition or member', (file) => {
    const text = readFileSync(new URL(file, corpus), 'utf8');
    const whole = read(new Source(file, text));
    const at = text.indexOf('\ntype ', text.length / 2) + 1;
    const broken = read(new Source(file, `${text.slice(0, at)}tpye ${text.slice(at + 5)}`));
    expect([broken.faults.length, broken.definitions.length]).toEqual([1, whole.definitions.length - 1]);
  });
});

function printed(definitions: readonly DefinitionNode[]): string {
  return print({ kind: 'Document', definitions } as DocumentNode);
}
