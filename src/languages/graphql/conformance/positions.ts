import type { Finding } from '../../../text/problem.ts';
import type { TypeKind } from '../elements.ts';
import type { GraphQl } from '../graphql.ts';
import { type TypeUse, types, typeUses } from '../select.ts';
import { kindNamed } from './certain.ts';
import { aKind } from './words.ts';

/** Types where none of their kind may stand: input types as results, scalars in unions, objects as arguments, … */
export function* positionDepartures(api: GraphQl): Generator<Finding> {
  for (const use of typeUses(api)) {
    const kind = kindNamed(api, use.name);
    if (kind !== undefined && !isAllowed(use.as, kind)) yield misplaced(use, kind);
  }
  yield* repeatedMembers(api);
}

type Position = TypeUse['as'];

/** GraphQL specification, sections 3.4.2 (IsInputType, IsOutputType), 3.3.1, 3.6 and 3.8. */
const allowed: Readonly<Record<Position, readonly TypeKind[]>> = {
  output: ['scalar', 'type', 'interface', 'union', 'enum'],
  input: ['scalar', 'enum', 'input'],
  interface: ['interface'],
  member: ['type'],
  root: ['type'],
};

/** Whether a type of that kind may be named in that position. */
export function isAllowed(as: Position, kind: TypeKind): boolean {
  return allowed[as].includes(kind);
}

function misplaced({ name, at, as }: TypeUse, kind: TypeKind): Finding {
  return { at, message: `\`${name}\` is ${aKind(kind)}: ${reasons[as]}.`, help: remedies[as] };
}

const reasons: Readonly<Record<Position, string>> = {
  output: 'no field can return it',
  input: 'it cannot be passed as input',
  interface: 'nothing can implement it',
  member: 'a union consists of object types',
  root: 'operations begin at object types',
};

const remedies: Readonly<Record<Position, string>> = {
  output: 'Return an object type, an interface, a union, an enum or a scalar.',
  input: 'Take a scalar, an enum or an input type.',
  interface: 'Make it an interface, or leave it out.',
  member: 'Name object types only; a scalar can be wrapped in one.',
  root: 'Name an object type.',
};

function* repeatedMembers(api: GraphQl): Generator<Finding> {
  for (const type of types(api)) {
    const firsts = new Map<string, TypeUse>();
    for (const member of type.members) {
      const first = firsts.get(member.name);
      if (!first) firsts.set(member.name, member);
      else if (kindNamed(api, type.name)) yield repeated(type.name, member, first);
    }
  }
}

function repeated(union: string, { at, name }: TypeUse, first: TypeUse): Finding {
  return {
    at,
    message: `\`${union}\` names its member \`${name}\` twice.`,
    help: 'Name each member once.',
    related: [{ message: 'it is named here first', at: first.at }],
  };
}
