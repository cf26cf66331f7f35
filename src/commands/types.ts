import type { Command } from 'commander';
import { Failure } from '../failure.ts';
import type { Io } from '../io.ts';
import type { Api } from '../languages/language.ts';
import { isGenerated, typesOf } from '../typescript/typescript.ts';
import { type CommonFlags, example, many } from './command.ts';
import { type DocumentFlags, type Found, findDocuments, readDocuments } from './documents.ts';

interface Flags extends CommonFlags, DocumentFlags {
  readonly output?: string;
  readonly force?: boolean;
}

export function define(command: Command, io: Io, exit: (status: number) => void): void {
  example(command, 'apiarch types openapi.yaml -o src/api.ts');
  command
    .description(
      'Writes the TypeScript types of API documents: of OpenAPI as openapi-typescript does, of GraphQL schemas and .proto files as their JSON. Those of several APIs stand in namespaces.',
    )
    .argument('<files...>', 'files, folders, globs, or - for standard input')
    .option('-o, --output <file>', 'write to this file rather than to standard output')
    .option('--force', 'replace the file even when no such tool wrote it')
    .option('--allow-outside <dir>', 'let documents refer to files in this folder; repeatable', many)
    .option('--proto-path <dir>', 'a folder that imports of .proto files start from; repeatable', many)
    .option('--stdin-path <name>', 'what to call the document that comes through standard input', 'stdin')
    .action(async (paths: string[]) => {
      await run(paths, command.optsWithGlobals(), io);
      exit(0);
    });
}

async function run(paths: readonly string[], flags: Flags, io: Io): Promise<void> {
  const { output } = flags;
  if (output !== undefined && !flags.force) mustBeReplaceable(output, io);
  const found = await findDocuments(paths, flags, io);
  const asked = new Set(found.documents.flatMap(({ entries }) => entries.map(({ path }) => path)));
  const { source, unknown } = await typesOf(readWithImports(found), asked);
  if (unknown.length > 0) io.stderr.write(noteOn(unknown));
  if (output === undefined) io.stdout.write(source);
  else io.write(output, source);
}

/** What somebody wrote by hand is gone once it is replaced. */
function mustBeReplaceable(path: string, io: Io): void {
  if (io.kind(path) !== 'file') return;
  const text = io.read(path);
  if (text.trim() === '' || isGenerated(text)) return;
  throw new Failure(`\`${path}\` was not written by \`apiarch types\`; \`--force\` replaces it all the same.`);
}

/** Reads documents; the files that .proto files import, as documents too, since types refer to them. */
function readWithImports(found: Found): Api[] {
  const documents = found.documents.map((one) => {
    if (one.language.name !== 'protobuf') return one;
    const sources = one.language.read(one.entries, found.project, one.settings).flatMap((api) => api.sources);
    const known = new Map(one.entries.map((source) => [source.path, source]));
    for (const source of sources) if (!known.has(source.path)) known.set(source.path, source);
    return { ...one, entries: [...known.values()] };
  });
  return readDocuments({ ...found, documents });
}

function noteOn(unknown: readonly string[]): string {
  const shown = unknown.slice(0, 5).map((name) => `\`${name}\``);
  const more = unknown.length > shown.length ? ` and ${unknown.length - shown.length} more` : '';
  return `apiarch: ${shown.join(', ')}${more} ${unknown.length === 1 ? 'is' : 'are'} defined in none of these files, and \`unknown\` here.\n`;
}
