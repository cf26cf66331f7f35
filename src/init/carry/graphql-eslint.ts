import { dirname } from 'node:path/posix';
import type { Level } from '../../config/rulesets.ts';
import { Failure } from '../../failure.ts';
import type { Io } from '../../io.ts';
import type { Left } from '../files.ts';
import { asData, type Data, dataIn, fromFolder, readData, textsIn } from './data.ts';
import type { PeerConfig, PeerOverride, PeerSetting } from './peer.ts';
import presets from './presets.yaml';
import { NamedSet, spreads, Unknown } from './unread.ts';

interface Preset {
  readonly plain: string;
  readonly options: Readonly<Record<string, Data>>;
}
const sets = (presets as { 'graphql-eslint': Record<string, Preset> })['graphql-eslint'];
const prefix = '@graphql-eslint/';

/**
 * Reads the configuration of graphql-eslint or graphql-schema-linter. Programs are not run: what stands in them literally is read.
 * @returns null where the file says nothing of GraphQL
 * @throws Failure when it cannot be read
 */
export async function readGraphqlEslint(file: string, io: Io): Promise<PeerConfig | null> {
  const text = io.read(file);
  if (file.endsWith('package.json')) {
    const data = dataIn(text, file);
    const linter = data['graphql-schema-linter'];
    if (linter !== undefined) return schemaLinter(asData(linter), file);
    return data['eslintConfig'] === undefined ? null : eslint(asData(data['eslintConfig']), file);
  }
  if (file.includes('graphql-schema-linterrc')) return schemaLinter(readData(file, io), file);
  if (!text.includes('graphql-eslint')) return null;
  const isProgram = /\.[cm]?[jt]s$/.test(file);
  // ESLint lets comments stand in JSON, which is then no JSON and no YAML, but a literal of JavaScript.
  const isCommented = /^\s*[{/]/.test(text);
  if (!isProgram && !isCommented) return eslint(dataIn(text, file), file);
  const { exportOf } = await import('./literals.ts');
  try {
    return eslint(exportOf(isProgram ? text : `export default (\n${text}\n)`, file), file);
  } catch (error) {
    // TypeScript's parser calls itself for each level.
    if (error instanceof RangeError) throw new Failure(`\`${file}\` nests too deeply to be read.`);
    throw error;
  }
}

function eslint(value: unknown, file: string): PeerConfig {
  const reader = new EslintReader(file);
  reader.read(value);
  return reader.config();
}

class EslintReader {
  readonly #file: string;
  readonly #base = new Set<string>();
  readonly #rules = new Map<string, PeerSetting>();
  readonly #overrides: PeerOverride[] = [];
  readonly #ignore: string[] = [];
  readonly #left: Left[] = [];

  constructor(file: string) {
    this.#file = file;
  }

  config(): PeerConfig {
    return {
      files: [this.#file],
      base: [...this.#base],
      rules: this.#rules,
      overrides: this.#overrides,
      ignore: this.#ignore,
      apis: {},
      kept: { extends: [], files: [] },
      left: this.#left,
    };
  }

  /** A list of objects, each for some files, or one object with `overrides`. */
  read(value: unknown): void {
    if (value instanceof Unknown) this.#leaveUnknown(value, 'the configuration');
    for (const item of [value].flat(3)) {
      if (item instanceof NamedSet) this.#extend(item.name);
      else if (!(item instanceof Unknown)) this.#readObject(asData(item));
    }
  }

  #readObject(config: Data): void {
    const folder = dirname(this.#file);
    this.#readSpreads(config);
    for (const name of [config['extends'] ?? []].flat(2)) this.#extendNamed(name);
    const files = [config['files'] ?? []].flat(2).filter((one) => typeof one === 'string');
    const ignored = [...textsIn(config['ignorePatterns']), ...textsIn(config['ignores'])];
    // What is ignored of programs says nothing of schemas.
    if (files.length === 0 || files.some((glob) => /graphql|gql/.test(glob))) {
      for (const pattern of ignored) this.#ignorePattern(pattern, folder);
    }
    const isWhole = files.length === 0 || files.some((glob) => /^(?:\*\*\/)?\*(?:\.|\.\{)(?:graphql|gql)/.test(glob));
    // The first that speaks of schemas says where they are; those that follow make exceptions.
    const isException = !isWhole && this.#rules.size > 0;
    this.#readRules(asData(config['rules']), isException ? files.map((glob) => fromFolder(folder, glob)) : []);
    for (const override of [config['overrides'] ?? []].flat()) this.#readObject(asData(override));
  }

  #ignorePattern(pattern: string, folder: string): void {
    const [, exception = '', path = ''] = /^(!?)(.*)$/s.exec(pattern)!;
    if (/node_modules|\.[cm]?[jt]sx?$/.test(path)) return;
    // As in `.gitignore`, a name without a folder is meant wherever it stands.
    const isName = /^[^/]+\/?$/.test(path);
    const glob = isName ? `**/${path.replace(/\/$/, '')}` : fromFolder(folder, path.replace(/^\//, ''));
    if (!this.#ignore.includes(exception + glob)) this.#ignore.push(exception + glob);
  }

  #readSpreads(object: Data): void {
    for (const one of (object as { [spreads]?: unknown[] })[spreads] ?? []) {
      if (one instanceof NamedSet) this.#extend(one.name);
      else if (one instanceof Unknown && /graphql/i.test(one.code)) this.#leaveUnknown(one, 'rules');
    }
  }

  #extendNamed(name: unknown): void {
    if (name instanceof NamedSet) this.#extend(name.name);
    if (typeof name !== 'string') return;
    const set = /^(?:plugin:)?@graphql-eslint\/(.+)$/.exec(name)?.[1];
    if (set !== undefined) this.#extend(set);
  }

  #extend(name: string): void {
    if (/^operations-/.test(name)) {
      this.#left.push({ what: `\`${name}\``, why: 'apiarch judges schemas, not the operations of clients' });
      return;
    }
    if (!Object.hasOwn(sets, name)) return;
    if (name === 'schema-all') this.#extend('schema-recommended');
    if (name === 'schema-recommended') this.#base.add('graphql-eslint-recommended');
    if (name === 'schema-relay') this.#base.add('relay');
    const { plain, options } = sets[name]!;
    const explicit = name === 'schema-all';
    for (const id of plain === '' ? [] : plain.split(' '))
      this.#rules.set(id, { level: 'error', options: {}, explicit });
    for (const [id, one] of Object.entries(options ?? {}))
      this.#rules.set(id, { level: 'error', options: one, explicit });
  }

  #readRules(rules: Data, files: readonly string[]): void {
    this.#readSpreads(rules);
    const levels = new Map<string, Level>();
    for (const [name, value] of Object.entries(rules)) {
      if (!name.startsWith(prefix)) continue;
      const id = name.slice(prefix.length);
      const [severity, options] = Array.isArray(value) ? value : [value, undefined];
      const level = levelOf(severity);
      if (level === null) {
        const what = severity instanceof Unknown ? severity.code : JSON.stringify(severity);
        this.#left.push({ what: `\`${name}\``, why: `its severity \`${what}\` is not written out` });
      } else if (files.length > 0) {
        levels.set(id, level);
      } else {
        const known = this.#rules.get(id);
        // ESLint keeps the options of before where only a severity is given.
        const given = options === undefined ? (known?.options ?? {}) : this.#literal(options, name);
        this.#rules.set(id, { level, options: given, explicit: true });
      }
    }
    if (levels.size > 0) this.#overrides.push({ files, elements: [], rules: levels });
  }

  #literal(options: unknown, name: string): Data {
    if (options instanceof Unknown) this.#leaveUnknown(options, `options of \`${name}\``);
    return asData(options);
  }

  #leaveUnknown({ code, line }: Unknown, what: string): void {
    this.#left.push({
      what: `${what} at ${this.#file}:${line}`,
      why: `\`${code}\` is a program, and programs are not run here`,
    });
  }
}

