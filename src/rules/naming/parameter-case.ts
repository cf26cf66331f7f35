import { renaming, renamingFix } from '../../conventions/renaming.ts';
import { renameArgument } from '../../languages/graphql/edit.ts';
import type { GraphQl } from '../../languages/graphql/graphql.ts';
import * as graphql from '../../languages/graphql/select.ts';
import type { Pointer } from '../../languages/openapi/pointer.ts';
import { type Parameter, parameters } from '../../languages/openapi/select.ts';
import { type Case, caseLabels, isCase, majority, toCase, wantedCase } from '../../words/cases.ts';
import { defineRule } from '../rule.ts';

const styles = ['snake', 'camel', 'kebab', 'pascal', 'lower'] as const satisfies readonly Case[];
type Style = 'majority' | (typeof styles)[number];

export default defineRule({
  id: 'naming/parameter-case',
  summary: 'parameters and arguments are written in one case',
  why: `A query parameter that is misspelled is silently ignored by most servers, so \`pageSize\` beside \`page_token\` costs an afternoon.
Header names are the same in any case; \`Hyphenated-Pascal\` is how everybody else writes them.`,
  sources: [
    'guide S4, Consistency Over Cleverness',
    'GraphQL specification, Appendix A (Conventions)',
    'Zalando 130',
    'Zalando 132',
    'AIP-140',
  ],
  equivalents: ['zally:130', 'zally:132', 'zally:M010', 'graphql-schema-linter:input-object-values-are-camel-cased'],
  options: {
    path: {
      description: 'The case of path parameters; `majority` is the one that most of them have.',
      default: 'majority' as Style,
      schema: { enum: ['majority', ...styles] },
    },
    query: {
      description: 'The case of query and cookie parameters.',
      default: 'majority' as Style,
      schema: { enum: ['majority', ...styles] },
    },
    header: {
      description: 'The case of headers.',
      default: 'hyphenated-pascal' as 'hyphenated-pascal' | 'kebab',
      schema: { enum: ['hyphenated-pascal', 'kebab'] },
    },
  },
  checks: {
    openapi: {
      good: `
openapi: 3.1.0
paths:
  /users/{userId}:
    get:
      parameters:
        - { name: userId, in: path, required: true }
        - { name: page_size, in: query }
        - { name: 'created_at[gte]', in: query }
        - { name: filter.created_at, in: query }
        - { name: pageToken, in: query, deprecated: true }
        - { name: X-Request-ID, in: header }
        - { name: ETag, in: header }
`,
      bad: `
openapi: 3.1.0
paths:
  /users/{userId}/orders/{order_id}/items/{itemId}:
    get:
      parameters:
        - { name: userId, in: path, required: true }
        - { name: order_id, in: path, required: true }
        - { name: itemId, in: path, required: true }
        - { name: page_size, in: query }
        - { name: page_token, in: query }
        - { name: sortBy, in: query }
        - { name: x-request-ID, in: header }
`,
      *find(api, { path, query, header }) {
        const judged = distinct(parameters(api).filter(({ value, at }) => value['deprecated'] !== true && !isScim(at)));
        yield* oddOnes('path', judged, path);
        yield* oddOnes('query', judged, query);
        yield* oddOnes('cookie', judged, query);
        for (const { name, at } of judged.filter(({ in: place }) => place === 'header')) {
          if (isHeaderCase(name, header)) continue;
          yield {
            at: at.child('name'),
            message: `The header \`${name}\` is not in ${caseLabels[header]}.`,
            help: `Write \`${asHeader(name, header)}\`; callers who send the old case are still understood.`,
          };
        }
      },
    },
    graphql: {
      good: `
type Query {
  orders(userID: ID, orderBy: String, old_name: Int @deprecated(reason: "Use \`first\`.")): [String!]
}

directive @cost(listSize: Int) on FIELD_DEFINITION
`,
      bad: `
type Query {
  orders(order_by: String, PageSize: Int): [String!]
}
`,
      fixable: 'unsafe',
      *find(api) {
        const all = argumentsOf(api);
        const odd = all.filter(({ name }) => !isCase(name, 'camel'));
        const other = habit(odd, all.length);
        if (other !== null) {
          const following = odd.filter(({ name }) => isCase(name, other));
          yield {
            at: following[0]!.at,
            message: `${following.length} of the ${all.length} arguments are in ${caseLabels[other]} rather than camelCase.`,
            help: 'Rename them together, in the next version.',
          };
        }
        for (const argument of odd) {
          const { name, at } = argument;
          if (other !== null && isCase(name, other)) continue;
          yield {
            at,
            message: `The argument \`${name}\` is not in camelCase.`,
            help: renaming(name, 'camel'),
            ...renamingFix(name, 'camel', (to) => renameArgument(api, argument, to)),
          };
        }
      },
    },
  },
});

