import { everySchema, type Node, typesOf } from '../../languages/openapi/select.ts';
import { titleOf } from '../../languages/openapi/titles.ts';
import { article } from '../../languages/openapi/values/words.ts';
import { defineRule } from '../rule.ts';

export default defineRule({
  id: 'schemas/keyword-fits-type',
  summary: 'the keywords of a schema are about values of its type',
  why: `\`maxLength\` on an integer and \`properties\` on an array are ignored without a word: whoever wrote them believes that something is checked, and nothing
is. Usually the type is wrong, or the keyword belongs into \`items\`.`,
  sources: ['JSON Schema 2020-12, section 7.6.1', 'JSON Schema Validation 2020-12, section 6'],
  equivalents: ['redocly:no-schema-type-mismatch', 'ibm:ibm-property-attributes', 'vacuum:oas-schema-check'],
  checks: {
    openapi: {
      good: `
openapi: 3.1.0
components:
  schemas:
    Name: { type: string, maxLength: 80 }
    Names: { type: [array, 'null'], items: { type: string }, maxItems: 9 }
    Either: { type: [string, integer], maxLength: 20, maximum: 99 }
    Untyped: { maxLength: 20 }
    Form:
      type: object
      properties:
        maxLength: { type: integer }
`,
      bad: `
openapi: 3.1.0
components:
  schemas:
    Age: { type: integer, maxLength: 3 }
    Price: { type: string, minimum: 0 }
    Tags: { type: array, items: { type: string }, properties: { tag: { type: string } } }
    User: { type: object, items: { type: string } }
`,
      *find(api) {
        for (const schema of everySchema(api)) {
          const types = typesOf(schema.value);
          // A type that nobody knows is a matter of structure.
          if (types.length === 0 || !types.every((type) => knownTypes.has(type))) continue;
          for (const { keyword, type } of strangers(schema, types)) {
            yield {
              at: schema.at.child(keyword).onKey,
              message: `\`${keyword}\` is ignored on ${titleOf(schema.at)}, which is ${article(types[0]!)}.`,
              help: helpFor(schema, types, keyword, type),
            };
          }
        }
      },
    },
  },
});

const keywordsByType: ReadonlyMap<string, readonly string[]> = new Map([
  ['string', ['maxLength', 'minLength', 'pattern']],
  ['number', ['maximum', 'minimum', 'exclusiveMaximum', 'exclusiveMinimum', 'multipleOf']],
  [
    'array',
    [
      'items',
      'prefixItems',
      'maxItems',
      'minItems',
      'uniqueItems',
      'contains',
      'maxContains',
      'minContains',
      'unevaluatedItems',
    ],
  ],
  [
    'object',
    [
      'properties',
      'additionalProperties',
      'patternProperties',
      'propertyNames',
      'maxProperties',
      'minProperties',
      'dependentRequired',
      'unevaluatedProperties',
    ],
  ],
]);

const knownTypes = new Set(['string', 'number', 'integer', 'boolean', 'array', 'object']);

/** The type that each keyword is for. */
const typeFor: ReadonlyMap<string, string> = new Map(
  [...keywordsByType].flatMap(([type, keywords]) => keywords.map((keyword) => [keyword, type] as const)),
);

/** The keywords that none of the types has, each with the type it is for. */
function strangers({ value }: Node, types: readonly string[]): { keyword: string; type: string }[] {
  const found: { keyword: string; type: string }[] = [];
  for (const keyword in value) {
    const type = typeFor.get(keyword);
    if (type === undefined || types.includes(type) || (type === 'number' && types.includes('integer'))) continue;
    if (value[keyword] !== undefined) found.push({ keyword, type });
  }
  return found;
}

function helpFor({ value }: Node, types: readonly string[], keyword: string, type: string): string {
  const belongsToItems = types.includes('array') && value['items'] !== undefined;
  if (belongsToItems) return `Move \`${keyword}\` into \`items\`, or leave it out.`;
  return `It is for ${type}s: correct the type, or leave it out.`;
}
