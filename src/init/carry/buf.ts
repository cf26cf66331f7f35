import { dirname, join } from 'node:path/posix';
import type { Io } from '../../io.ts';
import type { Left } from '../files.ts';
import { asData, type Data, fromFolder, readData, textsIn } from './data.ts';
import type { PeerConfig, PeerOverride, PeerSetting } from './peer.ts';
import presets from './presets.yaml';

type Version = 'v1beta1' | 'v1' | 'v2';
const categories = (presets as { buf: Record<Version, Readonly<Record<string, string>>> }).buf;

/** What a module says of linting, and where its paths start from. */
interface Lint {
  readonly settings: Data;
  /** The folders that its paths are relative to: one, but for version 1beta1. */
  readonly folders: readonly string[];
  readonly version: Version;
}

/**
 * Reads the configuration of a module or a workspace, in versions v1beta1, v1 and v2.
 * @throws Failure when a file cannot be read
 */
export function readBuf(file: string, io: Io): PeerConfig {
  const reader = new Reader(io);
  if (file.endsWith('buf.work.yaml')) reader.readWorkspace(file);
  else reader.readModule(file);
  return reader.config();
}

class Reader {
  readonly #io: Io;
  readonly #files: string[] = [];
  readonly #lints: Lint[] = [];
  readonly #ignore: string[] = [];
  readonly #overrides: PeerOverride[] = [];
  readonly #left: Left[] = [];

  constructor(io: Io) {
    this.#io = io;
  }

  readWorkspace(file: string): void {
    this.#files.push(file);
    for (const directory of textsIn(readData(file, this.#io)['directories'])) {
      const module = join(dirname(file), directory, 'buf.yaml');
      if (this.#io.kind(module) === 'file') this.readModule(module);
      else this.#lints.push({ settings: {}, folders: [fromFolder(dirname(file), directory)], version: 'v1' });
    }
  }

  readModule(file: string): void {
    this.#files.push(file);
    const data = readData(file, this.#io);
    const folder = dirname(file);
    const version = data['version'];
    this.#leaveRest(data);
    if (version === 'v2') {
      const modules = [data['modules'] ?? []].flat().map(asData);
      for (const module of modules) this.#readExcludes(module['excludes'], folder);
      const own = modules.filter((module) => module['lint'] !== undefined);
      // A module's own settings take the place of the workspace's.
      if (own.length < modules.length || modules.length === 0) this.#addLint(data['lint'], [folder], 'v2');
      for (const module of own) this.#addLint(module['lint'], [folder], 'v2');
      return;
    }
    const build = asData(data['build']);
    const roots = textsIn(build['roots']).map((root) => fromFolder(folder, root));
    const folders = version === 'v1' || roots.length === 0 ? [folder] : roots;
    for (const one of folders) this.#readExcludes(build['excludes'], one);
    this.#addLint(data['lint'], folders, version === 'v1' ? 'v1' : 'v1beta1');
  }

  #addLint(value: unknown, folders: readonly string[], version: Version): void {
    this.#lints.push({ settings: asData(value), folders, version });
  }

  config(): PeerConfig {
    const all = this.#lints.map((lint) => this.#rulesOf(lint));
    const rules = new Map<string, PeerSetting>();
    for (const [id, setting] of all.flatMap((one) => [...one])) {
      if (!rules.has(id) || rules.get(id)!.level === 'off') rules.set(id, setting);
    }
    for (const lint of this.#lints) this.#readIgnores(lint);
    if (new Set(all.map((one) => JSON.stringify([...one]))).size > 1) {
      const why = 'all modules are held to the rules that any of them is held to; `overrides` with `files` part them';
      this.#left.push({ what: 'different `lint` settings of modules', why });
    }
    const isStandard = this.#lints.some(({ settings }) => usedBy(settings).some((name) => standard.has(name)));
    return {
      files: this.#files,
      base: isStandard ? ['buf-standard'] : [],
      rules,
      overrides: this.#overrides,
      ignore: this.#ignore,
      apis: {},
      kept: { extends: [], files: [] },
      left: this.#left,
    };
  }

  #rulesOf({ settings, version }: Lint): Map<string, PeerSetting> {
    const rules = new Map<string, PeerSetting>();
    for (const name of usedBy(settings)) {
      const explicit = !standard.has(name);
      for (const id of idsOf(name, version)) {
        if (!rules.get(id) || explicit) rules.set(id, { level: 'error', options: {}, explicit });
      }
    }
    for (const name of textsIn(settings['except'])) {
      for (const id of idsOf(name, version)) rules.set(id, { level: 'off', options: {}, explicit: true });
    }
    this.#setOptions(rules, settings);
    return rules;
  }

  #setOptions(rules: Map<string, PeerSetting>, settings: Data): void {
    const suffixes = { ENUM_ZERO_VALUE_SUFFIX: 'enum_zero_value_suffix', SERVICE_SUFFIX: 'service_suffix' };
    for (const [id, key] of Object.entries(suffixes)) {
      const setting = rules.get(id);
      const suffix = settings[key];
      if (setting && setting.level !== 'off' && typeof suffix === 'string') {
        rules.set(id, { ...setting, options: { suffix }, explicit: true });
      }
    }
    for (const key of Object.keys(settings).filter(
      (name) => name.startsWith('rpc_allow_') && settings[name] === true,
    )) {
      this.#left.push({
        what: `\`${key}\``,
        why: '`resources/request-unique` and its neighbours have no such option; turn them off where they disturb',
      });
    }
    if (settings['disallow_comment_ignores'] === true || settings['allow_comment_ignores'] === false) {
      this.#left.push({
        what: '`buf:lint:ignore` being switched off',
        why: 'apiarch always heeds `apiarch-ignore` with a reason',
      });
    }
  }

  #readExcludes(value: unknown, folder: string): void {
    for (const path of textsIn(value)) this.#ignore.push(fromFolder(folder, path));
  }

  #readIgnores({ settings, folders, version }: Lint): void {
    for (const folder of folders) {
      for (const path of textsIn(settings['ignore'])) this.#ignore.push(fromFolder(folder, path));
      for (const [name, paths] of Object.entries(asData(settings['ignore_only']))) {
        const rules = new Map(idsOf(name, version).map((id) => [id, 'off' as const]));
        const files = textsIn(paths).map((path) => fromFolder(folder, path));
        if (files.length > 0) this.#overrides.push({ files, elements: [], rules });
      }
    }
  }

  #leaveRest(data: Data): void {
    if (textsIn(data['deps']).length > 0) {
      const why = 'apiarch fetches nothing; `buf export` brings the modules for `--proto-path`';
      this.#left.push({ what: '`deps`', why });
    }
    if (data['breaking'] !== undefined) {
      this.#left.push({ what: '`breaking`', why: 'it compares versions and is no part of linting' });
    }
    if ([data['plugins'] ?? []].flat().length > 0) {
      this.#left.push({ what: '`plugins`', why: 'apiarch cannot run plugins of Buf' });
    }
  }
}

/** What Buf recommends: https://buf.build/docs/lint/overview. Called `DEFAULT` before it was `STANDARD`. */
const standard: ReadonlySet<string> = new Set(['STANDARD', 'DEFAULT']);

function usedBy(settings: Data): string[] {
  const used = textsIn(settings['use']);
  return used.length > 0 ? used : ['STANDARD'];
}

/** The rules of a category, or the rule itself. */
function idsOf(name: string, version: Version): string[] {
  const ids = categories[version][name === 'DEFAULT' ? 'STANDARD' : name];
  return ids === undefined ? [name] : ids.split(' ');
}
