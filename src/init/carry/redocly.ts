import { dirname, join } from 'node:path/posix';
import type { Level } from '../../config/rulesets.ts';
import type { Io } from '../../io.ts';
import type { Left } from '../files.ts';
import { asData, type Data, fromFolder, readData, textsIn } from './data.ts';
import type { PeerConfig, PeerOverride, PeerSetting } from './peer.ts';
import presets from './presets.yaml';

/** What Redocly is to overlook; `redocly lint --generate-ignore-file` writes it. */
const ignoreFile = '.redocly.lint-ignore.yaml';

const sets = (presets as { redocly: Record<string, Readonly<Record<string, string>>> }).redocly;

/** The keys that hold rules: for all documents, or for one version of OpenAPI. */
const ruleKeys = /^(?:rules|oas2Rules|oas3_\dRules|graphqlRules)$/;

/**
 * Reads Redocly's configuration and, beside it, the list of what it is to overlook.
 * @throws Failure when a file cannot be read
 */
export function readRedocly(file: string, io: Io): PeerConfig {
  const reader = new Reader(io);
  reader.read(file);
  return reader.config();
}

class Reader {
  readonly #io: Io;
  readonly #files: string[] = [];
  readonly #base = new Set<string>();
  readonly #rules = new Map<string, PeerSetting>();
  readonly #overrides: PeerOverride[] = [];
  readonly #apis: Record<string, { files: string[] }> = {};
  readonly #left: Left[] = [];
  readonly #documents = new Map<string, unknown>();

  constructor(io: Io) {
    this.#io = io;
  }

  config(): PeerConfig {
    return {
      files: this.#files,
      base: [...this.#base],
      rules: this.#rules,
      overrides: this.#overrides,
      ignore: [],
      apis: this.#apis,
      kept: { extends: [], files: [] },
      left: this.#left,
    };
  }

  read(file: string): void {
    const data = this.#settings(file, []);
    for (const [name, value] of Object.entries(asData(data['apis']))) this.#api(name, asData(value), dirname(file));
    const ignored = join(dirname(file), ignoreFile);
    if (this.#io.kind(ignored) === 'file') this.#readIgnored(ignored);
  }

  /** The rules of a file, after those that it extends; gives back what it holds. */
  #settings(file: string, trail: readonly string[]): Data {
    this.#files.push(file);
    const data = readData(file, this.#io);
    // Before version 1 all about linting stood below `lint`.
    const lint = data['lint'] === undefined ? data : { ...data, ...asData(data['lint']) };
    if (lint['extends'] === undefined && trail.length === 0) this.#extendSet('recommended');
    for (const name of textsIn(lint['extends'])) this.#extend(name, file, trail);
    this.#leaveRest(lint);
    for (const [key, value] of Object.entries(lint)) {
      if (ruleKeys.test(key)) for (const [id, setting] of Object.entries(asData(value))) this.#set(id, setting);
    }
    return data;
  }

  #extend(name: string, file: string, trail: readonly string[]): void {
    if (Object.hasOwn(sets, name)) {
      this.#extendSet(name);
      return;
    }
    const path = join(dirname(file), name);
    if (/\.ya?ml$/.test(name) && this.#io.kind(path) === 'file') {
      if (path !== file && !trail.includes(path)) this.#settings(path, [...trail, file]);
    } else {
      this.#left.push({ what: `\`extends: ${name}\``, why: 'it is no set of Redocly’s own and no file that is here' });
    }
  }

  #extendSet(name: string): void {
    if (name === 'recommended') this.#base.add('redocly-recommended');
    for (const [level, ids] of Object.entries(sets[name]!)) {
      for (const id of ids.split(' ')) {
        this.#rules.set(id, { level: level as Level, options: {}, explicit: name !== 'recommended' });
      }
    }
  }

