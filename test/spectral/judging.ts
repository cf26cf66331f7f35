// Documents judged by Spectral rulesets, as the lint command does it.
import { extname } from 'node:path';
import type { Io } from '../../src/io.ts';
import { graphql } from '../../src/languages/graphql/graphql.ts';
import type { Api } from '../../src/languages/language.ts';
import { openapi } from '../../src/languages/openapi/openapi.ts';
import { protobuf } from '../../src/languages/protobuf/protobuf.ts';
import { judgeWithSpectral } from '../../src/spectral/judge.ts';
import { loadSpectral } from '../../src/spectral/load.ts';
import { compareProblems, type Problem } from '../../src/text/problem.ts';
import { Source } from '../../src/text/source.ts';

/** Reads files of one language. */
export function readApis(paths: readonly string[], io: Pick<Io, 'read' | 'kind'>): Api[] {
  const files = {
    read: (path: string) =>
      io.kind(path) === 'file' ? { source: new Source(path, io.read(path)) } : { refused: `there is no \`${path}\`` },
  };
  const sources = paths.map((path) => new Source(path, io.read(path)));
  const end = extname(paths[0]!);
  if (end === '.graphql') return graphql.read(sources, files);
  return end === '.proto' ? protobuf.read(sources, files) : openapi.read(sources, files);
}

/** The verdict of a ruleset on some files. */
export async function judged(io: Io, ruleset: string, ...paths: string[]) {
  const verdict = await judgeWithSpectral(readApis(paths, io), [await loadSpectral(ruleset, io)], io.cwd);
  return { ...verdict, lines: told(verdict.problems) };
}

/** Problems as lines of a compact report, sorted. */
export function told(problems: readonly Problem[]): string[] {
  return [...problems].sort(compareProblems).map(({ rule, severity, element, message, range }) => {
    const { line, column } = range.source.position(range.start);
    return `${range.source.path}:${line}:${column} ${severity} ${rule} ${element} ${message}`;
  });
}
