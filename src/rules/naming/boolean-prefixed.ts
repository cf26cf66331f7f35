import type { OpenApi } from '../../languages/openapi/openapi.ts';
import type { Pointer } from '../../languages/openapi/pointer.ts';
import type { At } from '../../languages/openapi/references.ts';
import { effectiveTypes, parameters, properties } from '../../languages/openapi/select.ts';
import { isBooleanName } from '../../words/booleans.ts';
import { split } from '../../words/split.ts';
import { defineRule } from '../rule.ts';

export default defineRule({
  id: 'naming/boolean-prefixed',
  summary: 'names of booleans read as a question',
  why: `\`is_active\` can only be yes or no; \`active\` may be a date, a count or a list. Opinions differ (AIP-140 asks for the opposite), so a
team decides once.`,
  sources: ['guide S4, Consistency Over Cleverness'],
  equivalents: ['redocly:boolean-parameter-prefixes'],
  options: {
    prefixes: {
      description: 'First words that are right besides `is`, `has`, `can`, `should` and the like.',
      default: [] as readonly string[],
      schema: { type: 'array', items: { type: 'string' } },
    },
  },
  checks: {
    openapi: {
      good: `
openapi: 3.1.0
paths:
  /users:
    get:
      parameters:
        - { name: is_active, in: query, schema: { type: boolean } }
components:
  schemas:
    User:
      properties:
        hasOrders: { type: boolean }
        island: { type: string }
`,
      bad: `
openapi: 3.1.0
paths:
  /users:
    get:
      parameters:
        - { name: active, in: query, schema: { type: boolean } }
components:
  schemas:
    User:
      properties:
        verified: { type: boolean }
`,
      *find(api, { prefixes }) {
        const allowed = new Set(prefixes.map((prefix) => prefix.toLowerCase()));
        for (const { name, at, what } of booleans(api)) {
          if (isBooleanName(name) || allowed.has(split(name)[0] ?? '')) continue;
          yield {
            at,
            message: `The boolean ${what} \`${name}\` does not read as a question.`,
            help: 'Begin with `is`, `has`, `can` or `should`.',
          };
        }
      },
    },
  },
});

/** The booleans of an API, each name once. */
function* booleans(api: OpenApi): Generator<{ name: string; at: Pointer; what: string }> {
  const seen = new Set<string>();
  const isNewBoolean = (what: string, name: string, schema: At | undefined): boolean => {
    if (seen.has(`${what} ${name}`) || effectiveTypes(api, schema).join() !== 'boolean') return false;
    seen.add(`${what} ${name}`);
    return true;
  };
  for (const { name, at, schema } of parameters(api)) {
    if (isNewBoolean('parameter', name, schema)) yield { name, at: at.child('name'), what: 'parameter' };
  }
  for (const property of properties(api)) {
    const { name, at } = property;
    if (isNewBoolean('property', name, property)) yield { name, at: at.onKey, what: 'property' };
  }
}
