/**
 * What the options of google/api/{resource,field_behavior,client}.proto and google/longrunning/operations.proto say, in all the
 * forms in which they are written: one aggregate, or one option per field (`(google.api.resource_reference).type = "…"`).
 */
import type { Place } from '../../text/place.ts';
import type { Protobuf } from './protobuf.ts';
import { memoised, optionsOf } from './select.ts';
import {
  type FieldNode,
  fileOf,
  type MessageNode,
  type OptionNode,
  type ProtoFile,
  placeOf,
  type RpcNode,
  type Scope,
  statements,
  type Value,
} from './tree.ts';

/** A string or a word that an annotation holds. */
export interface Text {
  readonly value: string;
  /** The token that says it. */
  readonly at: Place;
}

/** `google.api.resource` of a message, or `google.api.resource_definition` of a file (AIP-123). */
export interface Resource {
  /** `library.googleapis.com/Book`; null where it is not said. */
  readonly type: Text | null;
  /** What stands behind the slash of its type, else the message's name. */
  readonly name: string;
  readonly patterns: readonly Text[];
  readonly plural: Text | null;
  readonly singular: Text | null;
  /** The field that holds the resource name: `name` where nothing is said. */
  readonly nameField: string;
  /** Whether its style is `DECLARATIVE_FRIENDLY` (AIP-128). */
  readonly isDeclarative: boolean;
  /** The message that the annotation stands in; null for a file's definition. */
  readonly message: MessageNode | null;
  readonly file: ProtoFile;
  /** The name of the option. */
  readonly at: Place;
}

/** `google.api.resource_reference` of a field: what its resource name leads to. */
export interface Reference {
  readonly type: Text | null;
  readonly childType: Text | null;
  /** The name of the option. */
  readonly at: Place;
}

/** `google.longrunning.operation_info` of an rpc (AIP-151). */
export interface OperationInfo {
  readonly responseType: Text | null;
  readonly metadataType: Text | null;
  /** The name of the option. */
  readonly at: Place;
}

/** The resources that the judged files and those that they import define, in their order. */
export const resources = memoised((api): readonly Resource[] =>
  [...api.files, ...api.imported].flatMap((file) => [
    ...annotations(file, 'google.api.resource_definition').map((one) => resourceIn(file, one)),
    ...[...statements(file)].flatMap((node) => {
      const resource = node.kind === 'message' ? resourceOf(node) : null;
      return resource ? [resource] : [];
    }),
  ]),
);

/** The resources that the judged files define. */
export const ownResources = memoised((api): readonly Resource[] => {
  const judged = new Set(api.files);
  return resources(api).filter(({ file }) => judged.has(file));
});

/** The resource with a type such as `library.googleapis.com/Book`, as a message if there is one. */
export function resourceOfType(api: Protobuf, type: string): Resource | undefined {
  return byType(api).get(type);
}

const byType = memoised((api): ReadonlyMap<string, Resource> => {
  const found = new Map<string, Resource>();
  for (const resource of resources(api)) {
    const key = resource.type?.value;
    if (key !== undefined && !found.get(key)?.message) found.set(key, resource);
  }
  return found;
});

/** Whether a type is a host, a slash and a name in PascalCase: `library.googleapis.com/Book` (AIP-123). */
export function isResourceType(type: string): boolean {
  return /^[^/.]+(?:\.[^/.]+)+\/[A-Z][A-Za-z0-9]*$/.test(type);
}

/** What a message says of the resource that it is; null where it says nothing. */
export function resourceOf(message: MessageNode): Resource | null {
  const [annotation] = annotations(message, 'google.api.resource');
  return annotation ? resourceIn(message, annotation) : null;
}

/** What a field says of the resource that it names; null where it says nothing. */
export function referenceOf(field: FieldNode): Reference | null {
  const [annotation] = annotations(field, 'google.api.resource_reference');
  if (!annotation) return null;
  return { type: textIn(annotation, 'type'), childType: textIn(annotation, 'child_type'), at: annotation.at };
}

/** What `google.api.field_behavior` says of a field: `REQUIRED`, `OUTPUT_ONLY`, … in their order. */
export function behaviorsOf(field: FieldNode): readonly Text[] {
  return optionsOf(field)
    .filter(({ name }) => plain(name.text) === '(google.api.field_behavior)')
    .flatMap((option) => textsOf(option, option.value));
}

/** Whether a field is marked so: `hasBehavior(field, 'REQUIRED')`. */
export function hasBehavior(field: FieldNode, behavior: string): boolean {
  return behaviorsOf(field).some(({ value }) => value === behavior);
}

