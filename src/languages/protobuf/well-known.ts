/**
 * The files that every protobuf compiler brings along, and what they define in the package `google.protobuf`: messages, then
 * enums. A dot joins a type to the message it stands in.
 */
const table: Readonly<Record<string, readonly [messages: string, enums: string]>> = {
  any: ['Any', ''],
  api: ['Api Method Mixin', ''],
  'compiler/plugin': ['', ''],
  cpp_features: ['', ''],
  descriptor: [
    'FileDescriptorSet FileDescriptorProto DescriptorProto DescriptorProto.ExtensionRange DescriptorProto.ReservedRange ' +
      'ExtensionRangeOptions ExtensionRangeOptions.Declaration FieldDescriptorProto OneofDescriptorProto ' +
      'EnumDescriptorProto EnumDescriptorProto.EnumReservedRange EnumValueDescriptorProto ServiceDescriptorProto ' +
      'MethodDescriptorProto FileOptions MessageOptions FieldOptions FieldOptions.EditionDefault FieldOptions.FeatureSupport ' +
      'OneofOptions EnumOptions EnumValueOptions ServiceOptions MethodOptions UninterpretedOption ' +
      'UninterpretedOption.NamePart FeatureSet FeatureSet.VisibilityFeature FeatureSetDefaults ' +
      'FeatureSetDefaults.FeatureSetEditionDefault SourceCodeInfo SourceCodeInfo.Location GeneratedCodeInfo ' +
      'GeneratedCodeInfo.Annotation',
    'Edition SymbolVisibility ExtensionRangeOptions.VerificationState FieldDescriptorProto.Type FieldDescriptorProto.Label ' +
      'FileOptions.OptimizeMode FieldOptions.CType FieldOptions.JSType FieldOptions.OptionRetention ' +
      'FieldOptions.OptionTargetType MethodOptions.IdempotencyLevel FeatureSet.FieldPresence FeatureSet.EnumType ' +
      'FeatureSet.RepeatedFieldEncoding FeatureSet.Utf8Validation FeatureSet.MessageEncoding FeatureSet.JsonFormat ' +
      'FeatureSet.EnforceNamingStyle FeatureSet.VisibilityFeature.DefaultSymbolVisibility ' +
      'GeneratedCodeInfo.Annotation.Semantic',
  ],
  duration: ['Duration', ''],
  empty: ['Empty', ''],
  field_mask: ['FieldMask', ''],
  go_features: ['', ''],
  java_features: ['', ''],
  source_context: ['SourceContext', ''],
  struct: ['Struct Value ListValue', 'NullValue'],
  timestamp: ['Timestamp', ''],
  type: ['Type Field Enum EnumValue Option', 'Syntax Field.Kind Field.Cardinality'],
  wrappers: [
    'DoubleValue FloatValue Int64Value UInt64Value Int32Value UInt32Value BoolValue StringValue BytesValue',
    '',
  ],
};

/**
 * The same for the files of googleapis that describe APIs, each with its package. Few projects keep a copy: compilers and
 * package managers are told where they are.
 */
