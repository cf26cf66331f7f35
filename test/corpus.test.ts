// Every rule on real documents that nobody here wrote, from a folder beside the project where there is one.
import { existsSync, realpathSync } from 'node:fs';
import { dirname } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { CORE_SCHEMA, load, mergeTag } from 'js-yaml';
import { describe, expect, it } from 'vitest';
import { discover, targetsOf } from '../src/config/discover.ts';
import { Project } from '../src/config/project.ts';
import { filesBelow } from '../src/io.ts';
import type { Api } from '../src/languages/language.ts';
import { OpenApi } from '../src/languages/openapi/openapi.ts';
import { valueAt } from '../src/languages/openapi/pointer.ts';
import { languages } from '../src/languages/registry.ts';
import { lint } from '../src/lint/lint.ts';
import { json } from '../src/report/json.ts';
import { rules } from '../src/rules/index.ts';
import type { Problem } from '../src/text/problem.ts';
import { worldWith } from './world.ts';

const corpus = '../shared/corpus/openapi';
const present = existsSync(corpus);

describe.skipIf(!present)('on real documents', () => {
  it('every rule completes, says the same twice, and points at the token it talks about', async () => {
    const apis = await readAll();
    const first = judge(apis);
    expect(first.failed).toEqual([]);
    expect(report(judge(await readAll()).problems)).toBe(report(first.problems));
    const astray = first.problems.filter((problem) => !pointsAtItsElement(problem, apis));
    expect(astray.slice(0, 20).map(describeProblem)).toEqual([]);
  }, 600_000);
});

/** Reads the corpus as the command line does: from a working directory that holds it. */
async function readAll(): Promise<Api[]> {
  const root = realpathSync(dirname(corpus));
  const io = { ...worldWith({}), ...filesBelow(root) };
  const project = new Project(io, [root]);
  const documents = await discover(await targetsOf(['openapi'], '', io), project, Object.values(languages), io);
  return documents.flatMap(({ language, entries }) => language.read(entries, project));
}

function judge(apis: readonly Api[]) {
  const enabled = rules.map((rule) => ({ rule, severity: 'warn' as const, options: defaultsOf(rule) }));
  return lint(apis, { rules: enabled, known: rules });
}

function defaultsOf({ options = {} }: (typeof rules)[number]): Record<string, unknown> {
  return Object.fromEntries(Object.entries(options).map(([name, option]) => [name, option.default]));
}

function report(problems: readonly Problem[]): string {
  return json({
    problems,
    counts: { error: 0, warn: 0, info: 0 },
    files: 0,
    suppressed: 0,
    baselined: 0,
    color: false,
  } as never);
}

/** Whether the text of the range is the key by which the element is known, or its value. */
function pointsAtItsElement({ element, range }: Problem, apis: readonly Api[]): boolean {
  const document = documentOf(range.source, apis);
  if (!document) return false;
  const path = pathOf(element);
  if (!document.syntax.length && valueAt(document.value, path) === undefined) return false;
  const text = range.source.text.slice(range.start, range.end);
  const key = path.at(-1);
  if (key !== undefined && (text === key || parse(text, 0) === key)) return true;
  const indent = range.source.position(range.start).column - 1;
  return isDeepStrictEqual(parse(text, indent), valueAt(document.value, path));
}

function documentOf(source: Problem['range']['source'], apis: readonly Api[]) {
  for (const api of apis) {
    const found = api instanceof OpenApi && api.documents.find((document) => document.source === source);
    if (found) return found;
  }
  return undefined;
}

const pathOf = (element: string): string[] =>
  element === '#'
    ? []
    : element
        .slice(2)
        .split('/')
        .map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'));

/** The value of a piece of a document, which is written as deep as it stands. */
function parse(text: string, indent: number): unknown {
  try {
    return load(' '.repeat(indent) + text, { schema: CORE_SCHEMA.withTags(mergeTag) });
  } catch {
    return undefined;
  }
}

const describeProblem = ({ rule, element, range }: Problem): string => {
  const { line, column } = range.source.position(range.start);
  return `${range.source.path}:${line}:${column} ${rule} ${element}: ${range.source.text.slice(range.start, range.end).slice(0, 60)}`;
};
