import { negated } from '../../languages/openapi/bounds.ts';
import { asString } from '../../languages/openapi/json.ts';
import { everySchema, type Node, typesOf } from '../../languages/openapi/select.ts';
import { titleOf } from '../../languages/openapi/titles.ts';
import { defineRule } from '../rule.ts';

export default defineRule({
  id: 'security/pattern-anchored',
  summary: 'the `pattern` of a string starts with `^` and ends with `$`',
  why: `A pattern without anchors is satisfied by any string that contains a match somewhere: \`[0-9]{4}\` lets through whatever stands
before and after four digits.`,
  sources: ['JSON Schema Validation 2020-12, section 6.3.3', 'guide S2, Input Validation & Sanitization'],
  equivalents: ['ibm:ibm-anchored-patterns'],
  checks: {
    openapi: {
      good: `
openapi: 3.1.0
components:
  schemas:
    Pin: { type: string, pattern: '^[0-9]{4}$' }
    Order: { type: string, pattern: '^(asc)|(desc)$' }
    Number: { type: integer, pattern: '[0-9]' }
    Other: { type: string, not: { type: string, pattern: '[0-9]' } }
`,
      bad: `
openapi: 3.1.0
components:
  schemas:
    Pin: { type: string, pattern: '[0-9]{4}' }
    Sku: { type: string, pattern: '^[A-Z]{3}' }
    Price: { type: string, allOf: [{ pattern: '[0-9]+\\$$' }] }
`,
      *find(api) {
        const excluded = negated(api);
        for (const schema of everySchema(api)) {
          const pattern = asString(schema.value['pattern']);
          if (pattern === undefined || !isString(schema) || excluded.has(schema)) continue;
          const missing = [pattern.startsWith('^') ? '' : '`^`', /(?:^|[^\\])(?:\\\\)*\$$/.test(pattern) ? '' : '`$`'];
          const [first, second] = missing.filter(Boolean);
          if (first === undefined) continue;
          yield {
            at: schema.at.child('pattern'),
            message: `The pattern of ${titleOf(schema.at)} lacks ${second ? `${first} and ${second}` : first}.`,
            help: 'Anchor it on both sides, so that it has to match the whole string.',
          };
        }
      },
    },
  },
});

/** Whether a schema is one of strings, by its own type or, where it has none, by that of the schema that combines it. */
function isString(schema: Node): boolean {
  let node = schema;
  while (typesOf(node.value).length === 0 && node.parent?.kind === 'Schema' && combining.has(node.field)) {
    node = node.parent;
  }
  return typesOf(node.value).includes('string');
}

const combining: ReadonlySet<string> = new Set(['allOf', 'anyOf', 'oneOf']);