const published: Readonly<Record<string, readonly [pkg: string, messages: string, enums: string]>> = {
  'google/api/annotations': ['google.api', '', ''],
  'google/api/client': [
    'google.api',
    'CommonLanguageSettings ClientLibrarySettings Publishing JavaSettings CppSettings PhpSettings PythonSettings NodeSettings ' +
      'DotnetSettings RubySettings GoSettings MethodSettings MethodSettings.LongRunning SelectiveGapicGeneration',
    'ClientLibraryOrganization ClientLibraryDestination',
  ],
  'google/api/field_behavior': ['google.api', '', 'FieldBehavior'],
  'google/api/field_info': ['google.api', 'FieldInfo TypeReference', 'FieldInfo.Format'],
  'google/api/http': ['google.api', 'Http HttpRule CustomHttpPattern', ''],
  'google/api/httpbody': ['google.api', 'HttpBody', ''],
  'google/api/launch_stage': ['google.api', '', 'LaunchStage'],
  'google/api/resource': [
    'google.api',
    'ResourceDescriptor ResourceReference',
    'ResourceDescriptor.History ResourceDescriptor.Style',
  ],
  'google/api/routing': ['google.api', 'RoutingRule RoutingParameter', ''],
  'google/api/visibility': ['google.api', 'Visibility VisibilityRule', ''],
  'google/iam/v1/iam_policy': [
    'google.iam.v1',
    'SetIamPolicyRequest GetIamPolicyRequest TestIamPermissionsRequest TestIamPermissionsResponse',
    '',
  ],
  'google/iam/v1/options': ['google.iam.v1', 'GetPolicyOptions', ''],
  'google/iam/v1/policy': [
    'google.iam.v1',
    'Policy Binding AuditConfig AuditLogConfig PolicyDelta BindingDelta AuditConfigDelta',
    'AuditLogConfig.LogType BindingDelta.Action AuditConfigDelta.Action',
  ],
  'google/longrunning/operations': [
    'google.longrunning',
    'Operation GetOperationRequest ListOperationsRequest ListOperationsResponse CancelOperationRequest ' +
      'DeleteOperationRequest WaitOperationRequest OperationInfo',
    '',
  ],
  'google/rpc/code': ['google.rpc', '', 'Code'],
  'google/rpc/error_details': [
    'google.rpc',
    'ErrorInfo RetryInfo DebugInfo QuotaFailure QuotaFailure.Violation PreconditionFailure PreconditionFailure.Violation ' +
      'BadRequest BadRequest.FieldViolation RequestInfo ResourceInfo Help Help.Link LocalizedMessage',
    '',
  ],
  'google/rpc/status': ['google.rpc', 'Status', ''],
  'google/type/calendar_period': ['google.type', '', 'CalendarPeriod'],
  'google/type/color': ['google.type', 'Color', ''],
  'google/type/date': ['google.type', 'Date', ''],
  'google/type/datetime': ['google.type', 'DateTime TimeZone', ''],
  'google/type/dayofweek': ['google.type', '', 'DayOfWeek'],
  'google/type/decimal': ['google.type', 'Decimal', ''],
  'google/type/expr': ['google.type', 'Expr', ''],
  'google/type/fraction': ['google.type', 'Fraction', ''],
  'google/type/interval': ['google.type', 'Interval', ''],
  'google/type/latlng': ['google.type', 'LatLng', ''],
  'google/type/localized_text': ['google.type', 'LocalizedText', ''],
  'google/type/money': ['google.type', 'Money', ''],
  'google/type/month': ['google.type', '', 'Month'],
  'google/type/phone_number': ['google.type', 'PhoneNumber PhoneNumber.ShortCode', ''],
  'google/type/postal_address': ['google.type', 'PostalAddress', ''],
  'google/type/quaternion': ['google.type', 'Quaternion', ''],
  'google/type/timeofday': ['google.type', 'TimeOfDay', ''],
};

/**
 * The options that these files define, by full name, each with the kind of statement that it is set on. A star is behind
 * those that may be set again and again.
 */
const extensions: Readonly<Record<string, string>> = {
  'google/protobuf/cpp_features': 'pb.cpp FeatureSet',
  'google/protobuf/go_features': 'pb.go FeatureSet',
  'google/protobuf/java_features': 'pb.java FeatureSet',
  'google/api/annotations': 'google.api.http MethodOptions',
  'google/api/client':
    'google.api.method_signature MethodOptions* google.api.default_host ServiceOptions google.api.oauth_scopes ServiceOptions ' +
    'google.api.api_version ServiceOptions',
  'google/api/field_behavior': 'google.api.field_behavior FieldOptions*',
  'google/api/field_info': 'google.api.field_info FieldOptions',
  'google/api/resource':
    'google.api.resource_reference FieldOptions google.api.resource_definition FileOptions* google.api.resource MessageOptions',
  'google/api/routing': 'google.api.routing MethodOptions',
  'google/api/visibility':
    'google.api.enum_visibility EnumOptions google.api.value_visibility EnumValueOptions google.api.field_visibility FieldOptions ' +
    'google.api.message_visibility MessageOptions google.api.method_visibility MethodOptions google.api.api_visibility ServiceOptions',
  'google/longrunning/operations': 'google.longrunning.operation_info MethodOptions',
};

