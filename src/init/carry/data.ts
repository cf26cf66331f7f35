import { parseDocument } from 'yaml';
import { Failure } from '../../failure.ts';
import type { Io } from '../../io.ts';

/** What stands in a file of settings: names and values, which may be anything. */
export type Data = Readonly<Record<string, unknown>>;

/**
 * The settings in a YAML or JSON file; none where it is empty.
 * @throws Failure when it cannot be read, is neither, or is no map
 */
export function readData(path: string, io: Io): Data {
  return dataIn(io.read(path), path);
}

/** The settings in a text. Throws a Failure, as `readData` does. */
export function dataIn(text: string, path: string): Data {
  const value = valueIn(text, path);
  if (value === null || value === undefined) return {};
  if (typeof value !== 'object' || Array.isArray(value)) throw new Failure(`\`${path}\` holds no settings.`);
  return value as Data;
}

function valueIn(text: string, path: string): unknown {
  const document = parseDocument(text, { prettyErrors: false, logLevel: 'error' });
  const error = document.errors[0];
  if (error) throw new Failure(`\`${path}\` is neither YAML nor JSON: ${error.message.replace(/\.$/, '')}.`);
  try {
    return document.toJS();
  } catch {
    // Aliases that multiply.
    throw new Failure(`\`${path}\` cannot be read: its aliases come to too much.`);
  }
}

/** The map in `value`; an empty one where it is none. */
export function asData(value: unknown): Data {
  return value !== null && typeof value === 'object' && !Array.isArray(value) ? (value as Data) : {};
}

/** The texts in `value`, which may be one or a list. */
export function textsIn(value: unknown): string[] {
  return [value].flat().filter((item) => typeof item === 'string');
}

/** The first of these files that there is. */
export function firstThere(paths: readonly string[], io: Io): string | null {
  return paths.find((path) => io.kind(path) === 'file') ?? null;
}

/** `path` as seen from the working directory, where it was written in a file of `folder`; with `/`, without `./`. A folder stands for all in it. */
export function fromFolder(folder: string, path: string): string {
  const plain = path
    .replaceAll('\\', '/')
    .replace(/^(?:\.\/)+/, '')
    .replace(/\/+$/, '');
  const inside = folder === '.' || folder === '' ? plain : `${folder}/${plain}`;
  return inside === '.' || inside === '' ? '**' : inside;
}
