import {
  fileOf,
  type MessageValue,
  type Node,
  type OptionNode,
  type ProtoFile,
  type Scope,
  type SyntaxNode,
} from './tree.ts';

/** What an edition decides and options may change (`FeatureSet` in descriptor.proto). */
export interface Features {
  readonly field_presence: string;
  readonly enum_type: string;
  readonly json_format: string;
  readonly message_encoding: string;
  readonly repeated_field_encoding: string;
  readonly utf8_validation: string;
  readonly enforce_naming_style: string;
  readonly default_symbol_visibility: string;
}

/**
 * `proto2`, which counts where nothing is said, `proto3`, or an edition as `2023`; whatever is written there. The empty string
 * where it could not be read.
 */
export function editionOf(file: ProtoFile): string {
  return syntaxOf(file)?.value.value ?? (file.lost.edition ? '' : 'proto2');
}

/** Whether a file goes by an edition rather than by `proto2` or `proto3`. */
export function hasEdition(file: ProtoFile): boolean {
  return syntaxOf(file)?.kind === 'edition';
}

function syntaxOf(file: ProtoFile): SyntaxNode | null {
  let node = syntaxes.get(file);
  if (node === undefined) {
    node = file.body.find(isSyntax) ?? null;
    syntaxes.set(file, node);
  }
  return node;
}

function isSyntax(node: Node): node is SyntaxNode {
  return node.kind === 'syntax' || node.kind === 'edition';
}

/** Asked for with every field. */
const syntaxes = new WeakMap<ProtoFile, SyntaxNode | null>();

/** The features that hold for a statement: its own, else those of what it stands in, else those of the file's edition. */
export function featuresOf(scope: Scope): Features {
  const ofAll = featuresOfFile(fileOf(scope));
  if (ofAll) return ofAll;
  const above: Scope[] = [];
  let here = scope;
  for (; !known.has(here) && here.kind !== 'file'; here = here.parent) above.push(here);
  let features = known.get(here) ?? remember(here, defaultsOf(here as ProtoFile));
  for (const inner of above.reverse()) features = remember(inner, features);
  return features;
}

/** What holds for all of a file in which no option changes a feature, as in nearly all; else null. */
function featuresOfFile(file: ProtoFile): Features | null {
  let features = ofFiles.get(file);
  if (features === undefined) {
    features = file.source.text.includes('features') ? null : defaultsOf(file);
    ofFiles.set(file, features);
  }
  return features;
}

const ofFiles = new WeakMap<ProtoFile, Features | null>();

/** Trees never change, so what has been worked out for a statement stays right. */
const known = new WeakMap<Scope, Features>();

function remember(scope: Scope, inherited: Features): Features {
  const own = 'options' in scope ? scope.options : 'body' in scope ? scope.body : [];
  const changed: Record<string, string> = {};
  for (const node of own) if (node.kind === 'option') Object.assign(changed, setBy(node));
  const features = Object.keys(changed).length === 0 ? inherited : { ...inherited, ...changed };
  known.set(scope, features);
  return features;
}

/** `features.enum_type = CLOSED` or `features = { enum_type: CLOSED }`. */
function setBy({ name: { parts }, value }: OptionNode): Record<string, string> {
  const [first, second] = parts;
  if (first?.text !== 'features' || first.extension || parts.length > 2) return {};
  if (second) return !second.extension && value?.kind === 'word' ? { [second.text]: value.text } : {};
  return value?.kind === 'message' ? wordsIn(value) : {};
}

function wordsIn({ fields }: MessageValue): Record<string, string> {
  return Object.fromEntries(
    fields.flatMap(({ name, value }) => (value.kind === 'word' ? [[name.text, value.text]] : [])),
  );
}

function defaultsOf(file: ProtoFile): Features {
  const edition = editionOf(file);
  if (edition === 'proto2' || edition === '') return proto2;
  if (edition === 'proto3') return proto3;
  return edition > '2023' ? edition2024 : edition2023;
}

const proto2: Features = {
  field_presence: 'EXPLICIT',
  enum_type: 'CLOSED',
  json_format: 'LEGACY_BEST_EFFORT',
  message_encoding: 'LENGTH_PREFIXED',
  repeated_field_encoding: 'EXPANDED',
  utf8_validation: 'NONE',
  enforce_naming_style: 'STYLE_LEGACY',
  default_symbol_visibility: 'EXPORT_ALL',
};
const edition2023: Features = {
  ...proto2,
  enum_type: 'OPEN',
  json_format: 'ALLOW',
  repeated_field_encoding: 'PACKED',
  utf8_validation: 'VERIFY',
};
const proto3: Features = { ...edition2023, field_presence: 'IMPLICIT' };
const edition2024: Features = {
  ...edition2023,
  enforce_naming_style: 'STYLE2024',
  default_symbol_visibility: 'EXPORT_TOP_LEVEL',
};

/** Whether other files may name a message or an enum (edition 2024: `export` and `local`). */
export function isExported(node: Node & { readonly kind: 'message' | 'enum' }): boolean {
  if (node.visibility) return node.visibility.text === 'export';
  const visibility = featuresOf(node).default_symbol_visibility;
  if (visibility === 'EXPORT_TOP_LEVEL' || visibility === 'STRICT')
    return node.parent.kind === 'file' && visibility !== 'STRICT';
  return visibility !== 'LOCAL_ALL';
}
