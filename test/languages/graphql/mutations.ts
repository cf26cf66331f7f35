/** Schemas, and what becomes of them when one thing in them is changed. */
import { type DocumentNode, parse, print } from 'graphql';

/** Valid schemas that use what the language has, small enough to change each part of them. */
export const schemas: Readonly<Record<string, string>> = {
  shop: `
schema @owner(team: "shop") { query: Query mutation: Mutation }
directive @owner(team: String!, since: Int = 1, roles: [Role!]) repeatable on SCHEMA | OBJECT | INTERFACE | FIELD_DEFINITION
directive @limit(max: Int, range: Range) on ARGUMENT_DEFINITION | INPUT_FIELD_DEFINITION | ENUM_VALUE
input Range { from: Int! to: Int = 5 note: Note }
input Note { text: String! role: Role = ADMIN }
enum Role { ADMIN USER @deprecated(reason: "Old.") }
scalar DateTime @specifiedBy(url: "https://example.com/time")
interface Node { id: ID! }
interface Entity implements Node @owner(team: "a") { id: ID! owner: Entity list(first: Int, after: String): [Node] }
type User implements Node & Entity @owner(team: "a") @owner(team: "b", roles: [ADMIN]) {
  id: ID!
  owner: User!
  list(first: Int @limit(max: 5, range: { from: 1 }), after: String, extra: Int): [User!]!
  at: DateTime @deprecated
}
union Member = User | Team
type Team implements Node { id: ID! members(role: Role = USER, filter: Filter!): [Member!]! }
input Filter { role: Role @deprecated in: [Range!] = [{ from: 1 }] not: Filter }
input Choice @oneOf { id: ID name: String }
type Query { node(id: ID!): Node users(filter: Filter, choice: Choice): [User] }
type Mutation { rename(id: ID!, name: String! = "a"): User }
extend type Query { teams: [Team!] }
extend enum Role { GUEST }
extend union Member = Bot
type Bot { name: String }
`,
  names: `
type Query { a(x: In, y: [E!] = [A]): A b: B }
type A implements B { b: [B] c: C }
interface B { b: [B] }
union C = A
enum E { A B }
input In { a: In b: [In!]! }
extend input In { c: Int }
extend interface B @d { c: C }
directive @d(x: E) on INTERFACE
`,
};

type Value = string | number | boolean | null | undefined | Value[] | { [key: string]: Value };
type Node = { [key: string]: Value } & { readonly kind: string };

/** A schema with one thing changed. */
export interface Mutant {
  /** What was changed: `drop definitions.3.fields.0`. */
  readonly change: string;
  readonly text: string;
}

/** All schemas that one change makes of a text; those that are no GraphQL any more left out. */
export function mutants(text: string): Mutant[] {
  return changesOf(read(text)).flatMap((change) => applied(change, text) ?? []);
}

/** What `count` changes make of a text; `pick` chooses each of so many. */
export function mutantAtRandom(text: string, count: number, pick: (from: number) => number): Mutant {
  let mutant: Mutant = { change: '', text };
  for (let made = 0; made < count; ) {
    const changes = changesOf(read(mutant.text));
    const next = applied(changes[pick(changes.length)]!, mutant.text);
    if (!next) continue;
    mutant = { change: `${mutant.change}${made > 0 ? ', ' : ''}${next.change}`, text: next.text };
    made++;
  }
  return mutant;
}

function applied({ change, apply }: Change, text: string): Mutant | null {
  const changed = read(text);
  apply(changed);
  const written = write(changed);
  return written === null ? null : { change, text: written };
}

interface Change {
  readonly change: string;
  apply(root: Value): void;
}

function read(text: string): Value {
  return JSON.parse(JSON.stringify(parse(text, { noLocation: true }))) as Value;
}

/** SDL that graphql-js reads, or null. */
function write(root: Value): string | null {
  try {
    const text = print(root as unknown as DocumentNode);
    parse(text);
    return text;
  } catch {
    return null;
  }
}

