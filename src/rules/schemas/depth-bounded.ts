import { type Collection, collections } from '../../conventions/graphql/collections.ts';
import type { GraphQl } from '../../languages/graphql/graphql.ts';
import * as graphql from '../../languages/graphql/select.ts';
import { defineRule } from '../rule.ts';

export default defineRule({
  id: 'schemas/depth-bounded',
  summary: 'lists that lead back to themselves have a limit, or say how deep one may ask',
  why: `\`users { orders { user { orders { … } } } }\` multiplies with every step: a query of a few lines asks for millions of things. Servers need a limit of
depth or cost then, and clients need to know of it before they run into it.`,
  sources: ['guide S4, GraphQL Schema Design', 'OWASP API4:2023', 'OWASP GraphQL Cheat Sheet'],
  equivalents: [],
  checks: {
    graphql: {
      good: `
type User {
  id: ID!
  orders(first: Int, after: String): [Order!]!
  "At most 50 of them, and no friends of friends of friends: queries are 6 levels deep at most."
  friends: [User!]!
}

type Order {
  user: User!
  items: [Item!]!
}

type Item {
  name: String!
}
`,
      bad: `
type User {
  id: ID!
  orders: [Order!]!
  friends: [User!]!
}

type Order {
  user: User!
}
`,
      *find(api) {
        const rings = ringsOf(api);
        for (const { field, form, item, paging } of collections(api)) {
          if (form !== 'list' || !item || paging.limits.length > 0 || isBounded(field)) continue;
          const ring = rings.get(item.name);
          if (ring === undefined || ring !== rings.get(field.owner.name)) continue;
          yield {
            at: field.at,
            message: `\`${field.name}\` can be nested without end: \`${item.name}\` leads back to \`${field.owner.name}\`, and the list has no limit.`,
            help: 'Take `first`, or say in its description how deep or how costly a query may be.',
          };
        }
      },
    },
  },
});

function isBounded({ node }: Collection['field']): boolean {
  if (/\b(?:depth|deep|complexity|cost|at most|up to|no more than|maximum)\b/i.test(graphql.descriptionOf(node)))
    return true;
  return (node.directives ?? []).some(({ name }) => /^(?:cost|listSize|complexity|depth|constraint)$/.test(name.value));
}

/**
 * Which types lead to each other: types of one ring have the same number. Found by Tarjan's algorithm without recursion, since
 * schemas can be long chains.
 */
function ringsOf(api: GraphQl): ReadonlyMap<string, number> {
  const rings = new Map<string, number>();
  const order = new Map<string, number>();
  const lowest = new Map<string, number>();
  const open: string[] = [];
  for (const { name: start } of graphql.types(api)) {
    if (order.has(start)) continue;
    const path: { readonly name: string; readonly next: Iterator<string> }[] = [];
    const enter = (name: string) => {
      order.set(name, order.size);
      lowest.set(name, order.get(name)!);
      open.push(name);
      path.push({ name, next: nextTo(api, name)[Symbol.iterator]() });
    };
    enter(start);
    while (path.length > 0) {
      const { name, next } = path.at(-1)!;
      const { value: other, done } = next.next();
      if (done) {
        path.pop();
        const above = path.at(-1)?.name;
        if (above !== undefined) lowest.set(above, Math.min(lowest.get(above)!, lowest.get(name)!));
        if (lowest.get(name) !== order.get(name)) continue;
        for (let member = open.pop(); member !== undefined; member = member === name ? undefined : open.pop()) {
          rings.set(member, order.get(name)!);
        }
      } else if (!order.has(other)) enter(other);
      else if (!rings.has(other)) lowest.set(name, Math.min(lowest.get(name)!, order.get(other)!));
    }
  }
  return rings;
}

/** The types that the fields of a type return, and for unions and interfaces what they stand for. */
function nextTo(api: GraphQl, name: string): Set<string> {
  const type = graphql.typeNamed(api, name);
  if (!type) return new Set();
  const returned = type.fields.map(({ node }) => graphql.namedType(node.type).name.value);
  const found = new Set([...returned, ...type.members.map((member) => member.name)]);
  return new Set([...found].filter((other) => graphql.typeNamed(api, other)));
}
