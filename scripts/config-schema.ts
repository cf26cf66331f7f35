// The JSON Schema of apiarch.yaml, for editors: made from the rules and the rulesets.
import { levels, principleOf, type Ruleset } from '../src/config/rulesets.ts';
import type { Rule } from '../src/rules/rule.ts';
import { severities } from '../src/text/problem.ts';

type Schema = Readonly<Record<string, unknown>>;

/** The schema as JSON Schema 2020-12, ready to be written. */
export function configSchema(rules: readonly Rule[], rulesets: Readonly<Record<string, Ruleset>>): string {
  const schema: Schema = {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    title: 'apiarch configuration',
    description: 'apiarch.yaml: which rules judge which API documents, and how loud they are.',
    ...objectOf({
      $schema: { type: 'string', description: 'The schema of this file, for editors.' },
      extends: {
        description: 'Rulesets that come first: names of ours, files, npm packages, Spectral rulesets. Later ones win.',
        default: ['recommended'],
        ...oneOrMany({ $ref: '#/$defs/ruleset' }),
      },
      rules: { $ref: '#/$defs/rules' },
      overrides: {
        description: 'Settings for some files or elements. Later ones win.',
        type: 'array',
        items: { $ref: '#/$defs/override' },
      },
      ignore: {
        description: 'Globs for files that are never judged, relative to the folder of this file.',
        ...texts(),
      },
      apis: {
        description: 'The files that are one API, by its name. Without it, apiarch works out what belongs together.',
        type: 'object',
        additionalProperties: { $ref: '#/$defs/api' },
      },
      plugins: {
        description: 'Modules in TypeScript or JavaScript, or npm packages, that export rules made with defineRule.',
        ...texts(),
      },
      failOn: {
        description: 'The severity from which on a run fails, with exit code 1.',
        enum: [...severities, 'never'],
        default: 'error',
      },
      baseline: { description: 'The file of findings that are known and not reported.', ...text },
    }),
    $defs: {
      severity: { description: 'How loud a rule is.', enum: levels },
      setting: { anyOf: [{ $ref: '#/$defs/severity' }, settingWith({})] },
      ruleset: { anyOf: [...Object.entries(rulesets).map(namedRuleset), text] },
      rules: rulesSchema(rules),
      override: overrideSchema,
      api: objectOf(
        {
          files: { description: 'Globs for its files, relative to the folder of this file.', ...texts() },
          protoPaths: { description: 'The folders that imports of its .proto files start from.', ...texts() },
        },
        ['files'],
      ),
    },
  };
  return `${JSON.stringify(schema, null, 2)}\n`;
}

const text: Schema = { type: 'string', minLength: 1 };

const overrideSchema: Schema = {
  ...objectOf(
    {
      files: { description: 'Globs for files, relative to the folder of this file.', ...texts() },
      elements: {
        description:
          'JSON pointers (#/paths/~1users/**), schema coordinates (Query.legacy*) or full names (acme.v1.**).',
        ...texts(),
      },
      rules: { $ref: '#/$defs/rules' },
    },
    ['rules'],
  ),
  anyOf: [{ required: ['files'] }, { required: ['elements'] }],
  // Options hold for whole APIs.
  if: { required: ['elements'] },
  // biome-ignore lint/suspicious/noThenProperty: a keyword of JSON Schema
  then: { properties: { rules: { additionalProperties: { properties: { options: false } } } } },
};

function rulesSchema(rules: readonly Rule[]): Schema {
  const principles = [...new Set(rules.map(({ id }) => principleOf(id)))];
  return {
    description: 'Severities, or severities and options, by rule or by principle (docs/*).',
    type: 'object',
    properties: {
      ...Object.fromEntries(
        principles.map((name) => [`${name}/*`, { description: `All rules of ${name}.`, ...plain }]),
      ),
      ...Object.fromEntries(rules.map((rule) => [rule.id, ruleSchema(rule)])),
    },
    // Plugins have principles of their own, of which nobody knows here.
    patternProperties: {
      [`^(?!(${principles.join('|')})/)[a-z][a-z0-9-]*/(\\*|[A-Za-z0-9_.:-]+)$`]: {
        anyOf: [{ $ref: '#/$defs/severity' }, settingWith({ options: { type: 'object' } })],
      },
    },
    additionalProperties: false,
  };
}

const plain: Schema = { $ref: '#/$defs/setting' };

function ruleSchema({ summary, options = {} }: Rule): Schema {
  const description = `Checks that ${summary}.`;
  const entries = Object.entries(options);
  if (entries.length === 0) return { description, ...plain };
  const values = entries.map(([name, option]) => {
    return [name, { description: option.description, default: option.default, ...option.schema }] as const;
  });
  const tuned = settingWith({ options: objectOf(Object.fromEntries(values)) });
  return { description, anyOf: [{ $ref: '#/$defs/severity' }, tuned] };
}

function settingWith(properties: Schema): Schema {
  return objectOf({ severity: { $ref: '#/$defs/severity' }, ...properties }, ['severity']);
}

function namedRuleset([name, { description }]: readonly [string, Ruleset]): Schema {
  return { const: name, ...(description !== undefined && { description }) };
}

function texts(): Schema {
  return oneOrMany(text);
}

function oneOrMany(item: Schema): Schema {
  return { anyOf: [item, { type: 'array', items: item }] };
}

function objectOf(properties: Schema, required?: readonly string[]): Schema {
  return { type: 'object', properties, ...(required && { required }), additionalProperties: false };
}
