import { expect, it } from 'vitest';
import { parseIgnore } from '../../src/text/ignore.ts';

it.each([
  [' apiarch-ignore docs/described: it is internal', ['docs/described'], 'it is internal', false],
  ['apiarch-ignore a/b, c/d: since 2020: see #12', ['a/b', 'c/d'], 'since 2020: see #12', false],
  [' apiarch-ignore-file docs/*: generated', ['docs/*'], 'generated', true],
  ['apiarch-ignore a/b', ['a/b'], '', false],
  ['apiarch-ignore a/b :', ['a/b'], '', false],
  ['apiarch-ignore', [], '', false],
  ['apiarch-ignore: everything', [], 'everything', false],
  ['apiarch-ignore a/b: two\nlines', ['a/b'], 'two\nlines', false],
])('reads %j', (text, rules, reason, file) => {
  expect(parseIgnore(text)).toEqual({ rules, reason, file });
});

it.each([
  '',
  'ignore a/b: why',
  'apiarch-ignored a/b: why',
  'see apiarch-ignore a/b: why',
  'apiarch-ignore-files a/b: x',
])('takes %j for prose', (text) => {
  expect(parseIgnore(text)).toBeNull();
});
