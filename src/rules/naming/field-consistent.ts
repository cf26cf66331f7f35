import { isExplainedByInterface } from '../../conventions/graphql/documentation.ts';
import * as graphql from '../../languages/graphql/select.ts';
import { properties } from '../../languages/openapi/select.ts';
import * as protobuf from '../../languages/protobuf/select.ts';
import type { Place } from '../../text/place.ts';
import { isCase, majority } from '../../words/cases.ts';
import { defineRule } from '../rule.ts';

export default defineRule({
  id: 'naming/field-consistent',
  summary: 'one concept is spelled one way in all properties and fields',
  why: `\`userId\` here, \`userID\` there: code that copies one object into the other loses the value without an error, and searching for one
spelling misses the other.`,
  sources: ['guide S4, Exercise 1: API Design Audit', 'AIP-190', 'Zalando 118'],
  equivalents: ['ibm:ibm-avoid-property-name-collision'],
  checks: {
    openapi: {
      good: `
openapi: 3.1.0
components:
  schemas:
    User:
      properties:
        userId: {}
        orderIds: {}
    Order:
      properties:
        userId: {}
        orderId: {}
        user_name: {}
`,
      bad: `
openapi: 3.1.0
components:
  schemas:
    User:
      properties:
        userId: {}
        postCode: {}
    Order:
      properties:
        userId: {}
        postCode: {}
    Invoice:
      properties:
        userID: {}
        user_id: {}
        postcode: {}
`,
      *find(api) {
        yield* inconsistencies(
          'property',
          properties(api).map(({ name, at, owner }) => ({ name, at: at.onKey, owner: owner.value })),
        );
      },
    },
    graphql: {
      good: `
type User {
  userId: ID
  username: String
}

type Order {
  userId: ID
  user_id: ID @deprecated(reason: "Use \`userId\`.")
  userName: String
}
`,
      bad: `
type User {
  userId: ID
  postCode: String
}

type Order {
  userId: ID
  postCode: String
  userID: ID
}

input AddressInput {
  postcode: String
}
`,
      *find(api) {
        const own = graphql.fields(api).filter((field) => !isExplainedByInterface(api, field));
        yield* inconsistencies(
          'field',
          [...own, ...graphql.inputFields(api)].filter(({ node }) => !graphql.deprecationOf(node)),
        );
      },
    },
    protobuf: {
      good: `
syntax = "proto3";

message Order {
  string user_id = 1;
  string username = 2;
  string userid = 3 [deprecated = true];
}
`,
      bad: `
syntax = "proto3";

message Order {
  string post_code = 1;
  string user_id = 2;
}

message Invoice {
  string post_code = 1;
}

message Address {
  string postcode = 1;
}
`,
      *find(api) {
        yield* inconsistencies(
          'field',
          protobuf
            .messages(api)
            .flatMap(({ node: owner, fields }) =>
              fields
                .filter(({ node }) => !node.group && !protobuf.optionOf(node, 'deprecated'))
                .map(({ name, at }) => ({ name, at, owner })),
            ),
        );
      },
    },
  },
});

/** A property or a field. */
interface Member {
  readonly name: string;
  readonly at: Place;
  /** What it belongs to; those of one owner follow each other. */
  readonly owner: unknown;
}

function* inconsistencies(what: string, members: readonly Member[]) {
  const reported = new Set<string>();
  for (const [second, first] of clashes(members)) {
    reported.add(second.name);
    yield finding(second, first, `The ${what} \`${second.name}\` stands beside \`${first.name}\` in one object.`);
  }
  for (const [rare, usual] of variants(members)) {
    if (reported.has(rare.name)) continue;
    yield finding(rare, usual, `The ${what} \`${rare.name}\` is spelled \`${usual.name}\` elsewhere.`);
  }
}

function finding(odd: Member, usual: Member, message: string) {
  return {
    at: odd.at,
    message,
    help: 'Choose one spelling, and keep to it.',
    related: [{ message: `\`${usual.name}\` is here`, at: usual.at }],
  };
}

/** Members of one object that only case and separators tell apart, each pair of names once. */
function* clashes(members: readonly Member[]): Generator<[second: Member, first: Member]> {
  const seen = new Set<string>();
  let owner: unknown;
  let names = new Map<string, Member>();
  for (const member of members) {
    if (member.owner !== owner) [owner, names] = [member.owner, new Map()];
    const key = fold(member.name);
    const first = names.get(key);
    if (!first) names.set(key, member);
    else if (isWord(key) && first.name !== member.name && !seen.has(`${first.name} ${member.name}`)) {
      seen.add(`${first.name} ${member.name}`);
      yield [member, first];
    }
  }
}

/**
 * Spellings that the API's own case allows alike (`userId` and `userID`, `username` and `user_name`), the rarer one
 * first. What breaks the case is up to `naming/field-case`.
 */
function* variants(members: readonly Member[]): Generator<[rare: Member, usual: Member]> {
  const spellings = new Map<string, { first: Member; count: number }>();
  for (const member of members) {
    const known = spellings.get(member.name);
    if (known) known.count++;
    else spellings.set(member.name, { first: member, count: 1 });
  }
  const style = majority(spellings.keys());
  if (style === null) return;
  const groups = new Map<string, { first: Member; count: number }[]>();
  for (const [name, spelling] of spellings) {
    const key = fold(name);
    if (!isWord(key) || !isCase(name, style)) continue;
    const group = groups.get(key);
    if (group) group.push(spelling);
    else groups.set(key, [spelling]);
  }
  for (const group of groups.values()) {
    const usual = group.reduce((best, other) => (other.count > best.count ? other : best));
    for (const { first } of group) if (first !== usual.first) yield [first, usual.first];
  }
}

const fold = (name: string): string => name.replace(/(?<=.)[_-]/g, '').toLowerCase();

/** Letters and abbreviations mean several things, and a `username` is not a user's name. */
const isWord = (folded: string): boolean => /^\p{L}[\p{L}\p{N}]{3,}$/u.test(folded) && folded !== 'username';
