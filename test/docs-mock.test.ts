// docs/mock.md against the program: every flag and every admin endpoint, in both directions.
import { readFileSync } from 'node:fs';
import { Command } from 'commander';
import { expect, it } from 'vitest';
import { define } from '../src/commands/mock.ts';
import { mockOf, orders } from './mock/serving.ts';
import { worldWith } from './world.ts';

const text = readFileSync(new URL('../docs/mock.md', import.meta.url), 'utf8');

it('has every flag of the command in its table, and no other', () => {
  const command = new Command('mock');
  define(command, worldWith({}), () => {});
  const flags = command.options.map(({ short, long }) => [short, long].filter(Boolean).join(' '));
  const rows = rowsOf('## Flags').map(([first]) => [...first!.matchAll(/`(-[\w-]+)`/g)].map(([, flag]) => flag));
  expect(rows.map((row) => row.join(' ')).sort()).toEqual(flags.sort());
});

it('tells the defaults that the command has', () => {
  const command = new Command('mock');
  define(command, worldWith({}), () => {});
  const told = new Map(
    rowsOf('## Flags').map(([first, second]) => [/`(--[\w-]+)`/.exec(first!)?.[1], second!.replace(/mb$/, '000000')]),
  );
  for (const { long, defaultValue } of command.options) {
    if (typeof defaultValue !== 'string' && typeof defaultValue !== 'number') continue;
    expect(told.get(long!), long).toBe(String(defaultValue));
  }
});

it('names no flag in its text that the command does not have', () => {
  const command = new Command('mock');
  define(command, worldWith({}), () => {});
  const known = command.options.flatMap(({ short, long }) => [short, long]);
  // In code, but not those of curl, docker and the like in examples.
  const prose = text.replace(/^ *```[\s\S]*?^ *```$/gm, '');
  const named = [...prose.matchAll(/`(--[a-z-]+)/g)].map(([, flag]) => flag!);
  expect(named.length).toBeGreaterThan(command.options.length);
  expect(named.filter((flag) => !known.includes(flag))).toEqual([]);
});

it('has every admin endpoint with its methods in its table, and no other', async () => {
  const { url } = await mockOf(orders());
  const page = await fetch(`${url}/__apiarch/`, { method: 'PROPFIND' });
  const missing = (await (await fetch(`${url}/__apiarch/nothing`)).json()) as { error: { message: string } };
  const names = missing.error.message
    .replace(/^.*there are /, '')
    .replace(/\.$/, '')
    .split(', ');
  const there = page.headers
    .get('allow')!
    .split(', ')
    .map((method) => `${method} /__apiarch/`);
  for (const name of names) {
    const answer = await fetch(`${url}/__apiarch/${name}`, { method: 'PROPFIND' });
    expect(answer.status, name).toBe(405);
    for (const method of answer.headers.get('allow')!.split(', ')) there.push(`${method} /__apiarch/${name}`);
  }
  const told = rowsOf('## The page and the admin endpoints').map(([method, path]) => `${method} ${path!.slice(1, -1)}`);
  expect(there.length).toBeGreaterThan(10);
  expect(told.sort()).toEqual(there.sort());
});

it('shows what the mock really answers', async () => {
  const { url } = await mockOf(orders());
  const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8');
  const [, section] = readme.split('\n## Mock\n');
  const requests = [
    ...section!.matchAll(/^\$ curl -si? http:\/\/127\.0\.0\.1:4010(\S+)((?:.|\\\n)*?--json '[^']*')/gm),
  ];
  const answers = [];
  for (const [, path, rest] of requests) {
    const headers = [...rest!.matchAll(/-H '([^:]+): ([^']+)'/g)].map(([, name, value]) => [name!, value!]);
    const body = /--json '([^']*)'/.exec(rest!)![1]!;
    const answer = await fetch(url + path, {
      method: 'POST',
      headers: [...headers, ['content-type', 'application/json']] as [string, string][],
      body,
    });
    answers.push({ status: answer.status, location: answer.headers.get('location'), text: await answer.text() });
  }
  const [made, queried, called] = answers;
  expect(answers).toHaveLength(3);
  expect(section).toContain(`HTTP/1.1 ${made!.status} Created\nlocation: ${made!.location!.replace(url, usual)}\n`);
  expect(section).toContain(made!.text.slice(0, made!.text.indexOf('"lines":[') + 9));
  expect(section).toContain(`\n${queried!.text}\n`);
  const { name, status, total } = JSON.parse(called!.text) as Record<string, unknown>;
  expect(section).toContain(`\n${JSON.stringify([name, status, total])}\n`);
});

const usual = 'http://127.0.0.1:4010';

it('links to headings and files that are there', async () => {
  const anchors = new Set(
    [...text.matchAll(/^#+ (.*)$/gm)].map(([, title]) =>
      title!
        .toLowerCase()
        .replace(/[^\w -]/g, '')
        .replace(/ /g, '-'),
    ),
  );
  const links = [...text.matchAll(/\]\(([^)]+)\)/g)].map(([, link]) => link!);
  expect(links.filter((link) => link.startsWith('#')).map((link) => link.slice(1))).toEqual(
    expect.arrayContaining(['start', 'flags']),
  );
  for (const link of links) {
    if (link.startsWith('#')) expect(anchors, link).toContain(link.slice(1));
    else readFileSync(new URL(`../docs/${link.split('#')[0]}`, import.meta.url));
  }
});

/** The cells of the rows of the first table below a heading. */
function rowsOf(heading: string): string[][] {
  const section = text.slice(text.indexOf(`\n${heading}\n`)).split(/\n## /)[1]!;
  const table = section.split('\n').filter((line) => line.startsWith('|'));
  return table.slice(2).map((line) =>
    line
      .split('|')
      .slice(1, -1)
      .map((cell) => cell.trim()),
  );
}
