import { schemas, typesOf } from '../../languages/openapi/select.ts';
import { capitalised, titleOf } from '../../languages/openapi/titles.ts';
import { article, listed } from '../../languages/openapi/values/words.ts';
import { defineRule } from '../rule.ts';

export default defineRule({
  id: 'schemas/type-single',
  summary: 'a schema has one type, besides null',
  why: `Most languages have no type for "a string or a number". Generated clients fall back to untyped values, and every reader of the value has to ask first
what it is.`,
  sources: ['OpenAPI 3.1.1, Schema Object', 'JSON Schema Validation 2020-12, section 6.1.1'],
  equivalents: ['ibm:ibm-avoid-multiple-types'],
  checks: {
    openapi: {
      good: `
openapi: 3.1.0
components:
  schemas:
    Name: { type: [string, 'null'] }
    Age: { type: [integer] }
`,
      bad: `
openapi: 3.1.0
components:
  schemas:
    Size: { type: [string, integer] }
`,
      *find(api) {
        for (const { value, at } of schemas(api)) {
          const types = typesOf(value);
          if (types.length < 2) continue;
          yield {
            at: at.child('type'),
            message: `${capitalised(titleOf(at))} may be ${listed(types.map(article), 'or')}.`,
            help: 'Settle for one type, or make alternatives of it with `oneOf`.',
          };
        }
      },
    },
  },
});
