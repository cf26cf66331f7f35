import {
  GraphQLError,
  type GraphQLNamedType,
  type GraphQLObjectType,
  type GraphQLOutputType,
  getNamedType,
  isAbstractType,
  isEnumType,
  isLeafType,
  isListType,
  isNonNullType,
  isObjectType,
} from 'graphql/index.js';
import { isErrorName } from '../../conventions/graphql/errors.ts';
import { split } from '../../words/split.ts';
import type { Role } from '../resources/roles.ts';
import type { Change, Item } from '../store/store.ts';
import { fitEnum } from './leaves.ts';
import type { Resolver } from './resolve.ts';
import { seedOf } from './seeds.ts';
import { type AnyField, type Call, Known, Recorded } from './things.ts';
import type { World } from './world.ts';

/** Something that a mutation did not do. */
export interface Problem {
  readonly code: 'NOT_FOUND' | 'CONFLICT' | 'INVALID';
  readonly message: string;
  /** The way into the arguments. */
  readonly path: readonly string[];
}

/** What came of a mutation. */
export interface Outcome {
  /** The records that were written, as they are now; deleted ones as they were. */
  readonly items: readonly Item[];
  readonly problems: readonly Problem[];
  /** What happened to them, where that is what is told of. */
  readonly change?: Change['kind'];
}

/** The answers of mutations: records, payloads around them, flags and ids, or what went wrong in the shape that there is for it. */
export class Payloads {
  readonly #world: World;
  readonly #resolver: Resolver;

  constructor(world: World, resolver: Resolver) {
    this.#world = world;
    this.#resolver = resolver;
  }

  /**
   * @param role null of mutations that nothing is known of
   * @param values what was written, by name
   * @throws GraphQLError for a problem that the mutation's type has no place for
   */
  of(call: Call, role: Role | null, outcome: Outcome, values: Readonly<Record<string, unknown>>): unknown {
    const seed = seedOf(call.parent, call);
    const answer = new Answer(this.#world, call, role, outcome, values, seed);
    const value = answer.of(call.field.type);
    return value === undefined
      ? this.#resolver.invent(call.field.type, seed, [call.parent, call.field.name])
      : this.#resolver.present(value, call.field.type, seed, [call.parent, call.field.name]);
  }
}

/** One answer in the making. */
class Answer {
  readonly #world: World;
  readonly #call: Call;
  readonly #role: Role | null;
  readonly #outcome: Outcome;
  readonly #values: Readonly<Record<string, unknown>>;
  readonly #seed: string;

  constructor(
    world: World,
    call: Call,
    role: Role | null,
    outcome: Outcome,
    values: Readonly<Record<string, unknown>>,
    seed: string,
  ) {
    this.#world = world;
    this.#call = call;
    this.#role = role;
    this.#outcome = outcome;
    this.#values = values;
    this.#seed = seed;
  }

