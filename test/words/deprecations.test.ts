import { describe, expect, it } from 'vitest';
import {
  endIn,
  namesRelease,
  namesTime,
  numericDaysIn,
  replacementsIn,
  saysNothingOfDeprecation,
  saysWhatNow,
} from '../../src/words/deprecations.ts';

describe('days in numbers', () => {
  it.each([
    ['2031-06-30', '2031-06-30'],
    ['30/06/2031', '2031-06-30'],
    ['06/30/2031', '2031-06-30'],
    ['30.6.2031', '2031-06-30'],
    ['03/04/2031', '2031-04-03'],
    ['04/03/2031', '2031-04-03'],
    ['2031-06-31', undefined],
    ['32/08/2021', undefined],
    ['29/02/2031', undefined],
    ['2031-13-01', undefined],
  ])('%s is %s', (text, day) => {
    expect(numericDaysIn(`Gone on ${text}.`)).toEqual([{ text, day }]);
  });

  it.each(['release 2031-13', '1.2.2031.4', 'a/1/2/2031/b', 'v2031.06', '2031-06-300', 'soon'])(
    'none in %s',
    (text) => {
      expect(numericDaysIn(text)).toEqual([]);
    },
  );
});

it.each([
  ['Will be removed in Saleor 4.0.', true],
  ['Removal in v3', true],
  ['Removed. Use version 4.0 of the client.', false],
  ['Use `price`.', false],
])('%s names a release: %s', (text, names) => {
  expect(namesRelease(text)).toBe(names);
});

it.each([
  ['', true],
  ['No longer supported', true],
  ['This field is deprecated.', true],
  ['TODO', true],
  ['Deprecated: use `price`.', false],
  ['Reason', false],
  ['Nobody reads it.', false],
])('%j says nothing of the deprecation: %s', (text, nothing) => {
  expect(saysNothingOfDeprecation(text)).toBe(nothing);
});

it.each([
  ['Use `price` instead.', ['price']],
  ['Replaced by `Order.price` and `Order.tax`.', ['Order.price']],
  ['In favor of the new `price`; switch to `tax`.', ['price', 'tax']],
  ['Use price.', []],
])('%s names as replacements %j', (text, names) => {
  expect(replacementsIn(text)).toEqual(names);
});

it('tells an end from a beginning', () => {
  expect(endIn('Removal on 2031-04-01 UTC.')?.day).toBe('2031-04-01');
  expect(endIn('Will be removed in June 2031.')?.day).toBe('2031-06-31');
  expect(endIn('Replaced on 2031-04-01.')).toBeUndefined();
  expect(endIn('No longer supported since 2021-04-01.')).toBeUndefined();
  expect(namesTime('Q3 2031')).toBe(true);
  expect(saysWhatNow('Please use the other one.')).toBe(true);
});
