import { stringify } from 'yaml';
import type { Setting } from '../config/rulesets.ts';

/** A configuration that is to be written. */
export interface NewConfig {
  /** What is known of the documents, in a sentence; one comment line. */
  readonly about: string;
  readonly extends: readonly { readonly name: string; readonly about: string }[];
  /** By rule id. */
  readonly rules: ReadonlyMap<string, NewSetting>;
  readonly overrides: readonly NewOverride[];
  readonly ignore: readonly string[];
  readonly apis: Readonly<Record<string, { readonly files: readonly string[] }>>;
  readonly baseline: string | null;
}

/** What a rule is set to, and whose wish that was: `buf:SERVICE_SUFFIX`. */
export interface NewSetting {
  readonly setting: Setting;
  readonly origin: string;
}

/** Settings for some files or elements. */
export interface NewOverride {
  readonly files: readonly string[];
  readonly elements: readonly string[];
  readonly rules: Readonly<Record<string, Setting>>;
}

const schema = './node_modules/apiarch/rulesets/apiarch.schema.json';

/** The text of an `apiarch.yaml`, with comments that show the way to what it does not use. */
export function configText(config: NewConfig): string {
  const sections = [
    head(config),
    rulesetsOf(config),
    settingsOf(config),
    overridesOf(config),
    ignoredOf(config),
    apisOf(config),
    failing,
    baselineOf(config),
  ];
  return `${sections.filter((section) => section !== '').join('\n\n')}\n`;
}

function head({ about }: NewConfig): string {
  return `# yaml-language-server: $schema=${schema}\n# How apiarch judges the APIs below this folder. ${about}`;
}

function rulesetsOf({ extends: names }: NewConfig): string {
  const comment =
    '# Which rules run and how loud; later ones win. Others: strict, security, docs, operations, …, files, packages.';
  // Without any, a list must be written all the same: left out, it would be what is recommended.
  if (names.length === 0) return `${comment}\nextends: []`;
  const width = Math.max(...names.map(({ name }) => quoted(name).length));
  const lines = names.map(({ name, about }) => {
    return `  - ${about === '' ? quoted(name) : `${quoted(name).padEnd(width)} # ${about}`}`;
  });
  return [comment, 'extends:', ...lines].join('\n');
}

function settingsOf({ rules }: NewConfig): string {
  const comment =
    '# The last word on a rule or a whole principle: error, warn, info or off; `apiarch explain RULE` tells more.';
  if (rules.size === 0) return `${comment}\n# rules:\n#   naming/path-case: error\n#   docs/*: off`;
  const lines = [...rules]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([id, { setting, origin }]) => `  ${id}: ${inline(setting)}${origin === '' ? '' : ` # ${origin}`}`);
  return [comment, 'rules:', ...lines].join('\n');
}

function overridesOf({ overrides }: NewConfig): string {
  const comment = '# Other settings for some files or elements; later ones win.';
  if (overrides.length === 0) {
    return [comment, '# overrides:', "#   - files: ['legacy/**']", '#     rules: { naming/path-case: off }'].join('\n');
  }
  const items = overrides.map(({ files, elements, rules }) => ({
    ...(files.length > 0 ? { files } : {}),
    ...(elements.length > 0 ? { elements } : {}),
    rules,
  }));
  return `${comment}\n${block({ overrides: items })}`;
}

function ignoredOf({ ignore }: NewConfig): string {
  const comment = '# Files that are not judged.';
  return ignore.length === 0 ? `${comment}\n# ignore: ['vendor/**']` : `${comment}\n${block({ ignore })}`;
}

function apisOf({ apis }: NewConfig): string {
  if (Object.keys(apis).length === 0) return '';
  return `# The files of each API.\n${block({ apis })}`;
}

const failing = '# The quietest severity at which `apiarch lint` fails: error, warn, info or never.\nfailOn: error';

function baselineOf({ baseline }: NewConfig): string {
  if (baseline === null) return '';
  return [
    '# What was wrong before apiarch came: not reported, and not to grow. `apiarch lint --update-baseline` writes it.',
    `baseline: ${quoted(baseline)}`,
  ].join('\n');
}

function block(value: unknown): string {
  return stringify(value, { lineWidth: 0, aliasDuplicateObjects: false }).trimEnd();
}

function inline(value: unknown): string {
  return stringify(value, { lineWidth: 0, collectionStyle: 'flow', aliasDuplicateObjects: false }).trimEnd();
}

function quoted(text: string): string {
  return stringify(text, { lineWidth: 0 }).trimEnd();
}