/** Each name once per place, where it is defined first. */
function distinct(all: readonly Parameter[]): Parameter[] {
  const first = new Map<string, Parameter>();
  for (const parameter of all) {
    const key = `${parameter.in} ${parameter.name}`;
    if (!first.has(key)) first.set(key, parameter);
  }
  return [...first.values()];
}

function* oddOnes(place: string, all: readonly Parameter[], style: Style) {
  const here = all.filter((parameter) => parameter.in === place);
  const wanted = wantedCase(
    style,
    here.flatMap(({ name }) => partsOf(name)),
  );
  if (wanted === null) return;
  for (const { name, at } of here) {
    if (partsOf(name).every((part) => isCase(part, wanted))) continue;
    const most = style === 'majority' ? `, as most ${place} parameters of this API are` : '';
    yield {
      at: at.child('name'),
      message: `The ${place} parameter \`${name}\` is not in ${caseLabels[wanted]}${most}.`,
      help: `Write \`${name.replace(/[^.[\]:]+/g, (part) => (/\p{L}/u.test(part) ? toCase(part, wanted) : part))}\`.`,
    };
  }
}

/** The names in `filter[created_at]` and `user.name`; acronyms and what has no letters aside. */
function partsOf(name: string): string[] {
  return name.split(/[.[\]:]+/).filter((part) => /\p{L}/u.test(part));
}

/** Acronyms and inner capitals (`ETag`, `RateLimit`) are spelled as they are. */
function isHeaderCase(name: string, style: 'hyphenated-pascal' | 'kebab'): boolean {
  return style === 'kebab' ? isCase(name, 'kebab') : /^[A-Z0-9][A-Za-z0-9]*(?:-[A-Z0-9][A-Za-z0-9]*)*$/.test(name);
}

/** Only first letters change: what follows may be an acronym. */
function asHeader(name: string, style: 'hyphenated-pascal' | 'kebab'): string {
  const words = name.split(/[^\p{L}\p{N}]+/u).filter(Boolean);
  if (style === 'kebab') return words.join('-').toLowerCase();
  return words.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join('-');
}

/** The names of SCIM are prescribed (RFC 7644). */
function isScim({ path }: Pointer): boolean {
  return path[0] === 'paths' && /\/scim\//i.test(String(path[1]));
}

/** The arguments that the schema chose the names of: not again those of an interface's field, nor what is on its way out. */
function argumentsOf(api: GraphQl): readonly graphql.Argument[] {
  return graphql.everyArgument(api).filter(({ name, node, owner }) => {
    if (graphql.deprecationOf(node) || owner.at.element.includes('__')) return false;
    return !('owner' in owner) || !isPromised(api, owner, name);
  });
}

/** Whether an interface that the field's type implements has the argument. */
function isPromised(api: GraphQl, field: graphql.Field, argument: string): boolean {
  return field.owner.interfaces.some((use) => {
    const type = graphql.typeNamed(api, use.name);
    const promised = type && graphql.fieldNamed(type, field.name);
    return promised?.arguments.some(({ name }) => name === argument) ?? false;
  });
}

/** The case that a schema of some size has chosen instead: one decision, reported once. */
function habit(odd: readonly graphql.Argument[], total: number): Case | null {
  return odd.length >= 10 && odd.length * 2 > total ? majority(odd.map(({ name }) => name)) : null;
}
