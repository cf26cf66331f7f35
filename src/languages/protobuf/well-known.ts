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

/** A type that is known without its file. */
export interface WellKnownType {
  readonly kind: 'message' | 'enum';
  readonly fullName: string;
}

/**
 * The types of a file of `google/protobuf/`.
 * @param path as an import names it
 * @returns undefined for files that compilers don't bring along
 */
export function wellKnownTypes(path: string): readonly WellKnownType[] | undefined {
  const [, name] = /^google\/protobuf\/(.+)\.proto$/.exec(path) ?? [];
  if (name === undefined || !Object.hasOwn(table, name)) return undefined;
  const [messages, enums] = table[name]!;
  return [...typesOf('message', messages), ...typesOf('enum', enums)];
}

function typesOf(kind: WellKnownType['kind'], names: string): WellKnownType[] {
  return names === '' ? [] : names.split(' ').map((name) => ({ kind, fullName: `google.protobuf.${name}` }));
}
