/** TypeScript types of a GraphQL schema: what operations return and take, as JSON. */
import type { TypeNode } from 'graphql';
import type { GraphQl } from '../languages/graphql/graphql.ts';
import {
  deprecationOf,
  descriptionOf,
  type Field,
  type InputField,
  type Type,
  types,
} from '../languages/graphql/select.ts';
import { alias, arrayOf, comment, indent, Names, type Types, unionOf } from './source.ts';

/** The types of a schema, in its order. Fields with arguments have a further type for these: `QueryOrdersArgs`. */
export function graphqlTypes(api: GraphQl): Types {
  return new Emitter(api).types();
}

/** GraphQL specification, section 3.5. */
const specified: Readonly<Record<string, string>> = {
  Int: 'number',
  Float: 'number',
  String: 'string',
  ID: 'string',
  Boolean: 'boolean',
};

/** Scalars that are strings in JSON wherever they are defined by these names. */
const texts =
  /^(?:Date|DateTime|DateTimeISO|LocalDate|LocalTime|LocalDateTime|Time|Timestamp|Instant|Duration|ISO8601\w*|GitTimestamp|TimeZone|UUID|GUID|URL|URI|Email|EmailAddress|HTML|Base64\w*|Decimal|BigDecimal|BigInt|Long|Currency|CountryCode|PhoneNumber|Hostname|IP|IPv4|IPv6|JWT|Locale|SemVer|Cursor|GitObjectID|GitSSHRemote|GitRefname|X509Certificate)$/;
/** Of these, some servers send as numbers. */
const textsOrNumbers = /^(?:Decimal|BigDecimal|BigInt|Long|Timestamp|Instant)$/;

class Emitter {
  readonly #api: GraphQl;
  readonly #names = new Names();
  readonly #byType = new Map<string, string>();
  readonly #implementors = new Map<string, string[]>();
  readonly #unknown = new Set<string>();

  constructor(api: GraphQl) {
    this.#api = api;
    for (const { name, kind, interfaces } of types(api)) {
      if (name.startsWith('__') || Object.hasOwn(specified, name)) continue;
      this.#byType.set(name, this.#names.take(name));
      if (kind !== 'type') continue;
      for (const use of interfaces) {
        const known = this.#implementors.get(use.name);
        if (known) known.push(name);
        else this.#implementors.set(use.name, [name]);
      }
    }
  }

  types(): Types {
    const declarations = types(this.#api).flatMap((type) => {
      const name = this.#byType.get(type.name);
      return name === undefined ? [] : [this.#declaration(type, name), ...this.#argumentTypes(type, name)];
    });
    return { source: declarations.join('\n'), unknown: [...this.#unknown] };
  }

  #declaration(type: Type, name: string): string {
    const above = comment(type.base ? descriptionOf(type.base) : '', type.base ? reasonOf(type.base) : null);
    switch (type.kind) {
      case 'scalar':
        return `${above}${alias(name, scalarType(type.name))}`;
      case 'enum':
        return `${above}${alias(name, this.#values(type))}`;
      case 'union': {
        const members = type.members.map((member) => ({ comment: '', type: this.#named(member.name) }));
        return `${above}${alias(name, unionOf(members))}`;
      }
      case 'input':
        return type.directives.some((directive) => directive.name === 'oneOf')
          ? `${above}${alias(name, this.#oneOf(type.inputFields))}`
          : `${above}export interface ${name} {\n${type.inputFields.map((field) => this.#taken(field)).join('')}}\n`;
      default:
        return `${above}export interface ${name} {\n${this.#typename(type)}${type.fields.map((field) => this.#field(field)).join('')}}\n`;
    }
  }

  #values({ values }: Type): string {
    return unionOf(
      values.map(({ name, node }) => ({
        comment: comment(descriptionOf(node), reasonOf(node)),
        type: JSON.stringify(name),
      })),
    );
  }

  /** `__typename` comes when it is asked for. */
  #typename({ kind, name, fields }: Type): string {
    if (fields.some((field) => field.name === '__typename')) return '';
    const names = kind === 'interface' ? (this.#implementors.get(name) ?? []) : [name];
    const type = names.length === 0 ? 'string' : names.map((one) => JSON.stringify(one)).join(' | ');
    return indent(`__typename?: ${type};\n`);
  }

  #field({ name, node }: Field): string {
    return indent(`${comment(descriptionOf(node), reasonOf(node))}${name}: ${this.#type(node.type)};\n`);
  }

  /** What may be null or has a default may be left out. */
  #taken({ name, node }: Pick<InputField, 'name' | 'node'>): string {
    const mark = node.type.kind === 'NonNullType' && !node.defaultValue ? '' : '?';
    return indent(`${comment(descriptionOf(node), reasonOf(node))}${name}${mark}: ${this.#type(node.type)};\n`);
  }

  /** One field and none of the others (GraphQL specification, section 3.10.1). */
  #oneOf(fields: readonly InputField[]): string {
    const members = fields.map(({ name, node }) => {
      const lines = fields.map((other) =>
        other.name === name
          ? `${comment(descriptionOf(node), reasonOf(node))}${name}: ${this.#inner(node.type)};`
          : `${other.name}?: never;`,
      );
      return { comment: '', type: `{\n${indent(lines.join('\n'))}\n}` };
    });
    return members.length === 1 ? members[0]!.type : unionOf(members);
  }

  #argumentTypes(owner: Type, ownerName: string): string[] {
    return owner.fields.flatMap((field) => {
      if (field.arguments.length === 0) return [];
      const name = this.#names.take(`${ownerName}${capitalised(field.name)}Args`);
      const above = comment(`The arguments of \`${owner.name}.${field.name}\`.`);
      return [`${above}export interface ${name} {\n${field.arguments.map((taken) => this.#taken(taken)).join('')}}\n`];
    });
  }

  #type(type: TypeNode): string {
    return type.kind === 'NonNullType' ? this.#inner(type) : withNull(this.#inner(type));
  }

  /** The type of what is not null. */
  #inner(type: TypeNode): string {
    if (type.kind === 'NonNullType') return this.#inner(type.type);
    return type.kind === 'ListType' ? arrayOf(this.#type(type.type)) : this.#named(type.name.value);
  }

  #named(name: string): string {
    if (Object.hasOwn(specified, name)) return specified[name]!;
    const known = this.#byType.get(name);
    if (known === undefined) this.#unknown.add(name);
    return known ?? 'unknown';
  }
}

function scalarType(name: string): string {
  if (textsOrNumbers.test(name)) return 'string | number';
  return texts.test(name) ? 'string' : 'unknown';
}

function withNull(type: string): string {
  return type === 'unknown' ? type : `${type} | null`;
}

/** Why something is deprecated, by the directive's default where nothing is said; null for what is not. */
function reasonOf(node: Parameters<typeof deprecationOf>[0]): string | null {
  const deprecation = deprecationOf(node);
  return deprecation ? (deprecation.reason ?? 'No longer supported') : null;
}

function capitalised(name: string): string {
  return name.charAt(0).toUpperCase() + name.slice(1);
}
