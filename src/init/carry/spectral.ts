import { basename, dirname, join } from 'node:path/posix';
import { stringify } from 'yaml';
import type { Level } from '../../config/rulesets.ts';
import type { Io } from '../../io.ts';
import type { Left } from '../files.ts';
import { asData, type Data, readData, textsIn } from './data.ts';
import type { PeerConfig, PeerOverride, PeerSetting } from './peer.ts';

/** The ruleset that goes on with what only Spectral's engine can do. */
const keptFile = 'custom.spectral.yaml';

/**
 * Reads a Spectral ruleset with those that it extends. What it says of Spectral's own rules is carried over; where it has rules of
 * its own, a ruleset is written that runs these alone.
 * @param covered the rules that ours stand for, as `spectral:ID`
 * @throws Failure when a file cannot be read
 */
export async function readSpectral(file: string, covered: ReadonlySet<string>, io: Io): Promise<PeerConfig> {
  const reader = new Reader(io, await ownRules(), covered);
  if (/\.[cm]?[jt]s$/.test(file)) return reader.code(file);
  reader.read(file, []);
  return reader.config(file);
}

type OwnRules = ReadonlyMap<string, { readonly level: Level; readonly recommended: boolean }>;

/** The rules of `spectral:oas`, as the installed version has them. */
async function ownRules(): Promise<OwnRules> {
  const { oas } = await import('@stoplight/spectral-rulesets');
  const { rules } = oas as unknown as { rules: Record<string, { severity?: unknown; recommended?: boolean }> };
  return new Map(
    Object.entries(rules).map(([id, { severity, recommended }]) => {
      return [id, { level: levelOf(severity) ?? 'warn', recommended: recommended !== false }];
    }),
  );
}

class Reader {
  readonly #io: Io;
  readonly #own: OwnRules;
  readonly #covered: ReadonlySet<string>;
  readonly #files: string[] = [];
  readonly #base = new Set<string>();
  readonly #rules = new Map<string, PeerSetting>();
  readonly #overrides: PeerOverride[] = [];
  readonly #left: Left[] = [];
  /** Whether there is something that only Spectral's engine can run. */
  #isCustom = false;
  /** Whether Spectral would run its own rules for OpenAPI. */
  #hasOwn = false;

  constructor(io: Io, own: OwnRules, covered: ReadonlySet<string>) {
    this.#io = io;
    this.#own = own;
    this.#covered = covered;
  }

  /** A ruleset that is a program is not run here. */
  code(file: string): PeerConfig {
    const why = 'it is a program; apiarch runs it as it is, so what it asks for twice is reported twice';
    return {
      ...this.config(file),
      files: [file],
      base: ['recommended'],
      kept: { extends: [`./${file}`], files: [] },
      left: [{ what: `\`${file}\``, why }],
    };
  }