/** Further files that are imported for their options, and are seldom kept beside the files that use them. */
const optionFiles: ReadonlySet<string> = new Set([
  'buf/validate/validate.proto',
  'gogoproto/gogo.proto',
  'gnostic/openapi/v3/annotations.proto',
  'openapiv3/annotations.proto',
  'protoc-gen-openapiv2/options/annotations.proto',
  'validate/validate.proto',
]);

/** Whether a file is one that other projects publish for all to import. */
export function isPublished(path: string): boolean {
  return optionFiles.has(path) || /^google\/(?:api|cloud|geo|iam|logging|longrunning|rpc|type)\//.test(path);
}

/** A type that is known without its file. */
export interface WellKnownType {
  readonly kind: 'message' | 'enum';
  readonly fullName: string;
}

/**
 * The types of a file that is known without being read.
 * @param path as an import names it
 * @returns undefined for all other files
 */
export function wellKnownTypes(path: string): readonly WellKnownType[] | undefined {
  const [, name = '', inProtobuf = ''] = /^((?:google\/protobuf\/(.+))|.*)\.proto$/.exec(path) ?? [];
  const [pkg, messages, enums] = Object.hasOwn(table, inProtobuf)
    ? ['google.protobuf', ...table[inProtobuf]!]
    : Object.hasOwn(published, name)
      ? published[name]!
      : [null];
  return pkg === null ? undefined : [...typesOf('message', pkg, messages), ...typesOf('enum', pkg, enums)];
}

function typesOf(kind: WellKnownType['kind'], pkg: string, names = ''): WellKnownType[] {
  return names === '' ? [] : names.split(' ').map((name) => ({ kind, fullName: `${pkg}.${name}` }));
}

/** An option that is known without the file that defines it. */
export interface WellKnownExtension {
  /** The file, as imports name it. */
  readonly path: string;
  /** The message of descriptor.proto that it extends: `FieldOptions`. */
  readonly extendee: string;
  readonly repeated: boolean;
}

/** The option of a full name, if it is one that is known without its file. */
export function wellKnownExtension(fullName: string): WellKnownExtension | undefined {
  knownExtensions ??= new Map(
    Object.entries(extensions).flatMap(([path, list]) => {
      const words = list.split(' ');
      return words.flatMap((word, index) =>
        index % 2 === 0 ? [extensionEntry(`${path}.proto`, word, words[index + 1]!)] : [],
      );
    }),
  );
  return knownExtensions.get(fullName);
}
let knownExtensions: ReadonlyMap<string, WellKnownExtension> | undefined;

function extensionEntry(path: string, fullName: string, target: string): [string, WellKnownExtension] {
  return [fullName, { path, extendee: target.replace('*', ''), repeated: target.endsWith('*') }];
}

/** The names of all options that are known without their files. */
export function wellKnownExtensionNames(): string[] {
  return Object.values(extensions).flatMap((list) => list.split(' ').filter((_, index) => index % 2 === 0));
}

/** The path of the file that defines a type, by the type's full name, if it is one that is known without being read. */
export function wellKnownHome(fullName: string): string | undefined {
  homes ??= new Map(
    [
      ...Object.keys(table).map((name) => `google/protobuf/${name}.proto`),
      ...Object.keys(published).map((name) => `${name}.proto`),
    ].flatMap((path) => (wellKnownTypes(path) ?? []).map((type) => [type.fullName, path] as const)),
  );
  return homes.get(fullName);
}
let homes: ReadonlyMap<string, string> | undefined;
