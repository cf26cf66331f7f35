/**
 * TypeScript types of Protocol Buffers messages as JSON (https://protobuf.dev/programming-guides/json/): what HTTP gateways,
 * Connect and `toJson` of generated code send and take.
 */
import type { Protobuf } from '../languages/protobuf/protobuf.ts';
import {
  descriptionOf,
  type Enum,
  enums,
  type Field,
  type Message,
  messages,
  optionOf,
  type Rpc,
  type Service,
  services,
} from '../languages/protobuf/select.ts';
import { fileOf, type Node, type Scope } from '../languages/protobuf/tree.ts';
import { alias, arrayOf, comment, indent, Names, propertyName, type Types, unionOf } from './source.ts';

/**
 * The types of what some files of an API define, and of what that refers to.
 * @param paths the files that were asked for; the others are imported by them
 */
export function protobufTypes(api: Protobuf, paths: ReadonlySet<string>): Types {
  return new Emitter(api, paths).types();
}

/** How scalars look in JSON: integers of 64 bits as strings, since doubles cannot hold them, and bytes in base64. */
const scalars: Readonly<Record<string, string>> = {
  double: 'number | "NaN" | "Infinity" | "-Infinity"',
  float: 'number | "NaN" | "Infinity" | "-Infinity"',
  int32: 'number',
  uint32: 'number',
  sint32: 'number',
  fixed32: 'number',
  sfixed32: 'number',
  int64: 'string',
  uint64: 'string',
  sint64: 'string',
  fixed64: 'string',
  sfixed64: 'string',
  bool: 'boolean',
  string: 'string',
  bytes: 'string',
};

const anyValue = '{ "@type": string; [key: string]: unknown }';

/** Types whose JSON is not that of their fields. */
const special: Readonly<Record<string, string>> = {
  'google.protobuf.Any': anyValue,
  'google.protobuf.BoolValue': 'boolean | null',
  'google.protobuf.BytesValue': 'string | null',
  'google.protobuf.DoubleValue': `${scalars['double']} | null`,
  'google.protobuf.Duration': 'string',
  'google.protobuf.Empty': 'Record<string, never>',
  'google.protobuf.FieldMask': 'string',
  'google.protobuf.FloatValue': `${scalars['float']} | null`,
  'google.protobuf.Int32Value': 'number | null',
  'google.protobuf.Int64Value': 'string | null',
  'google.protobuf.ListValue': 'unknown[]',
  'google.protobuf.NullValue': 'null',
  'google.protobuf.StringValue': 'string | null',
  'google.protobuf.Struct': '{ [key: string]: unknown }',
  'google.protobuf.Timestamp': 'string',
  'google.protobuf.UInt32Value': 'number | null',
  'google.protobuf.UInt64Value': 'string | null',
  'google.protobuf.Value': 'unknown',
};

const statusType = `{ code?: number; message?: string; details?: (${anyValue})[] }`;

/** Types of googleapis that many import and few keep a copy of. */
const published: Readonly<Record<string, string>> = {
  'google.api.HttpBody': `{ contentType?: string; data?: string; extensions?: (${anyValue})[] }`,
  'google.longrunning.Operation': `{ name?: string; metadata?: ${anyValue}; done?: boolean; error?: ${statusType}; response?: ${anyValue} }`,
  'google.rpc.Status': statusType,
  'google.type.Date': '{ year?: number; month?: number; day?: number }',
  'google.type.Decimal': '{ value?: string }',
  'google.type.Expr': '{ expression?: string; title?: string; description?: string; location?: string }',
  'google.type.Interval': '{ startTime?: string; endTime?: string }',
  'google.type.LatLng': `{ latitude?: ${scalars['double']}; longitude?: ${scalars['double']} }`,
  'google.type.LocalizedText': '{ text?: string; languageCode?: string }',
  'google.type.Money': '{ currencyCode?: string; units?: string; nanos?: number }',
  'google.type.TimeOfDay': '{ hours?: number; minutes?: number; seconds?: number; nanos?: number }',
};

class Emitter {
  readonly #names = new Names();
  readonly #messages = new Map<unknown, Message>();
  readonly #enums = new Map<unknown, Enum>();
  readonly #services: readonly Service[];
  readonly #named = new Map<unknown, string>();
  readonly #unknown = new Set<string>();