  #set(id: string, value: unknown): void {
    const setting = this.#setting(id, value);
    if (setting) this.#rules.set(id, setting);
  }

  #setting(id: string, value: unknown): PeerSetting | null {
    const { severity, ...options } = typeof value === 'object' ? asData(value) : { severity: value };
    if (/^(?:rule|assert)\//.test(id)) {
      this.#left.push({ what: `\`${id}\``, why: 'it is a rule of your own; in apiarch that is a plugin' });
      return null;
    }
    if (id.includes('/')) {
      this.#left.push({ what: `\`${id}\``, why: 'it comes from a plugin of Redocly, whose code apiarch cannot run' });
      return null;
    }
    const before = this.#rules.get(id);
    const level = severity === undefined ? (before?.level ?? 'error') : severity;
    if (!['error', 'warn', 'off'].includes(String(level))) {
      this.#left.push({ what: `\`${id}\``, why: `\`${String(level)}\` is no severity` });
      return null;
    }
    return { level: level as Level, options: { ...before?.options, ...options }, explicit: true };
  }

  #leaveRest(data: Data): void {
    for (const key of ['plugins', 'decorators', 'preprocessors', 'resolve']) {
      if (data[key] === undefined || Object.keys(asData(data[key])).length + textsIn(data[key]).length === 0) continue;
      this.#left.push({
        what: `\`${key}\``,
        why: 'apiarch lints documents as they are and runs none of Redocly’s code',
      });
    }
  }

  /** An API with its own rules, which hold for its root document. */
  #api(name: string, api: Data, folder: string): void {
    if (typeof api['root'] !== 'string') return;
    const root = fromFolder(folder, api['root']);
    this.#apis[name.replaceAll('@', '-')] = { files: [root] };
    const lint = { ...api, ...asData(api['lint']) } as Data;
    const settings = Object.entries(lint).flatMap(([key, value]) => {
      if (!ruleKeys.test(key)) return [];
      return Object.entries(asData(value)).flatMap(([id, one]): [string, Level][] => {
        const setting = this.#setting(id, one);
        return setting ? [[id, setting.level]] : [];
      });
    });
    if (settings.length > 0) this.#overrides.push({ files: [root], elements: [], rules: new Map(settings) });
    if (lint['extends'] !== undefined) {
      this.#left.push({
        what: `\`extends\` of the API \`${name}\``,
        why: '`overrides` of apiarch set rules; name the rules there',
      });
    }
  }

  /** What is missing has a pointer there, and is reported at what lacks it here. Null for what points at nothing. */
  #there(pointer: string, path: string): string | null {
    const segments = pointer.replace(/\/$/, '').split('/');
    let value = this.#document(path);
    if (value === undefined) return segments.join('/');
    for (const [index, segment] of segments.slice(1).entries()) {
      const name = segment.replaceAll('~1', '/').replaceAll('~0', '~');
      if (value === null || typeof value !== 'object' || !Object.hasOwn(value, name)) {
        return index === segments.length - 2 ? segments.slice(0, -1).join('/') : null;
      }
      value = (value as Data)[name];
    }
    return segments.join('/');
  }

  #document(path: string): unknown {
    if (!this.#documents.has(path)) {
      const isThere = this.#io.kind(path) === 'file' && /\.(?:ya?ml|json)$/.test(path);
      this.#documents.set(path, isThere ? readData(path, this.#io) : undefined);
    }
    return this.#documents.get(path);
  }

  /** By file and rule, JSON pointers: `openapi.yaml: { no-unused-components: ['#/components/schemas/Old'] }`. */
  #readIgnored(file: string): void {
    this.#files.push(file);
    for (const [document, rules] of Object.entries(readData(file, this.#io))) {
      if (/^https?:/.test(document)) {
        this.#left.push({ what: `\`${document}\` in \`${file}\``, why: 'apiarch judges files, not addresses' });
        continue;
      }
      for (const [id, pointers] of Object.entries(asData(rules))) {
        const path = fromFolder(dirname(file), document);
        const there = textsIn(pointers).map((pointer) => [pointer, this.#there(pointer, path)] as const);
        for (const [pointer] of there.filter(([, element]) => element === null)) {
          this.#left.push({ what: `\`${id}\` at ${pointer} of \`${path}\``, why: 'nothing stands there any more' });
        }
        const elements = [...new Set(there.flatMap(([, element]) => element ?? []))];
        if (elements.length === 0) continue;
        const isWhole = elements.includes('#');
        this.#overrides.push({ files: [path], elements: isWhole ? [] : elements, rules: new Map([[id, 'off']]) });
      }
    }
  }
}
