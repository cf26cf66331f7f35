import type { OptionNode, Scope } from '../tree.ts';

/** The messages of descriptor.proto that hold the options of statements. */
export type OptionTarget =
  | 'FileOptions'
  | 'MessageOptions'
  | 'FieldOptions'
  | 'OneofOptions'
  | 'EnumOptions'
  | 'EnumValueOptions'
  | 'ExtensionRangeOptions'
  | 'ServiceOptions'
  | 'MethodOptions';

/** What an option is set on. */
export interface Target {
  readonly options: OptionTarget;
  /** Several of them, in a sentence. */
  readonly plural: string;
  /** As `targets` call it: `TARGET_TYPE_FIELD`. */
  readonly type: string;
}

const targets: Readonly<Record<string, Target>> = {
  file: { options: 'FileOptions', plural: 'files', type: 'TARGET_TYPE_FILE' },
  message: { options: 'MessageOptions', plural: 'messages', type: 'TARGET_TYPE_MESSAGE' },
  field: { options: 'FieldOptions', plural: 'fields', type: 'TARGET_TYPE_FIELD' },
  oneof: { options: 'OneofOptions', plural: 'oneofs', type: 'TARGET_TYPE_ONEOF' },
  enum: { options: 'EnumOptions', plural: 'enums', type: 'TARGET_TYPE_ENUM' },
  value: { options: 'EnumValueOptions', plural: 'enum values', type: 'TARGET_TYPE_ENUM_ENTRY' },
  extensions: { options: 'ExtensionRangeOptions', plural: 'extension ranges', type: 'TARGET_TYPE_EXTENSION_RANGE' },
  service: { options: 'ServiceOptions', plural: 'services', type: 'TARGET_TYPE_SERVICE' },
  rpc: { options: 'MethodOptions', plural: 'rpcs', type: 'TARGET_TYPE_METHOD' },
};

/** What a statement or file takes as options; undefined for what takes none. */
export function targetOf(scope: Scope): Target | undefined {
  return targets[scope.kind];
}

/** What the options of a message of descriptor.proto are set on, several of them. */
export function pluralOf(options: string): string {
  return Object.values(targets).find((target) => target.options === options)?.plural ?? `\`${options}\``;
}

/** A field of one of the messages below: a scalar, or the name of an enum or message of the tables. */
export interface BuiltIn {
  readonly type: string;
  readonly repeated: boolean;
  /** Features: what they may be set on. */
  readonly targets?: readonly string[];
  /** The first edition that knows it, and the first that no longer does. */
  readonly since?: string;
  readonly until?: string;
}

const once = (type: string, more: Partial<BuiltIn> = {}): BuiltIn => ({ type, repeated: false, ...more });
const many = (type: string): BuiltIn => ({ type, repeated: true });
const feature = (type: string, on: readonly string[], since?: string): BuiltIn =>
  once(type, { targets: on.map((name) => `TARGET_TYPE_${name}`), ...(since && { since }) });
const everywhere = ['FILE', 'EXTENSION_RANGE', 'MESSAGE', 'FIELD', 'ONEOF', 'ENUM', 'ENUM_ENTRY', 'SERVICE', 'METHOD'];
const common = { deprecated: once('bool'), features: once('FeatureSet') };

