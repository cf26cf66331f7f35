import { asString, type JsonObject, keysOf } from '../../languages/openapi/json.ts';
import type { OpenApi } from '../../languages/openapi/openapi.ts';
import { everySchema, type Node, partsOf } from '../../languages/openapi/select.ts';
import { titleOf } from '../../languages/openapi/titles.ts';
import { quote } from '../../languages/openapi/values/words.ts';
import type { Finding } from '../../text/problem.ts';
import { defineRule } from '../rule.ts';

export default defineRule({
  id: 'schemas/bounds-coherent',
  summary: 'a lower bound is not above its upper bound, and patterns are regular expressions',
  why: `Bounds that exclude each other let no value through, and a pattern that does not compile makes validators fail at the first request,
or ignore it. JSON Schema patterns are those of ECMA-262: inline flags such as \`(?i)\`, \`\\\\A\` and possessive quantifiers
belong to other languages.`,
  sources: [
    'JSON Schema Validation 2020-12, section 6',
    'ECMA-262, RegExp',
    'guide S0, Input Validation and Sanitization',
    'OpenAPI 3.0.4, Schema Object',
  ],
  equivalents: [
    'ibm:ibm-integer-attributes',
    'ibm:ibm-property-attributes',
    'redocly:no-mixed-number-range-constraints',
    'vacuum:oas-schema-check',
  ],
  checks: {
    openapi: {
      good: `
openapi: 3.1.0
components:
  schemas:
    Name: { type: string, minLength: 1, maxLength: 1, pattern: '^\\p{L}+$' }
    Age: { type: integer, minimum: 0, exclusiveMaximum: 150 }
    Tags: { type: array, minItems: 1, maxItems: 10, items: { type: string } }
    Slug: { type: string, pattern: '^[a-z0-9-]+$' }
`,
      bad: `
openapi: 3.1.0
components:
  schemas:
    Name: { type: string, minLength: 10, maxLength: 5 }
    Age: { type: integer, minimum: 150, maximum: 0 }
    Ratio: { type: number, exclusiveMinimum: 1, maximum: 1 }
    Year: { type: integer, allOf: [{ minimum: 2000 }, { maximum: 1999 }] }
    Count: { type: integer, format: int32, maximum: 5000000000 }
    Share: { type: number, minimum: 0, exclusiveMinimum: 0 }
    Slug: { type: string, pattern: '^[a-z' }
    Code: { type: string, pattern: '(?i)[a-z]+' }
    Labels: { type: object, patternProperties: { '*': { type: string } } }
`,
      *find(api) {
        for (const schema of everySchema(api)) {
          if (!Object.keys(schema.value).some((keyword) => judged.has(keyword))) continue;
          yield* crossed(schema);
          yield* crossedInParts(api, schema);
          yield* beyondFormat(schema);
          if (api.version === '3.1' || api.version === '3.2') yield* toldTwice(schema);
          yield* brokenPatterns(schema);
        }
      },
    },
  },
});

/** Pairs of bounds, the lower first. */
const pairs = [
  ['minLength', 'maxLength'],
  ['minItems', 'maxItems'],
  ['minProperties', 'maxProperties'],
  ['minContains', 'maxContains'],
] as const;

/** Most schemas have none of these. */
const judged = new Set([
  'minLength',
  'minItems',
  'minProperties',
  'minContains',
  'minimum',
  'maximum',
  'exclusiveMinimum',
  'exclusiveMaximum',
  'pattern',
  'patternProperties',
  'allOf',
]);

function* crossed({ value, at }: Node): Generator<Finding> {
  for (const [low, high] of [...pairs, ...numericPairs(value)]) {
    const least = value[low];
    const most = value[high];
    if (typeof least !== 'number' || typeof most !== 'number') continue;
    const exclusive = excludes(value, low) || excludes(value, high);
    if (exclusive ? least < most : least <= most) continue;
    yield {
      // Of numbers, the schema: its bounds may be told in several ways.
      at: lows.includes(low) ? at : at.child(low),
      message: `No value fits ${titleOf(at)}: ${words(value, low, least)} leaves nothing below ${words(value, high, most)}.`,
      help: 'Swap or correct the bounds.',
      related: [{ message: 'The other bound', at: at.child(high) }],
    };
  }
}

/** A schema may have an inclusive and an exclusive bound at either end; in 2.0 and 3.0 the exclusive ones are booleans. */
function numericPairs(value: JsonObject): (readonly [string, string])[] {
  if (lows.every((low) => value[low] === undefined)) return [];
  return lows.flatMap((low) => highs.map((high) => [low, high] as const));
}

