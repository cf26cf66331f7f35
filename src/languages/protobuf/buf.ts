import { createRequire } from 'node:module';
import type { Files } from '../language.ts';
import { foldersAround, inFolder } from './roots.ts';

/** What Buf's configuration says of the files around it (https://buf.build/docs/configuration/v2/buf-yaml/). */
export interface Workspace {
  /** The folder of the configuration. */
  readonly folder: string;
  /** The folders that imports start from. */
  readonly roots: readonly string[];
  /** Whether it is made of modules, rather than being one. */
  readonly hasModules: boolean;
  /** Whether it names modules that are not among the files, whence any import may come. */
  readonly hasDependencies: boolean;
}

/**
 * The workspace around a file, or else its module; null where there is neither, it cannot be read, or the file stands in none of
 * its folders.
 * @param known what has been found so far, by folder
 */
export function workspaceOf(path: string, files: Files, known: Map<string, Workspace | null>): Workspace | null {
  const around = foldersAround(path).flatMap((folder) => {
    if (!known.has(folder)) known.set(folder, workspaceIn(folder, files));
    const workspace = known.get(folder);
    const isInside = workspace?.roots.some((root) => root === '' || path.startsWith(`${root}/`));
    return workspace && isInside ? [workspace] : [];
  });
  return around.find(({ hasModules }) => hasModules) ?? around[0] ?? null;
}

function workspaceIn(folder: string, files: Files): Workspace | null {
  const work = configuration(inFolder(folder, 'buf.work.yaml'), files);
  if (work) {
    const roots = stringsAt(work, 'directories').map((directory) => inside(folder, directory));
    const modules = roots.map((root) => configuration(inFolder(root, 'buf.yaml'), files));
    return {
      folder,
      roots,
      hasModules: true,
      hasDependencies: modules.some((module) => module !== null && dependsOnOthers(module)),
    };
  }
  const config = configuration(inFolder(folder, 'buf.yaml'), files);
  if (!config) return null;
  const hasModules = listAt(config, 'modules').length > 0;
  return { folder, roots: rootsOf(config, folder), hasModules, hasDependencies: dependsOnOthers(config) };
}

/** Version 2 lists `modules`, version 1beta1 `build.roots`; version 1 knows only the folder of the file. */
function rootsOf(config: Config, folder: string): string[] {
  const modules = listAt(config, 'modules').flatMap((module) => {
    const path = get(module, 'path');
    return typeof path === 'string' ? [path] : module !== null && typeof module === 'object' ? ['.'] : [];
  });
  const roots = modules.length > 0 ? modules : stringsAt(get(config, 'build'), 'roots');
  return roots.length > 0 ? roots.map((root) => inside(folder, root)) : [folder];
}

function dependsOnOthers(config: Config): boolean {
  return listAt(config, 'deps').length > 0;
}

/** A path as such a file gives it: `.`, `./proto`, `proto/`. */
function inside(folder: string, path: string): string {
  const plain = path.replace(/^(?:\.\/)+|^\.$|\/+$/g, '');
  return plain === '' ? folder : inFolder(folder, plain);
}

type Config = Readonly<Record<string, unknown>>;

function configuration(path: string, files: Files): Config | null {
  const found = files.read(path);
  if (!('source' in found)) return null;
  try {
    const value: unknown = yaml().parse(found.source.text, { logLevel: 'error' });
    return value !== null && typeof value === 'object' ? (value as Config) : null;
  } catch {
    // A broken configuration of another tool says nothing: roots are inferred, as without one.
    return null;
  }
}

/** Loaded when the first configuration turns up, and at once: reading is synchronous. */
function yaml(): typeof import('yaml') {
  loaded ??= createRequire(import.meta.url)('yaml') as typeof import('yaml');
  return loaded;
}
let loaded: typeof import('yaml') | undefined;

function get(value: unknown, key: string): unknown {
  const isRecord = value !== null && typeof value === 'object' && Object.hasOwn(value, key);
  return isRecord ? (value as Config)[key] : undefined;
}

function listAt(value: unknown, key: string): readonly unknown[] {
  const list = get(value, key);
  return Array.isArray(list) ? list : [];
}

function stringsAt(value: unknown, key: string): string[] {
  return listAt(value, key).filter((item) => typeof item === 'string');
}
