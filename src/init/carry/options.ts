import type { PeerName } from './peer.ts';

type Options = Readonly<Record<string, unknown>>;

/** What the options of another linter's rule come to. */
export interface Meaning {
  /** Our rules with their options, where the options decide which rules those are; else null: all that name it as equivalent. */
  readonly rules: ReadonlyMap<string, Options> | null;
  /** Options for those that name it as equivalent, by rule. */
  readonly options: ReadonlyMap<string, Options>;
  /** Which of its options have been heeded. */
  readonly taken: ReadonlySet<string>;
}

/** What a rule of another linter with these options asks for in terms of ours. */
export function meaningOf(peer: PeerName, theirs: string, options: Options): Meaning {
  const translate = translations[`${peer}:${theirs}`] ?? translations[theirs];
  return translate?.(options) ?? { rules: null, options: new Map(), taken: new Set() };
}

const translations: Readonly<Record<string, (options: Options) => Meaning>> = {
  'spectral:openapi-tags-alphabetical': () => sorted(['tags'], []),
  'redocly:tags-alphabetical': () => sorted(['tags'], []),
  // https://redocly.com/docs/cli/rules/oas/boolean-parameter-prefixes
  'redocly:boolean-parameter-prefixes': ({ prefixes }) => {
    return withOptions('naming/boolean-prefixed', { prefixes: textsOf(prefixes, ['is', 'has']) }, ['prefixes']);
  },
  'redocly:paths-kebab-case': () => withOptions('naming/path-case', { style: 'kebab' }, []),
  // https://buf.build/docs/lint/rules/#enum_zero_value_suffix: with the underscore there, without it here
  'buf:ENUM_ZERO_VALUE_SUFFIX': ({ suffix }) => {
    return typeof suffix === 'string'
      ? withOptions('naming/enum-zero-unspecified', { suffix: suffix.replace(/^_/, '') }, ['suffix'])
      : withOptions('naming/enum-zero-unspecified', {}, []);
  },
  'buf:SERVICE_SUFFIX': ({ suffix }) => {
    return withOptions('naming/service-suffix', typeof suffix === 'string' ? { suffix } : {}, ['suffix']);
  },
  // https://the-guild.dev/graphql/eslint/rules
  'graphql-eslint:description-style': ({ style }) => {
    return withOptions('docs/description-style', { style: style === 'inline' ? 'inline' : 'block' }, ['style']);
  },
  'graphql-eslint:strict-id-in-types': ({ exceptions }) => {
    const { types, suffixes } = asOptions(exceptions);
    const except = [...textsOf(types, []), ...textsOf(suffixes, [])];
    return withOptions('schemas/type-identified', except.length > 0 ? { except } : {}, ['exceptions']);
  },
  'graphql-eslint:alphabetize': alphabetize,
  'graphql-eslint:require-description': requireDescription,
  'graphql-eslint:naming-convention': namingConvention,
  'graphql-schema-linter:enum-values-sorted-alphabetically': () => sorted(['values'], []),
  'graphql-schema-linter:input-object-fields-sorted-alphabetically': () => sorted(['inputFields'], []),
  'graphql-schema-linter:interface-fields-sorted-alphabetically': () => sorted(['fields'], []),
  'graphql-schema-linter:type-fields-sorted-alphabetically': () => sorted(['fields'], []),
};

function withOptions(rule: string, options: Options, taken: readonly string[]): Meaning {
  return { rules: null, options: new Map([[rule, options]]), taken: new Set(taken) };
}

function sorted(lists: readonly string[], taken: readonly string[]): Meaning {
  return withOptions('structure/sorted', { lists }, taken);
}

function alphabetize(options: Options): Meaning {
  const { definitions, fields, values, arguments: args } = options;
  const kinds = textsOf(fields, []);
  const lists = [
    ...(definitions ? ['definitions'] : []),
    ...(fields === true || kinds.some((kind) => kind !== 'InputObjectTypeDefinition') ? ['fields'] : []),
    ...(fields === true || kinds.includes('InputObjectTypeDefinition') ? ['inputFields'] : []),
    ...(values ? ['values'] : []),
    ...(args ? ['arguments'] : []),
  ];
  if (lists.length === 0) return { rules: new Map(), options: new Map(), taken: new Set() };
  // What is selected and which variables there are concerns operations, which are no API documents.
  return sorted(lists, ['definitions', 'fields', 'values', 'arguments', 'selections', 'variables']);
}