function levelOf(value: unknown): Level | null {
  if (value === 2 || value === 'error') return 'error';
  if (value === 1 || value === 'warn') return 'warn';
  return value === 0 || value === 'off' ? 'off' : null;
}

/** https://github.com/cjoudrey/graphql-schema-linter: a list of rules, or all of them, and what each is to overlook. */
function schemaLinter(data: Data, file: string): PeerConfig {
  const ids = textsIn(data['rules']);
  const all = ids.length > 0 ? ids : allSchemaLinterRules.split(' ');
  const named = (id: string) => `graphql-schema-linter:${id}`;
  const overrides = Object.entries(asData(data['ignore'])).map(([id, members]): PeerOverride => {
    const elements = textsIn(members).flatMap(elementsOf);
    return { files: ['**'], elements, rules: new Map([[named(id), 'off']]) };
  });
  const custom = textsIn(data['customRulePaths'] ?? data['custom-rule-paths']);
  return {
    files: [file],
    base: [],
    rules: new Map(all.map((id) => [named(id), { level: 'error', options: {}, explicit: true }])),
    overrides: overrides.filter(({ elements }) => elements.length > 0),
    ignore: [],
    apis: {},
    kept: { extends: [], files: [] },
    left: custom.map((path) => ({
      what: `\`${path}\``,
      why: 'rules of your own; in apiarch those are a plugin',
    })),
  };
}

/** `Query.user.id` there is the coordinate `Query.user(id:)`; a member's own members are overlooked with it. */
function elementsOf(member: string): string[] {
  const [type, field, argument] = member.split('.');
  if (argument !== undefined) return [`${type}.${field}(${argument}:)`];
  return field === undefined ? [`${type}`] : [`${type}.${field}`];
}

const allSchemaLinterRules =
  'arguments-have-descriptions defined-types-are-used deprecations-have-a-reason descriptions-are-capitalized ' +
  'enum-values-all-caps enum-values-have-descriptions enum-values-sorted-alphabetically fields-are-camel-cased ' +
  'fields-have-descriptions input-object-fields-sorted-alphabetically input-object-values-are-camel-cased ' +
  'input-object-values-have-descriptions interface-fields-sorted-alphabetically relay-connection-arguments-spec ' +
  'relay-connection-types-spec relay-page-info-spec type-fields-sorted-alphabetically types-are-capitalized types-have-descriptions';