  of(type: GraphQLOutputType): unknown {
    const named = getNamedType(type);
    const [problem] = this.#outcome.problems;
    if (isAbstractType(named)) return this.#member(this.#world.schema.getPossibleTypes(named), named.name);
    if (problem && !this.#isRecord(named) && isObjectType(named) && this.#canTell(named)) return this.#payload(named);
    if (problem) throw this.#thrown(problem);
    const plain = this.#plain(type, named);
    if (plain !== undefined || !isObjectType(named)) return plain;
    return this.#payload(named);
  }

  /** Answers without a payload around them: the record, its id, whether it was done. */
  #plain(type: GraphQLOutputType, named: GraphQLNamedType): unknown {
    const { items } = this.#outcome;
    if (this.#isRecord(named)) {
      const records = items.map((item) => new Recorded(this.#role!.resource, item, named.name));
      return isListed(type) ? records : (records[0] ?? null);
    }
    if (!isLeafType(named)) return undefined;
    if (named.name === 'Boolean') return true;
    if (this.#role === null) return undefined;
    if (named.name === 'ID' || named.name === 'String') {
      const ids = items.map(({ id }) => id);
      return isListed(type) ? ids : ids[0];
    }
    return named.name === 'Int' ? items.length : undefined;
  }

  /** Of the members of a union the one that tells how it went. */
  #member(possible: readonly GraphQLObjectType[], called: string): unknown {
    const [problem] = this.#outcome.problems;
    const errors = possible.filter(
      (type) => isErrorName(type.name) || type.getInterfaces().some(({ name }) => isErrorName(name)),
    );
    if (problem) {
      const wanted =
        problem.code === 'NOT_FOUND'
          ? /not ?found|missing|unknown|does ?not ?exist/i
          : /invalid|validation|input|conflict/i;
      const type = errors.find(({ name }) => wanted.test(name)) ?? errors[0];
      if (type) return this.#error(problem, type.name, `${this.#seed}.problem`);
      const telling = possible.find((one) => this.#canTell(one));
      if (telling) return this.#payload(telling);
      throw this.#thrown(problem);
    }
    const good = possible.filter((type) => !errors.includes(type));
    const record = good.find((type) => this.#isRecord(type));
    if (record) return this.#plain(record, record);
    const type =
      good.find((one) => Object.values(one.getFields()).some((field) => this.#isRecord(getNamedType(field.type)))) ??
      good.find(({ name }) => name === `${called}Success`) ??
      good[0];
    return type && this.#payload(type);
  }

  #payload(type: GraphQLObjectType): Known {
    return new Known(this.#seed, (field) => this.#fieldOf(field, type), type.name);
  }

  #fieldOf(field: AnyField, owner: GraphQLObjectType): unknown {
    const { items, problems } = this.#outcome;
    const named = getNamedType(field.type);
    const words = split(field.name).join(' ');
    if (field.name === 'clientMutationId') return this.#values['clientMutationId'] ?? null;
    if (tellsProblems(field)) return this.#problemsIn(field);
    if (this.#isRecord(named)) {
      const records = items.map((item) => new Recorded(this.#role!.resource, item, named.name));
      return isListed(field.type) ? records : (records[0] ?? null);
    }
    if (isObjectType(named)) {
      const node = named.getFields()['node'];
      const inner = node && getNamedType(node.type);
      if (inner && this.#isRecord(inner)) return this.#edge(named, inner.name);
      if (this.#role === null && !isListed(field.type)) {
        const echo = this.#echo(isObjectType(inner) ? inner : named);
        if (echo) return isObjectType(inner) ? Known.of(`${this.#seed}.edge`, { node: echo }, named.name) : echo;
      }
      return problems.length > 0 && !isNonNullType(field.type) ? null : undefined;
    }
    if (named.name === 'Boolean' && /^(?:success|successful|ok|succeeded|done|deleted|is success)$/.test(words))
      return problems.length === 0;
    if (named.name === 'Boolean' && words === 'created' && this.#role?.kind === 'create') return items.length > 0;
    if (/^(?:deleted .*|id|ids|.* id|removed .*)$/.test(words) && /^(?:ID|String)$/.test(named.name))
      return this.#idsFor(field, words);
    if (/^(?:message|msg|detail)$/.test(words)) return problems[0]?.message ?? (this.#role ? this.#done() : undefined);
    if (words === 'code' || words === 'status' || words === 'status code') return this.#codeFor(field);
    if (/^(?:count|.* count|affected(?: rows)?|total)$/.test(words) && named.name === 'Int') return items.length;
    const { change } = this.#outcome;
    if (change && isEnumType(named)) {
      const value = fitEnum(named, change) ?? named.getValues().find(({ name }) => nearWords[change].test(name))?.name;
      if (value !== undefined) return value;
    }
    if (change && named.name === 'String' && /^(?:event|type|event type|kind|mutation|operation|action)$/.test(words))
      return change;
    const echoed = this.#values[field.name];
    if (echoed !== undefined && isLeafType(named) && !isErrorName(owner.name)) return echoed;
    return problems.length > 0 && !isNonNullType(field.type) ? null : undefined;
  }

  /** Something of a mutation that nothing is known of, with what was written; undefined where it has nothing of that. */
  #echo(type: GraphQLObjectType): Recorded | Known | undefined {
    const written = Object.values(type.getFields()).filter(
      ({ name, type: given }) =>
        this.#values[name] !== undefined && name !== 'clientMutationId' && isLeafType(getNamedType(given)),
    );
    if (written.length === 0) return undefined;
    const values = Object.fromEntries(written.map(({ name }) => [name, this.#values[name]]));
    const seed = `${this.#seed}.${type.name}`;
    const resource = this.#world.resourceOf(type.name);
    const item = resource && this.#world.pick(resource, seed);
    return resource && item ? new Recorded(resource, item, type.name, values) : Known.of(seed, values, type.name);
  }

  #done(): string {
    const { kind, resource, action } = this.#role!;
    const verb = { create: 'created', update: 'updated', replace: 'replaced', delete: 'deleted' }[kind as string];
    return `The ${resource.name} was ${verb ?? `changed by \`${action ?? this.#call.field.name}\``}.`;
  }

  #idsFor({ type }: AnyField, words: string): unknown {
    const { items } = this.#outcome;
    const { resource } = this.#role ?? {};
    if (/^deleted|^removed/.test(words) && this.#role?.kind !== 'delete') return undefined;
    const isOther = / id$/.test(words) && !/^(?:deleted|removed)/.test(words) && words !== `${resource?.name} id`;
    if (isOther || !resource) return undefined;
    if (isListed(type)) return items.map(({ id }) => id);
    return items[0]?.id ?? null;
  }

  #codeFor({ type }: AnyField): unknown {
    const named = getNamedType(type);
    const [problem] = this.#outcome.problems;
    if (named.name === 'Int') return problem ? statusOf(problem) : this.#role?.kind === 'create' ? 201 : 200;
    if (named.name === 'String') return problem?.code ?? 'OK';
    if (!isEnumType(named)) return undefined;
    if (problem) return codeIn(named, problem);
    return named.getValues().find(({ name }) => /^(?:OK|SUCCESS|SUCCEEDED|DONE)$/i.test(name))?.name;
  }

  #edge(type: GraphQLObjectType, nodeType: string): Known | null {
    const [item] = this.#outcome.items;
    if (!item || !this.#role) return null;
    const { resource } = this.#role;
    const node = new Recorded(resource, item, nodeType);
    const { store } = this.#world.context;
    const cursor = store.page(resource, { where: ({ id }) => id === item.id }, { limit: 1 }).cursors[0];
    return Known.of(`${this.#seed}.edge`, { node, cursor: cursor ?? item.id }, type.name);
  }

  #problemsIn({ type, name }: AnyField): unknown {
    const { problems } = this.#outcome;
    const named = getNamedType(type);
    const told = problems.map((problem, index) =>
      isLeafType(named)
        ? problem.message
        : this.#error(problem, this.#errorType(named, problem), `${this.#seed}.${name}[${index}]`),
    );
    return isListed(type) ? told : (told[0] ?? null);
  }

  #errorType(named: GraphQLNamedType, { code }: Problem): string | undefined {
    if (!isAbstractType(named)) return named.name;
    const possible = this.#world.schema.getPossibleTypes(named);
    const wanted = code === 'NOT_FOUND' ? /not ?found/i : /invalid|validation|conflict/i;
    return (possible.find(({ name }) => wanted.test(name)) ?? possible[0])?.name;
  }

  /** A problem as an object of the schema that tells of it. */
  #error(problem: Problem, typeName: string | undefined, seed: string): Known {
    const path = problem.path[0] === 'input' ? problem.path.slice(1) : problem.path;
    return new Known(
      seed,
      (field) => {
        const words = split(field.name).join(' ');
        const named = getNamedType(field.type);
        if (isEnumType(named)) return codeIn(named, problem);
        if (/code|kind|^type$|^error$|^reason$/.test(words))
          return named.name === 'Int' ? statusOf(problem) : problem.code;
        if (/message|^detail|^description$|^title$|^text$/.test(words)) return problem.message;
        if (/path|field|property|parameter|argument|attribute|location|pointer|^input$|^key$/.test(words))
          return isListed(field.type) ? path : path.join('.');
        return isNonNullType(field.type) ? undefined : null;
      },
      typeName,
    );
  }

  /** Whether a payload can say what went wrong, and be without the record. */
  #canTell(type: GraphQLObjectType): boolean {
    const fields = Object.values(type.getFields());
    const demands = fields.some((field) => isNonNullType(field.type) && this.#isRecord(getNamedType(field.type)));
    return !demands && fields.some((field) => tellsProblems(field) || /^(?:success|ok)$/.test(field.name));
  }

  #isRecord(named: GraphQLNamedType): boolean {
    return this.#role !== null && this.#world.resourceOf(named.name) === this.#role.resource;
  }

  #thrown({ code, message, path }: Problem): GraphQLError {
    return new GraphQLError(message, {
      extensions: { code: code === 'INVALID' ? 'BAD_USER_INPUT' : code, argumentPath: path },
    });
  }
}

/** How enums call what happened. */
const nearWords: Readonly<Record<Change['kind'], RegExp>> = {
  created: /^(?:create|insert|add|new)/i,
  updated: /^(?:update|change|modif|edit)/i,
  deleted: /^(?:delete|remove|destroy)/i,
};

function isListed(type: GraphQLOutputType): boolean {
  return isListType(isNonNullType(type) ? type.ofType : type);
}

/** Whether a field of a payload is made for what went wrong: `errors`, `userErrors`, `error: OrderError`. */
function tellsProblems({ name, type }: AnyField): boolean {
  if (/(?:^|[a-z_])(?:Error|error|problem|Problem)s?$/.test(name)) return true;
  return isListed(type) && isErrorName(getNamedType(type).name);
}

function statusOf({ code }: Problem): number {
  return code === 'NOT_FOUND' ? 404 : code === 'CONFLICT' ? 409 : 422;
}

/** The value of an enum that stands for a problem, or comes nearest. */
function codeIn(type: Parameters<typeof fitEnum>[0], { code }: Problem): string | undefined {
  const values = type.getValues().map(({ name }) => name);
  const near = {
    NOT_FOUND: /NOT_?FOUND|UNKNOWN|MISSING|NO_SUCH|DOES_?NOT_?EXIST/i,
    CONFLICT: /CONFLICT|EXISTS|TAKEN|DUPLICATE|UNIQUE/i,
    INVALID: /INVALID|BAD_?(?:USER_?)?INPUT|VALIDATION/i,
  }[code];
  return (
    fitEnum(type, code) ??
    values.find((name) => near.test(name)) ??
    values.find((name) => /INVALID|BAD|VALIDATION|ERROR/i.test(name)) ??
    values[0]
  );
}
