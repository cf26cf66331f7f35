/** What Spectral brings along, by the names that rulesets use. */
import type { Format, RulesetDefinition, RulesetFunction } from '@stoplight/spectral-core';
import formats from '@stoplight/spectral-formats';
import functions from '@stoplight/spectral-functions';
import rulesets from '@stoplight/spectral-rulesets';
import type { LanguageName } from '../languages/language.ts';
import type { Severity } from '../text/problem.ts';
import { languageOfView } from './view.ts';

/** The rulesets that `extends` knows by name. */
export const ownRulesets: ReadonlyMap<string, RulesetDefinition> = new Map(
  Object.entries(rulesets).map(([name, ruleset]) => [`spectral:${name}`, ruleset as unknown as RulesetDefinition]),
);

/** The functions that every ruleset may use: those of Spectral, and those of its rulesets. */
export const ownFunctions: ReadonlyMap<string, RulesetFunction> = new Map([
  ...[...ownRulesets.values()].flatMap(functionsIn),
  ...(Object.entries(functions) as unknown as [string, RulesetFunction][]),
]);

function functionsIn(ruleset: RulesetDefinition): [string, RulesetFunction][] {
  const rules = 'rules' in ruleset ? Object.values(ruleset.rules) : [];
  return rules.flatMap((rule) => {
    if (typeof rule !== 'object') return [];
    return [rule.then].flat().map((step): [string, RulesetFunction] => [step.function.name, step.function]);
  });
}

/** The formats that select documents of a language other than OpenAPI. */
const viewFormats: Readonly<Record<Exclude<LanguageName, 'openapi'>, Format>> = {
  graphql: viewFormat('graphql', 'apiarch-graphql'),
  protobuf: viewFormat('protobuf', 'apiarch-protobuf'),
};

function viewFormat(language: LanguageName, displayName: string): Format {
  const format: Format = (document) => languageOfView(document) === language;
  format.displayName = displayName;
  return format;
}

/** The format that a rule must name to be asked about a language; undefined for OpenAPI, which needs none. */
export function formatOf(language: LanguageName): Format | undefined {
  return language === 'openapi' ? undefined : viewFormats[language];
}

/** The formats by all names that YAML rulesets call them by: `oas3_1` is `oas3.1` as well. */
export const ownFormats: ReadonlyMap<string, Format> = new Map([
  ...Object.entries(formats)
    .filter(([name]) => !/^(?:extract|detect)/.test(name))
    .flatMap(([name, format]) => [name, name.replaceAll('_', '.')].map((known) => [known, format as Format] as const)),
  ...Object.values(viewFormats).map((format) => [format.displayName!, format] as const),
  ['arazzo1', formats.arazzo1_0],
  ['json-schema', formats.jsonSchema as Format],
  ['json-schema-loose', formats.jsonSchemaLoose as Format],
  ['json-schema-draft4', formats.jsonSchemaDraft4 as Format],
  ['json-schema-draft6', formats.jsonSchemaDraft6 as Format],
  ['json-schema-draft7', formats.jsonSchemaDraft7 as Format],
  ['json-schema-draft-2019-09', formats.jsonSchemaDraft2019_09 as Format],
  ['json-schema-2019-09', formats.jsonSchemaDraft2019_09 as Format],
  ['json-schema-draft-2020-12', formats.jsonSchemaDraft2020_12 as Format],
  ['json-schema-2020-12', formats.jsonSchemaDraft2020_12 as Format],
]);

/** Rules of `spectral:oas` that have other names now. */
export const renamedRules: Readonly<Record<string, string>> = {
  'operation-2xx-response': 'operation-success-response',
  'operation-default-response': 'operation-success-response',
  'oas3-unused-components-schema': 'oas3-unused-component',
  'oas3-unused-components': 'oas3-unused-component',
  'oas2-valid-parameter-example': 'oas2-valid-schema-example',
  'oas2-valid-response-schema-example': 'oas2-valid-schema-example',
  'oas2-valid-definition-example': 'oas2-valid-schema-example',
  'oas2-valid-response-example': 'oas2-valid-media-example',
  'oas3-valid-oas-parameter-example': 'oas3-valid-media-example',
  'oas3-valid-oas-content-example': 'oas3-valid-media-example',
  'oas3-valid-oas-header-example': 'oas3-valid-media-example',
  'oas3-valid-header-schema-example': 'oas3-valid-schema-example',
  'oas3-valid-parameter-schema-example': 'oas3-valid-schema-example',
};

const words: Readonly<Record<string, Severity>> = { error: 'error', warn: 'warn', info: 'info', hint: 'info' };
const numbers: readonly Severity[] = ['error', 'warn', 'info', 'info'];

/** A severity in Spectral's words or numbers as one of ours; null for `off` and what is none. A hint counts as `info`. */
export function severityOf(level: string | number): Severity | null {
  return (typeof level === 'number' ? numbers[level] : words[level]) ?? null;
}
