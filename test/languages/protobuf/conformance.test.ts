import { describe, expect, it } from 'vitest';
import { departures } from '../../../src/languages/protobuf/conformance/conformance.ts';
import type { Protobuf } from '../../../src/languages/protobuf/protobuf.ts';
import { apisOf, textAt } from './api.ts';
import { type Case, cases } from './conformance-cases.ts';

function apiOf({ text, others }: Case): Protobuf {
  return apisOf({ 'test.proto': text, ...others }, [''])[0]!;
}

/** What is wrong with the first file of an API. */
function wrongIn(api: Protobuf): string[] {
  const [file] = api.files;
  const syntax = file!.problems.map(({ start, end }) => `syntax ${file!.source.text.slice(start, end)}`);
  const own = departures(api).filter(({ at }) => at.range().source === file!.source);
  return [...syntax, ...own.map(({ aspect, at }) => `${aspect} ${textAt(at)}`)];
}

describe.each(Object.entries(cases))('%s', (_, list) => {
  it.each(list.map((one) => [one.text.split('\n').slice(1).join(' ') || one.text, one] as const))('%s', (_, one) => {
    expect(wrongIn(apiOf(one)).sort()).toEqual([...one.wrong].sort());
  });

  it('is told in sentences', () => {
    for (const one of list) {
      for (const { message, help, related = [] } of departures(apiOf(one))) {
        for (const text of [message, help ?? 'None.', ...related.map((other) => other.message)]) {
          expect(text).toMatch(/^[A-Zp`].*[.?]$/s);
        }
      }
    }
  });
});