function changesOf(root: Value): Change[] {
  const found: Change[] = [];
  const visit = (value: Value, path: readonly (string | number)[]): void => {
    if (value === null || typeof value !== 'object') return;
    if (Array.isArray(value)) for (const [index] of value.entries()) found.push(...inList(path, index));
    else found.push(...ofNode(value as Node, path));
    for (const [key, child] of Object.entries(value)) visit(child, [...path, Array.isArray(value) ? Number(key) : key]);
  };
  visit(root, []);
  return found;
}

function inList(path: readonly (string | number)[], index: number): Change[] {
  const at = [...path, index].join('.');
  return [
    { change: `drop ${at}`, apply: (root) => void (get(root, path) as Value[]).splice(index, 1) },
    {
      change: `repeat ${at}`,
      apply: (root) => {
        const list = get(root, path) as Value[];
        list.splice(index, 0, structuredClone(list[index]!));
      },
    },
  ];
}

const newNames = ['Missing', '__x', 'Query', 'Node', 'User', 'Member', 'Filter', 'Role', 'DateTime', 'Int', 'String'];
const memberNames = ['id', 'owner', 'team', 'ADMIN', 'FIELD_DEFINITION', 'OBJECT', 'A', 'B', 'In', 'a', 'b', 'c', 'd'];

function ofNode(node: Node, path: readonly (string | number)[]): Change[] {
  const at = `${node.kind} ${path.join('.')}`;
  const put = (what: string, by: Value): Change => ({ change: `${what} ${at}`, apply: (root) => set(root, path, by) });
  if (node.kind === 'Name') {
    return [...newNames, ...memberNames].map((value) => put(`call ${value}`, { ...node, value }));
  }
  const changes: Change[] = [];
  if (/^(?:Named|List)Type$/.test(node.kind)) {
    changes.push(
      put('make a list of', { kind: 'ListType', type: node }),
      put('require', { kind: 'NonNullType', type: node }),
    );
  }
  if (node.kind === 'NonNullType' || node.kind === 'ListType') changes.push(put('unwrap', node['type']));
  if ('repeatable' in node) changes.push(put('turn repeatable', { ...node, repeatable: !node['repeatable'] }));
  if (/Type(?:Definition|Extension)$/.test(node.kind)) {
    for (const kind of kinds) if (kind !== node.kind) changes.push(put(`as ${kind}`, { ...node, kind }));
  }
  if (Array.isArray(node['directives'])) {
    for (const [text, directive] of directives) {
      changes.push(put(`apply ${text}`, { ...node, directives: [...node['directives'], directive] }));
    }
  }
  if (node.kind === 'InputValueDefinition') {
    const defaultValue = node['defaultValue'] ? undefined : { kind: 'NullValue' };
    changes.push(put('turn the default of', { ...node, defaultValue }));
  }
  if (/Value$/.test(node.kind)) for (const value of values) changes.push(put(`value ${JSON.stringify(value)}`, value));
  return changes;
}

const kinds = ['Scalar', 'Object', 'Interface', 'Union', 'Enum', 'InputObject'].flatMap((kind) => [
  `${kind}TypeDefinition`,
  `${kind}TypeExtension`,
]);

const directives = [
  '@deprecated',
  '@oneOf',
  '@specifiedBy(url: "a")',
  '@skip(if: true)',
  '@unknown',
  '@d',
  '@limit',
].map((text): [text: string, directive: Value] => {
  const { definitions } = read(`scalar A ${text}`) as { definitions: Node[] };
  return [text, (definitions[0]!['directives'] as Value[])[0]!];
});

const values: Value[] = [
  { kind: 'IntValue', value: '7' },
  { kind: 'StringValue', value: 'a' },
  { kind: 'EnumValue', value: 'ADMIN' },
  { kind: 'NullValue' },
  { kind: 'ListValue', values: [] },
  { kind: 'ObjectValue', fields: [] },
];

function get(root: Value, path: readonly (string | number)[]): Value {
  return path.reduce((value, key) => (value as { [key: string]: Value })[key]!, root);
}

function set(root: Value, path: readonly (string | number)[], by: Value): void {
  const holder = get(root, path.slice(0, -1)) as { [key: string]: Value };
  const key = path.at(-1);
  if (key !== undefined) holder[key] = structuredClone(by);
}