/** The fields of messages in descriptor.proto, as far as options hold them. */
export const builtInFields: Readonly<Record<string, Readonly<Record<string, BuiltIn>>>> = {
  FileOptions: {
    ...common,
    java_package: once('string'),
    java_outer_classname: once('string'),
    java_multiple_files: once('bool', { until: '2024' }),
    java_generate_equals_and_hash: once('bool'),
    java_string_check_utf8: once('bool'),
    optimize_for: once('OptimizeMode'),
    go_package: once('string'),
    cc_generic_services: once('bool'),
    java_generic_services: once('bool'),
    py_generic_services: once('bool'),
    cc_enable_arenas: once('bool'),
    objc_class_prefix: once('string'),
    csharp_namespace: once('string'),
    swift_prefix: once('string'),
    php_class_prefix: once('string'),
    php_namespace: once('string'),
    php_metadata_namespace: once('string'),
    ruby_package: once('string'),
  },
  MessageOptions: {
    ...common,
    message_set_wire_format: once('bool'),
    no_standard_descriptor_accessor: once('bool'),
    map_entry: once('bool'),
    deprecated_legacy_json_field_conflicts: once('bool'),
  },
  FieldOptions: {
    ...common,
    ctype: once('CType', { until: '2024' }),
    packed: once('bool'),
    jstype: once('JSType'),
    lazy: once('bool'),
    unverified_lazy: once('bool'),
    weak: once('bool'),
    debug_redact: once('bool'),
    retention: once('OptionRetention'),
    targets: many('OptionTargetType'),
    edition_defaults: many('EditionDefault'),
    feature_support: once('FeatureSupport'),
  },
  OneofOptions: { features: common.features },
  EnumOptions: { ...common, allow_alias: once('bool'), deprecated_legacy_json_field_conflicts: once('bool') },
  EnumValueOptions: { ...common, debug_redact: once('bool'), feature_support: once('FeatureSupport') },
  ExtensionRangeOptions: {
    features: common.features,
    declaration: many('Declaration'),
    verification: once('VerificationState'),
  },
  ServiceOptions: common,
  MethodOptions: { ...common, idempotency_level: once('IdempotencyLevel') },
  Declaration: {
    number: once('int32'),
    full_name: once('string'),
    type: once('string'),
    reserved: once('bool'),
    repeated: once('bool'),
  },
  EditionDefault: { edition: once('Edition'), value: once('string') },
  FeatureSupport: {
    edition_introduced: once('Edition'),
    edition_deprecated: once('Edition'),
    deprecation_warning: once('string'),
    edition_removed: once('Edition'),
    removal_error: once('string'),
  },
  FeatureSet: {
    field_presence: feature('FieldPresence', ['FIELD', 'FILE']),
    enum_type: feature('EnumType', ['ENUM', 'FILE']),
    repeated_field_encoding: feature('RepeatedFieldEncoding', ['FIELD', 'FILE']),
    utf8_validation: feature('Utf8Validation', ['FIELD', 'FILE']),
    message_encoding: feature('MessageEncoding', ['FIELD', 'FILE']),
    json_format: feature('JsonFormat', ['MESSAGE', 'ENUM', 'FILE']),
    enforce_naming_style: feature('EnforceNamingStyle', everywhere, '2024'),
    default_symbol_visibility: feature('DefaultSymbolVisibility', ['FILE'], '2024'),
  },
};

const listOf = (words: string): ReadonlySet<string> => new Set(words.split(' '));

/** The values of enums in descriptor.proto, as far as options hold them. */
export const builtInValues: Readonly<Record<string, ReadonlySet<string>>> = {
  OptimizeMode: listOf('SPEED CODE_SIZE LITE_RUNTIME'),
  CType: listOf('STRING CORD STRING_PIECE'),
  JSType: listOf('JS_NORMAL JS_STRING JS_NUMBER'),
  OptionRetention: listOf('RETENTION_UNKNOWN RETENTION_RUNTIME RETENTION_SOURCE'),
  OptionTargetType: listOf(`TARGET_TYPE_UNKNOWN ${everywhere.map((name) => `TARGET_TYPE_${name}`).join(' ')}`),
  IdempotencyLevel: listOf('IDEMPOTENCY_UNKNOWN NO_SIDE_EFFECTS IDEMPOTENT'),
  VerificationState: listOf('DECLARATION UNVERIFIED'),
  FieldPresence: listOf('FIELD_PRESENCE_UNKNOWN EXPLICIT IMPLICIT LEGACY_REQUIRED'),
  EnumType: listOf('ENUM_TYPE_UNKNOWN OPEN CLOSED'),
  RepeatedFieldEncoding: listOf('REPEATED_FIELD_ENCODING_UNKNOWN PACKED EXPANDED'),
  Utf8Validation: listOf('UTF8_VALIDATION_UNKNOWN VERIFY NONE'),
  MessageEncoding: listOf('MESSAGE_ENCODING_UNKNOWN LENGTH_PREFIXED DELIMITED'),
  JsonFormat: listOf('JSON_FORMAT_UNKNOWN ALLOW LEGACY_BEST_EFFORT'),
  EnforceNamingStyle: listOf('ENFORCE_NAMING_STYLE_UNKNOWN STYLE2024 STYLE_LEGACY STYLE2026'),
  DefaultSymbolVisibility: listOf('DEFAULT_SYMBOL_VISIBILITY_UNKNOWN EXPORT_ALL EXPORT_TOP_LEVEL LOCAL_ALL STRICT'),
  Edition: listOf(
    'EDITION_UNKNOWN EDITION_LEGACY EDITION_PROTO2 EDITION_PROTO3 EDITION_2023 EDITION_2024 EDITION_2026 EDITION_UNSTABLE ' +
      'EDITION_1_TEST_ONLY EDITION_2_TEST_ONLY EDITION_99997_TEST_ONLY EDITION_99998_TEST_ONLY EDITION_99999_TEST_ONLY EDITION_MAX',
  ),
};

/** Whether an option of a field is none of descriptor.proto, but part of the language. */
export function isPseudoOption({ parent, name }: OptionNode): boolean {
  return parent.kind === 'field' && (name.text === 'default' || name.text === 'json_name');
}
