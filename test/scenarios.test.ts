// Each file in scenarios/ is a run of the command line: what there is, what is typed, what comes out. With
// UPDATE_SCENARIOS=1 what comes out is written into the files, to be read before it is committed.
import { mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { main } from '../src/cli.ts';
import { worldWith } from './world.ts';

const folder = join(import.meta.dirname, 'scenarios');
const update = process.env['UPDATE_SCENARIOS'] === '1';
const results = ['stdout', 'stderr', 'status'];

interface Section {
  /** What stands between the `====`: `file openapi.yaml`. */
  readonly title: string;
  readonly body: string;
}

it.each(readdirSync(folder).filter((name) => name.endsWith('.txt')))('%s', async (name) => {
  const path = join(folder, name);
  const sections = sectionsOf(readFileSync(path, 'utf8'));
  const given = sections.filter(({ title }) => !results.includes(title));
  const outcome = await play(given);
  if (update) writeFileSync(path, print([...given, ...outcome]));
  else expect(print([...given, ...outcome])).toBe(print(sections));
});

async function play(given: readonly Section[]): Promise<Section[]> {
  const world = worldWith(Object.fromEntries(named(given, 'file')), { stdin: bodyOf(given, 'stdin') });
  for (const [path] of named(given, 'folder')) mkdirSync(join(world.cwd, path), { recursive: true });
  for (const [path, target] of named(given, 'link')) symlinkSync(target.trim(), join(world.cwd, path));
  const [program, ...args] = bodyOf(given, 'command').trim().split(/\s+/);
  expect(program).toBe('apiarch');
  const status = await main(args, world);
  const { stdout, stderr } = world.written;
  return [
    ...(stdout === '' ? [] : [{ title: 'stdout', body: stdout }]),
    ...(stderr === '' ? [] : [{ title: 'stderr', body: stderr }]),
    { title: 'status', body: `${status}\n` },
  ];
}

function sectionsOf(text: string): Section[] {
  const [, ...parts] = text.split(/^==== (.+) ====\n/m);
  return parts.flatMap((title, index) => (index % 2 === 0 ? [{ title, body: parts[index + 1] ?? '' }] : []));
}

function print(sections: readonly Section[]): string {
  return sections.map(({ title, body }) => `==== ${title} ====\n${body}`).join('');
}

/** The sections of one kind that name something: the name and the text. */
function named(sections: readonly Section[], kind: string): [string, string][] {
  return sections
    .filter(({ title }) => title.startsWith(`${kind} `))
    .map(({ title, body }) => [title.slice(kind.length + 1), body]);
}

function bodyOf(sections: readonly Section[], title: string): string {
  return sections.find((section) => section.title === title)?.body ?? '';
}