/** What `google.api.field_info` says of the format of a string: `UUID4`, `IPV4`, …; null where it says nothing. */
export function formatOf(field: FieldNode): Text | null {
  const [annotation] = annotations(field, 'google.api.field_info');
  return annotation ? textIn(annotation, 'format') : null;
}

/** What an rpc says of the operation that it starts; null where it says nothing. */
export function operationInfoOf(rpc: RpcNode): OperationInfo | null {
  const [annotation] = annotations(rpc, 'google.longrunning.operation_info');
  if (!annotation) return null;
  const { at } = annotation;
  return { responseType: textIn(annotation, 'response_type'), metadataType: textIn(annotation, 'metadata_type'), at };
}

/** The signatures that an rpc offers to client libraries: `"parent,book"` (AIP-4232). */
export function methodSignaturesOf(rpc: RpcNode): readonly Text[] {
  return optionsOf(rpc)
    .filter(({ name }) => plain(name.text) === '(google.api.method_signature)')
    .flatMap((option) => textsOf(option, option.value));
}

/** Whether the API names its resources: one of the judged files imports google/api/resource.proto. */
export const namesResources = memoised((api): boolean => importsAny(api, 'google/api/resource.proto'));

/** Whether one of the judged files imports a file. */
export function importsAny(api: Protobuf, path: string): boolean {
  return api.files.some(({ body }) => body.some((node) => node.kind === 'import' && node.path.value === path));
}

/** Whether one of the judged files of a package imports a file. */
export function packageImports(api: Protobuf, pkg: string, path: string): boolean {
  return importsByPackage(api).get(pkg)?.has(path) ?? false;
}

const importsByPackage = memoised((api): ReadonlyMap<string, ReadonlySet<string>> => {
  const found = new Map<string, Set<string>>();
  for (const { packageName, body } of api.files) {
    const paths = found.get(packageName) ?? new Set();
    for (const node of body) if (node.kind === 'import') paths.add(node.path.value);
    found.set(packageName, paths);
  }
  return found;
});

/** An extension's value, however many options it is spread over. */
interface Annotation {
  readonly at: Place;
  readonly settings: readonly { readonly name: string; readonly value: Value; readonly option: OptionNode }[];
}

function annotations(scope: Scope, extension: string): Annotation[] {
  const options = optionsOf(scope).map((option) => ({ option, name: plain(option.name.text) }));
  const whole = options.filter(({ name }) => name === `(${extension})`);
  const single = options.filter(({ name }) => name.startsWith(`(${extension}).`));
  const first = single[0];
  return [
    ...whole.flatMap(({ option }) => valuesOf(option)),
    ...(first
      ? [{ at: placeOf(first.option, first.option.name), settings: single.flatMap(({ option }) => settingOf(option)) }]
      : []),
  ];
}

function valuesOf(option: OptionNode): Annotation[] {
  const at = placeOf(option, option.name);
  const values = option.value?.kind === 'list' ? option.value.items : [option.value];
  return values.map((value) => ({
    at,
    settings:
      value?.kind === 'message' ? value.fields.map((field) => ({ ...field, name: field.name.text, option })) : [],
  }));
}

function settingOf(option: OptionNode): Annotation['settings'] {
  const { name, value } = option;
  return value ? [{ name: name.parts[1]?.text ?? '', value, option }] : [];
}

/** A dot before an extension's name says nothing. */
function plain(name: string): string {
  return name.replace('(.', '(');
}

function resourceIn(scope: MessageNode | ProtoFile, annotation: Annotation): Resource {
  const message = scope.kind === 'message' ? scope : null;
  const type = textIn(annotation, 'type');
  const [, behindSlash] = type?.value.split('/') ?? [];
  return {
    type,
    name: behindSlash || (message?.name.text ?? ''),
    patterns: textsIn(annotation, 'pattern'),
    plural: textIn(annotation, 'plural'),
    singular: textIn(annotation, 'singular'),
    nameField: textIn(annotation, 'name_field')?.value || 'name',
    isDeclarative: textsIn(annotation, 'style').some(({ value }) => value === 'DECLARATIVE_FRIENDLY'),
    message,
    file: fileOf(scope),
    at: annotation.at,
  };
}

function textIn(annotation: Annotation, name: string): Text | null {
  return textsIn(annotation, name)[0] ?? null;
}

function textsIn({ settings }: Annotation, wanted: string): Text[] {
  return settings.flatMap(({ name, value, option }) => (name === wanted ? textsOf(option, value) : []));
}

function textsOf(option: OptionNode, value: Value | null): Text[] {
  if (value?.kind === 'list') return value.items.flatMap((item) => textsOf(option, item));
  if (value?.kind === 'string') return [{ value: value.value, at: placeOf(option, value) }];
  return value?.kind === 'word' ? [{ value: value.text, at: placeOf(option, value) }] : [];
}