  config(file: string): PeerConfig {
    this.#alignTwins();
    // What goes on in Spectral's engine and is none of our rules' business stays there.
    const stays = (id: string) => this.#isCustom && !this.#covered.has(`spectral:${id}`);
    const rules = new Map([...this.#rules].filter(([id]) => this.#own.has(id) && !stays(id)));
    return {
      files: this.#files,
      base: [...this.#base],
      rules,
      overrides: this.#overrides,
      ignore: [],
      apis: {},
      kept: this.#isCustom ? this.#kept(file) : { extends: [], files: [] },
      left: this.#left,
    };
  }

  read(file: string, trail: readonly string[]): void {
    this.#files.push(file);
    const data = readData(file, this.#io);
    for (const parent of [data['extends'] ?? []].flat(1)) this.#extend(parent, file, trail);
    // `extends: [[spectral:oas, off]]` is a list of a pair, which one level of flattening has left whole.
    for (const [id, value] of Object.entries(asData(data['rules']))) this.#set(id, value);
    for (const override of [data['overrides'] ?? []].flat()) this.#override(asData(override), dirname(file));
    for (const [target, ids] of Object.entries(asData(data['except']))) {
      this.#addOverride(
        [target],
        textsIn(ids).map((id) => [id, 'off']),
        dirname(file),
      );
    }
    if (data['functions'] !== undefined) this.#isCustom = true;
  }

  #extend(parent: unknown, file: string, trail: readonly string[]): void {
    const [name, mode] = Array.isArray(parent) ? parent : [parent, 'recommended'];
    if (typeof name !== 'string' || ['all', 'recommended', 'off'].includes(name)) return;
    const path = join(dirname(file), name);
    if (name === 'spectral:oas') {
      this.#extendOwn(mode);
    } else if (name.startsWith('spectral:')) {
      this.#left.push({ what: `\`${name}\``, why: 'apiarch lints OpenAPI, GraphQL and Protocol Buffers' });
    } else if (/^\.{0,2}\/.*\.(?:ya?ml|json)$|^[\w.-]+\.(?:ya?ml|json)$/.test(name) && this.#io.kind(path) === 'file') {
      if (!trail.includes(path) && path !== file) this.read(path, [...trail, file]);
    } else {
      // Packages, programs and addresses: Spectral's engine loads them.
      this.#isCustom = true;
    }
  }

  #extendOwn(mode: unknown): void {
    this.#hasOwn = true;
    if (mode !== 'off') this.#base.add('spectral-oas');
    for (const [id, { level, recommended }] of this.#own) {
      const on = mode === 'all' || (mode !== 'off' && recommended);
      this.#rules.set(id, { level: on ? level : 'off', options: {}, explicit: on && !recommended });
    }
  }

  #set(id: string, value: unknown): void {
    const isDefinition = value !== null && typeof value === 'object' && ('then' in value || 'given' in value);
    if (isDefinition) {
      this.#isCustom = true;
      // A rule of the same name takes the place of Spectral's own.
      this.#rules.set(id, { level: 'off', options: {}, explicit: this.#rules.has(id) });
      return;
    }
    const named = asData(value)['severity'] ?? value;
    const level = levelOf(named === true || named === 'on' ? (this.#own.get(id)?.level ?? 'warn') : named);
    if (level === null) {
      this.#left.push({ what: `\`${id}\``, why: `\`${JSON.stringify(value)}\` is no severity` });
    } else if (this.#own.has(id)) {
      this.#rules.set(id, { level, options: {}, explicit: true });
    }
  }

  #override(override: Data, folder: string): void {
    const entries = Object.entries(asData(override['rules']));
    const levels = entries.flatMap(([id, value]): [string, Level][] => {
      const level = levelOf(asData(value)['severity'] ?? (value === true ? this.#own.get(id)?.level : value));
      return level === null || !this.#own.has(id) ? [] : [[id, level]];
    });
    if (override['extends'] !== undefined) {
      const what = `\`extends\` for ${textsIn(override['files']).join(', ')}`;
      this.#left.push({ what, why: '`overrides` of apiarch set rules; name the rules there' });
    }
    this.#addOverride(textsIn(override['files']), levels, folder);
  }

  #addOverride(targets: readonly string[], levels: readonly [string, Level][], folder: string): void {
    const rules = new Map(levels.filter(([id]) => this.#own.has(id)));
    if (rules.size === 0) return;
    for (const target of targets) {
      const [glob = '', pointer = ''] = target.split(/#(.*)/s);
      const file = glob === '' ? '**' : join(folder, glob);
      const elements = pointer === '' ? [] : [`#${pointer}`];
      this.#overrides.push({ files: [file], elements, rules });
    }
  }

  /** Rules come in pairs, for OpenAPI 2 and 3, where ours are one: what is said of the one holds for the other. */
  #alignTwins(): void {
    for (const pair of twins) {
      for (const [one, other] of [pair, [pair[1], pair[0]] as const]) {
        const said = this.#rules.get(one);
        const unsaid = this.#rules.get(other);
        if (said?.explicit && unsaid && !unsaid.explicit) this.#rules.set(other, { ...unsaid, level: said.level });
      }
    }
  }

  /** A ruleset for Spectral's engine: theirs, but for what apiarch does itself. */
  #kept(file: string): PeerConfig['kept'] {
    const covered = this.#hasOwn
      ? [...this.#rules].filter(([id, { level }]) => this.#covered.has(`spectral:${id}`) && level !== 'off')
      : [];
    const comment = `# The rules of ${basename(file)} that apiarch has none of its own for: those, and nothing that it checks itself.\n`;
    const ruleset = {
      extends: [`./${file}`],
      ...(covered.length > 0 ? { rules: Object.fromEntries(covered.map(([id]) => [id, 'off'])) } : {}),
    };
    if (covered.length === 0) return { extends: [`./${file}`], files: [] };
    return {
      extends: [`./${keptFile}`],
      files: [{ path: keptFile, text: `${comment}${stringify(ruleset)}`, before: null }],
    };
  }
}

const twins: readonly (readonly [string, string])[] = [
  ['oas2-schema', 'oas3-schema'],
  ['oas2-api-host', 'oas3-api-servers'],
  ['oas2-host-not-example', 'oas3-server-not-example.com'],
  ['oas2-host-trailing-slash', 'oas3-server-trailing-slash'],
  ['oas2-operation-security-defined', 'oas3-operation-security-defined'],
  ['oas2-parameter-description', 'oas3-parameter-description'],
  ['oas2-unused-definition', 'oas3-unused-component'],
  ['oas2-valid-media-example', 'oas3-valid-media-example'],
  ['oas2-valid-schema-example', 'oas3-valid-schema-example'],
];

/** https://docs.stoplight.io/docs/spectral/9ffa04e052cc1-spectral-cli: words, or numbers from 0 (error) to 3 (hint). */
function levelOf(value: unknown): Level | null {
  if (value === false || value === 'off' || value === -1) return 'off';
  if (value === 0 || value === 'error') return 'error';
  if (value === 1 || value === 'warn' || value === undefined) return 'warn';
  return value === 2 || value === 3 || value === 'info' || value === 'hint' ? 'info' : null;
}
