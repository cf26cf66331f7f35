import type { OpenApi } from '../../languages/openapi/openapi.ts';
import { type Property, properties } from '../../languages/openapi/select.ts';
import { isCase, majority } from '../../words/cases.ts';
import { defineRule } from '../rule.ts';

export default defineRule({
  id: 'naming/field-consistent',
  summary: 'one concept is spelled one way in all properties',
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
        const reported = new Set<string>();
        for (const [second, first] of clashes(api)) {
          reported.add(second.name);
          yield finding(
            second,
            first,
            `The property \`${second.name}\` stands beside \`${first.name}\` in one object.`,
          );
        }
        for (const [rare, usual] of variants(api)) {
          if (reported.has(rare.name)) continue;
          yield finding(rare, usual, `The property \`${rare.name}\` is spelled \`${usual.name}\` elsewhere.`);
        }
      },
    },
  },
});

function finding(odd: Property, usual: Property, message: string) {
  return {
    at: odd.at.onKey,
    message,
    help: 'Choose one spelling, and keep to it.',
    related: [{ message: `\`${usual.name}\` is here`, at: usual.at.onKey }],
  };
}

/** Properties of one object that only case and separators tell apart, each pair of names once. */
function* clashes(api: OpenApi): Generator<[second: Property, first: Property]> {
  const seen = new Set<string>();
  let owner: unknown;
  let names = new Map<string, Property>();
  for (const property of properties(api)) {
    if (property.owner.value !== owner) [owner, names] = [property.owner.value, new Map()];
    const key = fold(property.name);
    const first = names.get(key);
    if (!first) names.set(key, property);
    else if (isWord(key) && !seen.has(`${first.name} ${property.name}`)) {
      seen.add(`${first.name} ${property.name}`);
      yield [property, first];
    }
  }
}

/**
 * Spellings that the API's own case allows alike (`userId` and `userID`, `username` and `user_name`), the rarer one
 * first. What breaks the case is up to `naming/field-case`.
 */
function* variants(api: OpenApi): Generator<[rare: Property, usual: Property]> {
  const spellings = new Map<string, { first: Property; count: number }>();
  for (const property of properties(api)) {
    const known = spellings.get(property.name);
    if (known) known.count++;
    else spellings.set(property.name, { first: property, count: 1 });
  }
  const style = majority(spellings.keys());
  if (style === null) return;
  const groups = new Map<string, { first: Property; count: number }[]>();
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
