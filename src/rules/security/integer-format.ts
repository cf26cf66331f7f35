import { isLimited, schemasOfType } from '../../languages/openapi/bounds.ts';
import { capitalised, titleOf } from '../../languages/openapi/titles.ts';
import { defineRule } from '../rule.ts';

export default defineRule({
  id: 'security/integer-format',
  summary: 'integers say how large they can be with a `format`',
  why: `Generated clients and servers choose a width for an integer without a format, and not the same one: what one side sends
overflows on the other.`,
  sources: ['OpenAPI Format Registry: int32, int64', 'OWASP API4:2023', 'Zalando #171'],
  equivalents: [
    'owasp:api4:2023-integer-format',
    'vacuum:owasp-integer-format',
    'zally:171',
    'ibm:ibm-integer-attributes',
  ],
  checks: {
    openapi: {
      good: `
openapi: 3.1.0
components:
  schemas:
    Count: { type: integer, format: int32 }
    Size:
      type: [integer, 'null']
      allOf:
        - { format: int64 }
    Rate: { type: number }
`,
      bad: `
openapi: 3.1.0
components:
  schemas:
    Count: { type: integer }
`,
      *find(api) {
        for (const schema of schemasOfType(api, 'integer')) {
          if (isLimited(api, schema, ({ format }) => format !== undefined)) continue;
          const message = `${capitalised(titleOf(schema.at))} is an integer without a \`format\`.`;
          yield { at: schema.at, message, help: 'Say `format: int32` or `format: int64`.' };
        }
      },
    },
  },
});