const lows = ['minimum', 'exclusiveMinimum'];
const highs = ['maximum', 'exclusiveMaximum'];

function excludes(value: JsonObject, bound: string): boolean {
  if (bound.startsWith('exclusive')) return true;
  return (
    (bound === 'minimum' && value['exclusiveMinimum'] === true) ||
    (bound === 'maximum' && value['exclusiveMaximum'] === true)
  );
}

function words(value: JsonObject, bound: string, limit: number): string {
  return `\`${bound}\` ${limit}${!bound.startsWith('exclusive') && excludes(value, bound) ? ' (exclusive)' : ''}`;
}

function isAbove(low: unknown, high: unknown): boolean {
  return typeof low === 'number' && typeof high === 'number' && low > high;
}

/** Bounds that only cross when the members of `allOf` are taken together. */
function* crossedInParts(api: OpenApi, schema: Node): Generator<Finding> {
  if (!Array.isArray(schema.value['allOf'])) return;
  const parts = partsOf(api, schema);
  for (const [low, high] of [...pairs, ['minimum', 'maximum'] as const]) {
    const bound = (name: string, choose: (...numbers: number[]) => number) =>
      choose(...parts.map(({ value }) => value[name]).filter((limit) => typeof limit === 'number'));
    const least = bound(low, Math.max);
    const most = bound(high, Math.min);
    // What one member says alone is told there.
    if (least <= most || parts.some(({ value }) => isAbove(value[low], value[high]))) continue;
    yield {
      at: schema.at,
      message: `No value fits ${titleOf(schema.at)}: its \`allOf\` asks for \`${low}\` ${least} and \`${high}\` ${most} at once.`,
      help: 'Correct the bounds.',
    };
  }
}

const mostInt32 = 2 ** 31;

function* beyondFormat({ value, at }: Node): Generator<Finding> {
  if (value['format'] !== 'int32') return;
  for (const bound of [...lows, ...highs]) {
    const limit = value[bound];
    if (typeof limit !== 'number' || (limit >= -mostInt32 && limit <= mostInt32)) continue;
    yield {
      at,
      message: `The \`${bound}\` ${limit} of ${titleOf(at)} is more than the format \`int32\` can hold.`,
      help: 'Use `int64`, or correct the bound.',
    };
  }
}

/** Since 3.1 the exclusive bounds are numbers of their own: with two at one end, one of them says nothing. */
function* toldTwice({ value, at }: Node): Generator<Finding> {
  for (const [inclusive, exclusive] of [
    ['minimum', 'exclusiveMinimum'],
    ['maximum', 'exclusiveMaximum'],
  ] as const) {
    if (typeof value[inclusive] !== 'number' || typeof value[exclusive] !== 'number') continue;
    yield {
      at: at.child(exclusive),
      message: `\`${inclusive}\` and \`${exclusive}\` stand together on ${titleOf(at)}, and one of them says nothing.`,
      help: 'Keep the one that is meant.',
    };
  }
}

function* brokenPatterns({ value, at }: Node): Generator<Finding> {
  const pattern = asString(value['pattern']);
  const patterns = pattern === undefined ? [] : [{ text: pattern, place: at.child('pattern') }];
  for (const key of keysOf(value['patternProperties'])) {
    patterns.push({ text: key, place: at.child('patternProperties').child(key).onKey });
  }
  for (const { text, place } of patterns) {
    const fault = faultOf(text);
    if (fault === null) continue;
    yield {
      at: place,
      message: `The pattern ${quote(text)} of ${titleOf(at)} is no regular expression: ${fault}.`,
      help: 'Write it in the syntax of ECMA-262 (JavaScript), without delimiters and flags.',
    };
  }
}

/** What is wrong with a pattern, in the engine's words, or null. Old patterns that the `u` flag refuses are let through. */
function faultOf(pattern: string): string | null {
  for (const flags of ['u', '']) {
    try {
      new RegExp(pattern, flags);
      return null;
    } catch (error) {
      if (flags === '') return reasonOf(error);
    }
  }
  return null;
}

/** `Invalid regular expression: /(?i)/: Invalid group` → `invalid group`. */
function reasonOf(error: unknown): string {
  const reason = error instanceof Error ? error.message.split(': ').at(-1)! : 'it does not compile';
  return reason.charAt(0).toLowerCase() + reason.slice(1);
}