const described: Readonly<Record<string, readonly string[]>> = {
  types: ['docs/type-described'],
  rootField: ['docs/operation-described'],
  FieldDefinition: ['docs/field-described'],
  EnumValueDefinition: ['docs/enum-value-described'],
  InputValueDefinition: ['docs/input-field-described', 'docs/parameter-described'],
  ...Object.fromEntries(
    ['Object', 'Interface', 'InputObject', 'Enum', 'Union', 'Scalar'].map((kind) => {
      return [`${kind}TypeDefinition`, ['docs/type-described']];
    }),
  ),
};

function requireDescription(options: Options): Meaning {
  const rules = new Map<string, Options>();
  for (const [what, on] of Object.entries(options)) {
    for (const id of (on === true && described[what]) || []) rules.set(id, {});
  }
  const exceptions = Object.keys(options).filter((what) => options[what] === false);
  // Operations are no API documents; directives' definitions are judged with the types.
  const taken = [...Object.keys(described), ...exceptions, 'OperationDefinition', 'DirectiveDefinition'];
  return { rules, options: new Map(), taken: new Set(taken) };
}

const caseNames: Readonly<Record<string, string>> = {
  camelCase: 'camel',
  PascalCase: 'pascal',
  snake_case: 'snake',
  UPPER_CASE: 'screaming-snake',
};

/** By selector: the rule for its case, and whether that takes the case as `style`. */
const casesOf: Readonly<Record<string, readonly [rule: string, takesStyle: boolean]>> = {
  types: ['naming/type-case', true],
  ...Object.fromEntries(
    ['Object', 'Interface', 'InputObject', 'Enum', 'Union', 'Scalar'].map((kind) => {
      return [`${kind}TypeDefinition`, ['naming/type-case', true]];
    }),
  ),
  FieldDefinition: ['naming/field-case', true],
  InputValueDefinition: ['naming/parameter-case', false],
  Argument: ['naming/parameter-case', false],
  EnumValueDefinition: ['naming/enum-value-case', true],
};

function namingConvention(options: Options): Meaning {
  const rules = new Map<string, Options>();
  const taken = new Set<string>();
  for (const [selector, value] of Object.entries(options)) {
    const { style, forbiddenPrefixes, forbiddenSuffixes, ...rest } =
      typeof value === 'string' ? { style: value } : asOptions(value);
    const kinds = selector.replace(/\[.*?\]/g, '').split(',');
    const cased = casesOf[kinds[0]!.trim()];
    const isRoot = /\[parent\.name\.value=(?:Query|Mutation|Subscription)\]/.test(selector);
    let heeded = Object.keys(rest).length === 0;
    if (style !== undefined) {
      const ours = typeof style === 'string' ? caseNames[style] : undefined;
      // A condition on the parent cannot be carried: the rules' cases hold for all of a kind.
      if (cased && ours && !selector.includes('[')) rules.set(cased[0], cased[1] ? { style: ours } : {});
      else heeded = false;
    }
    if (forbiddenPrefixes !== undefined || forbiddenSuffixes !== undefined) {
      if (isRoot) rules.set('naming/operation-verb', {});
      else if (/TypeDefinition/.test(selector)) rules.set('naming/type-no-affix', {});
      else heeded = false;
    }
    // Operations and fragments are no API documents.
    if (heeded || /^(?:Operation|Fragment|Variable)Definition/.test(selector)) taken.add(selector);
  }
  return { rules, options: new Map(), taken };
}

function textsOf(value: unknown, otherwise: readonly string[]): string[] {
  return Array.isArray(value) ? value.filter((item) => typeof item === 'string') : [...otherwise];
}

function asOptions(value: unknown): Options {
  return value !== null && typeof value === 'object' && !Array.isArray(value) ? (value as Options) : {};
}
