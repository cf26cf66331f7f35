// Every rule on real documents that nobody here wrote, from a folder beside the project where there is one.
import { existsSync, realpathSync } from 'node:fs';
import { isDeepStrictEqual } from 'node:util';
import type { ASTNode } from 'graphql';
import { CORE_SCHEMA, load, mergeTag } from 'js-yaml';
import { describe, expect, it } from 'vitest';
import { discover, targetsOf } from '../src/config/discover.ts';
import { Project } from '../src/config/project.ts';
import { filesBelow } from '../src/io.ts';
import { rangeOf } from '../src/languages/graphql/document.ts';
import { GraphQl } from '../src/languages/graphql/graphql.ts';
import * as graphql from '../src/languages/graphql/select.ts';
import type { Api } from '../src/languages/language.ts';
import { OpenApi } from '../src/languages/openapi/openapi.ts';
import { valueAt } from '../src/languages/openapi/pointer.ts';
import { commentsOf } from '../src/languages/protobuf/comments.ts';
import { Protobuf } from '../src/languages/protobuf/protobuf.ts';
import { fullName, spanOf, statements } from '../src/languages/protobuf/tree.ts';
import { languages } from '../src/languages/registry.ts';
import { lint } from '../src/lint/lint.ts';
import { json } from '../src/report/json.ts';
import { rules } from '../src/rules/index.ts';
import type { Range } from '../src/text/place.ts';
import type { Problem } from '../src/text/problem.ts';
import { worldWith } from './world.ts';

const corpus = '../shared/corpus';

/** Whether the range of a problem is where its element stands, by the folder of the documents. */
const aims: Readonly<Record<string, (problem: Problem, apis: readonly Api[]) => boolean>> = {
  openapi: pointsAtItsElement,
  graphql: pointsIntoItsElement,
  proto: pointsIntoItsElement,
};

describe.each(Object.entries(aims))('on real documents: %s', (folder, aimsWell) => {
  it.skipIf(!existsSync(`${corpus}/${folder}`))(
    'every rule completes, says the same twice, and points at the token it talks about',
    async () => {
      const apis = await readAll(folder);
      const first = judge(apis);
      expect(first.failed).toEqual([]);
      expect(report(judge(await readAll(folder)).problems)).toBe(report(first.problems));
      const astray = first.problems.filter((problem) => !aimsWell(problem, apis));
      expect(astray.slice(0, 20).map(describeProblem)).toEqual([]);
    },
    600_000,
  );
});

/** Reads a folder of the corpus as the command line does: from a working directory that holds it. */
async function readAll(folder: string): Promise<Api[]> {
  const root = realpathSync(corpus);
  const io = { ...worldWith({}), ...filesBelow(root) };
  const project = new Project(io, [root]);
  const documents = await discover(await targetsOf([folder], '', io), project, Object.values(languages), io);
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
    rules: new Map(),
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

/** Whether a range begins and ends with a token or a comment, inside what defines its element. */
function pointsIntoItsElement({ element, range: { source, start, end } }: Problem, apis: readonly Api[]): boolean {
  const api = apis.find(({ sources }) => sources.includes(source));
  if (!(api instanceof GraphQl || api instanceof Protobuf)) return false;
  const inside = api instanceof GraphQl ? placesIn(api) : statementsIn(api);
  const around = inside.get(element) ?? (element === '' || element === source.path ? [wholeOf(source)] : []);
  const isInside = around.some((outer) => outer.source === source && outer.start <= start && end <= outer.end);
  const { text } = source;
  const splitsWord = (offset: number) => /\w/.test(text[offset - 1] ?? '') && /\w/.test(text[offset] ?? '');
  return isInside && start < end && !splitsWord(start) && !splitsWord(end) && /\S/.test(text[start]!);
}

const wholeOf = (source: Range['source']): Range => ({ source, start: 0, end: source.text.length });

/** The definitions of each element of a schema; members, of which one may be reported through its owner, are in theirs. */
const placesIn = remembered((api: GraphQl) => {
  const found = new Map<string, Range[]>();
  const add = (element: string, node: ASTNode): void => {
    const known = found.get(element) ?? [];
    // Comments above a definition belong to it.
    const { source, start, end } = rangeOf(node);
    const from = graphql.commentsAbove(node)[0]?.range.start ?? start;
    found.set(element, [...known, { source, start: from, end }]);
  };
  for (const { name, base, extensions } of graphql.types(api)) {
    for (const node of [...(base ? [base] : []), ...extensions]) add(name, node);
  }
  const members = [...graphql.fields(api), ...graphql.everyArgument(api), ...graphql.inputFields(api)];
  for (const { at, node } of [...members, ...graphql.enumValues(api), ...graphql.directiveDefinitions(api)]) {
    add(at.element, node);
  }
  for (const { at, node } of graphql.schemaParts(api)) add(at.element, node);
  return found;
});

/** The statements of each full name, with the comments above them. */
const statementsIn = remembered((api: Protobuf) => {
  const found = new Map<string, Range[]>();
  for (const file of api.files) {
    for (const node of statements(file)) {
      const { start, end } = spanOf(node);
      const { leading, trailing, detached } = commentsOf(node);
      const all = [{ start, end }, ...detached, ...[leading, trailing].flatMap((comment) => comment ?? [])];
      const range = {
        source: file.source,
        start: Math.min(...all.map((span) => span.start)),
        end: Math.max(...all.map((span) => span.end)),
      };
      found.set(fullName(node), [...(found.get(fullName(node)) ?? []), range]);
    }
    found.set(file.packageName, [...(found.get(file.packageName) ?? []), wholeOf(file.source)]);
  }
  return found;
});

function remembered<K extends object, V>(make: (key: K) => V): (key: K) => V {
  const known = new WeakMap<K, V>();
  return (key) => {
    if (!known.has(key)) known.set(key, make(key));
    return known.get(key)!;
  };
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
