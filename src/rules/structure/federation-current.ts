import { isSubgraph, links } from '../../languages/graphql/federation.ts';
import { type FieldSet, fieldSets, missingField } from '../../languages/graphql/field-sets.ts';
import type { GraphQl } from '../../languages/graphql/graphql.ts';
import { type DirectiveUse, directiveUses } from '../../languages/graphql/select.ts';
import { closest } from '../../text/closest.ts';
import type { Finding } from '../../text/problem.ts';
import { defineRule } from '../rule.ts';

export default defineRule({
  id: 'structure/federation-current',
  summary: 'subgraphs link to Federation 2, import what they use, and name keys that exist',
  why: `Without \`@link\` a subgraph is read as Federation 1: what newer directives ask for is refused, and types that several subgraphs share
are merged by older rules. A directive that is not imported, or a key that names no field, stops the composition of the
whole graph, not only of this part.`,
  sources: [
    'guide S4, Federation Pattern for Microservices',
    'Apollo Federation, Moving to Apollo Federation 2',
    'https://specs.apollo.dev/federation/v2.3',
  ],
  equivalents: [],
  checks: {
    graphql: {
      good: `
extend schema
  @link(url: "https://specs.apollo.dev/federation/v2.3", import: ["@key", "@shareable", { name: "@external", as: "@foreign" }])

type Query { order(id: ID!): Order }

type Order @key(fields: "id buyer { id }") {
  id: ID!
  buyer: User!
  total: Int @shareable
  weight: Int @federation__inaccessible
}

type User @key(fields: "id", resolvable: false) { id: ID! @foreign }
`,
      bad: {
        'orders/schema.graphql': `
extend schema @link(url: "https://specs.apollo.dev/federation/v2.3", import: ["@key"])

type Query { order(id: ID!): Order }

type Order @key(fields: "idd") @key(fields: "id {") { id: ID!, total: Int @shareable }
`,
        'users/schema.graphql': `
extend type Query { me: User }

type User @key(fields: "id") { id: ID! }
`,
      },
      *find(api) {
        if (!isSubgraph(api)) return;
        const uses = directiveUses(api).filter((use) => isFederated(api, use));
        const linked = links(api).filter(({ url }) => /\/federation\//.test(url));
        if (linked.length === 0) yield* unlinked(uses);
        else yield* unimported(uses, new Set(linked.flatMap(({ imports }) => imports)));
        for (const set of fieldSets(api)) yield* judge(api, set);
      },
    },
  },
});

/** Directives of Federation that need no other prefix. A schema that defines one itself knows what it does. */
const federated = new Set([
  ...['key', 'requires', 'provides', 'external', 'tag', 'extends', 'shareable', 'inaccessible', 'override'],
  ...['composeDirective', 'interfaceObject', 'authenticated', 'requiresScopes', 'policy'],
]);

function isFederated(api: GraphQl, { name }: DirectiveUse): boolean {
  return federated.has(name) && !api.index.directiveDefinitions.has(name);
}

/** One finding for the schema: one `@link` mends all. */
function* unlinked([first]: readonly DirectiveUse[]): Generator<Finding> {
  if (!first) return;
  yield {
    at: first.at,
    message: `\`@${first.name}\` is read as Federation 1: the schema does not link to Federation 2.`,
    help: 'Write `extend schema @link(url: "https://specs.apollo.dev/federation/v2.3", import: ["@key"])`, with all that you use.',
  };
}

/** One finding for each directive that is used and not imported, where it is used first. */
function* unimported(uses: readonly DirectiveUse[], imported: ReadonlySet<string>): Generator<Finding> {
  const told = new Set<string>();
  for (const { name, at } of uses) {
    if (imported.has(`@${name}`) || told.has(name)) continue;
    told.add(name);
    yield {
      at,
      message: `\`@${name}\` is not imported from Federation.`,
      help: `Add \`"@${name}"\` to the \`import\` of its \`@link\`, or write \`@federation__${name}\`.`,
    };
  }
}

function* judge(api: GraphQl, set: FieldSet): Generator<Finding> {
  const { at, directive, value } = set;
  try {
    const missing = missingField(api, set);
    if (!missing) return;
    const meant = closest(
      missing.name,
      missing.type.fields.map(({ name }) => name),
    );
    yield {
      at,
      message: `\`@${directive}\` names \`${missing.name}\`, and \`${missing.type.name}\` has no such field.`,
      help: meant === null ? 'Name fields that the type has in this subgraph.' : `Did you mean \`${meant}\`?`,
    };
  } catch {
    yield {
      at,
      message: `\`${value.value}\` is no set of fields for \`@${directive}\`.`,
      help: 'Name fields with spaces between them, those of objects in braces: `id organization { id }`.',
    };
  }
}