  constructor(api: Protobuf, paths: ReadonlySet<string>) {
    const allMessages = new Map(messages(api).map((message) => [message.node as unknown, message]));
    const allEnums = new Map(enums(api).map((one) => [one.node as unknown, one]));
    const isAsked = (node: Scope): boolean => paths.has(fileOf(node).source.path);
    this.#services = services(api).filter(({ node }) => isAsked(node));
    const sides = this.#services.flatMap(({ rpcs }) => rpcs.flatMap(({ request, response }) => [request, response]));
    const wanted = new Set<unknown>([
      ...[...allMessages.keys(), ...allEnums.keys()].filter((node) => isAsked(node as Node)),
      ...sides.flatMap((side) => (side?.definition?.node ? [side.definition.node] : [])),
    ]);
    // A set that grows while it is looped over gives what was added, too.
    for (const node of wanted) {
      for (const field of allMessages.get(node)?.fields ?? []) {
        const next = field.node.group ?? field.definition?.node;
        if (next && !Object.hasOwn(special, field.type)) wanted.add(next);
      }
    }
    for (const [node, message] of allMessages)
      if (wanted.has(node) && !Object.hasOwn(special, message.fullName)) this.#messages.set(node, message);
    for (const [node, one] of allEnums) if (wanted.has(node)) this.#enums.set(node, one);
    for (const { node, fullName } of [...this.#messages.values(), ...this.#enums.values()])
      this.#named.set(node, this.#names.take(...namesFor(fullName, fileOf(node).packageName)));
  }

  types(): Types {
    const ofServices = this.#services.map((service) => this.#service(service));
    const ofMessages = [...this.#messages.values()].map((message) => this.#message(message));
    const ofEnums = [...this.#enums.values()].map((one) => this.#enum(one));
    return {
      source: [...ofServices, ...ofMessages, ...ofEnums].join('\n'),
      unknown: [...this.#unknown],
    };
  }

  #service({ node, name, fullName, rpcs }: Service): string {
    const lines = rpcs.map((rpc) => `${commentOn(rpc.node)}${propertyName(rpc.name)}: ${this.#rpc(rpc)};\n`);
    const declared = this.#names.take(...namesFor(fullName, fileOf(node).packageName), `${name}Service`);
    return `${commentOn(node)}export interface ${declared} {\n${indent(lines.join(''))}}\n`;
  }

  #rpc({ request, response, streaming }: Rpc): string {
    const sides = [request, response].map((side) => (side ? this.#reference(side) : 'unknown'));
    const stream = streaming === 'none' ? '' : `; stream: "${streaming}"`;
    return `{ request: ${sides[0]}; response: ${sides[1]}${stream} }`;
  }

  #message(message: Message): string {
    const { node, fields, oneofs } = message;
    const seen = new Set<string>();
    const distinct = fields.filter(({ jsonName }) => !seen.has(jsonName) && seen.add(jsonName));
    const plain = distinct.filter(({ oneof }) => oneof === null).map((field) => this.#property(field));
    const choices = oneofs.flatMap((oneof) => this.#choice(distinct.filter((field) => field.oneof === oneof)));
    const name = this.#named.get(node)!;
    const above = commentOn(node);
    if (choices.length === 0) return `${above}export interface ${name} {\n${indent(plain.join(''))}}\n`;
    const body = plain.length === 0 ? choices : [`{\n${indent(plain.join(''))}}`, ...choices];
    return `${above}${alias(name, body.join(' & '))}`;
  }

  /** At most one of the fields of a oneof is there. */
  #choice(fields: readonly Field[]): string[] {
    if (fields.length === 0) return [];
    const others = (chosen: Field | null): string[] =>
      fields.filter((field) => field !== chosen).map(({ jsonName }) => `${propertyName(jsonName)}?: never;`);
    const members = fields.map((field) => [
      `${commentOn(field.node)}${propertyName(field.jsonName)}: ${this.#type(field)};`,
      ...others(field),
    ]);
    const options = [...members, others(null)].map((lines) => `| {\n${indent(lines.join('\n'), 2)}\n  }`);
    return [`(\n${indent(options.join('\n'))}\n)`];
  }

  /** What has its default may be left out of JSON, so that no field is sure to be there but those that proto2 requires. */
  #property(field: Field): string {
    const mark = field.label === 'required' ? '' : '?';
    return `${commentOn(field.node)}${propertyName(field.jsonName)}${mark}: ${this.#type(field)};\n`;
  }

  #type(field: Field): string {
    const type = field.kind === 'scalar' ? (scalars[field.type] ?? 'unknown') : this.#valueOf(field);
    if (field.kind === 'map') return `{ [key: string]: ${type} }`;
    return field.label === 'repeated' ? arrayOf(type) : type;
  }

  #valueOf(field: Field): string {
    const { group } = field.node;
    if (group) return this.#named.get(group) ?? 'unknown';
    return field.definition ? this.#reference(field) : (scalars[field.type] ?? this.#reference(field));
  }

  #reference({ type, definition }: Pick<Field, 'type' | 'definition'>): string {
    const name = type.replace(/^\./, '');
    if (Object.hasOwn(special, name)) return special[name]!;
    const known = definition?.node && this.#named.get(definition.node);
    if (known) return known;
    if (Object.hasOwn(published, name)) return published[name]!;
    this.#unknown.add(name);
    return 'unknown';
  }

  #enum({ node, fullName, values }: Enum): string {
    const name = this.#named.get(node)!;
    if (fullName === 'google.protobuf.NullValue') return alias(name, 'null');
    const members = values.map((value) => ({ comment: commentOn(value.node), type: JSON.stringify(value.name) }));
    return `${commentOn(node)}${alias(name, unionOf(members))}`;
  }
}

/** What a definition may be called: `Order` or `Order_Line`, else with its package, `ShopOrdersV1Order`. */
function namesFor(fullName: string, pkg: string): [string, string] {
  const own = (pkg !== '' && fullName.startsWith(`${pkg}.`) ? fullName.slice(pkg.length + 1) : fullName).replaceAll(
    '.',
    '_',
  );
  const prefix = pkg.replace(/(?:^|[._])([A-Za-z0-9])/g, (_, letter: string) => letter.toUpperCase());
  return [own, `${prefix}${own}`];
}

/** The comment of a statement, without its `Deprecated:`, which becomes a tag. */
function commentOn(node: Node): string {
  const text = descriptionOf(node);
  const option = 'options' in node || 'body' in node ? optionOf(node, 'deprecated') : undefined;
  const isDeprecated = option?.value?.kind === 'word' && option.value.text === 'true';
  const [, reason] = /^deprecated:?[ \t]*(.*)$/im.exec(text) ?? [];
  return comment(text, isDeprecated ? (reason ?? '') : null);
}
