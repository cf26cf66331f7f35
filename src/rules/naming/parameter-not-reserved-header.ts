import { parameters } from '../../languages/openapi/select.ts';
import { defineRule } from '../rule.ts';

export default defineRule({
  id: 'naming/parameter-not-reserved-header',
  summary: '`Accept`, `Content-Type` and `Authorization` are not declared as parameters',
  why: `OpenAPI says these headers elsewhere and ignores parameters of these names. What stands there is believed by readers and lost on
every generated client.`,
  sources: ['OpenAPI 3.1.1, Parameter Object'],
  equivalents: ['ibm:ibm-no-accept-header', 'ibm:ibm-no-authorization-header', 'ibm:ibm-no-content-type-header'],
  checks: {
    openapi: {
      good: `
openapi: 3.1.0
paths:
  /users:
    get:
      parameters:
        - { name: Accept-Language, in: header }
        - { name: authorization, in: query }
`,
      bad: `
openapi: 3.1.0
paths:
  /users:
    parameters:
      - { name: Authorization, in: header }
    get:
      parameters:
        - { name: accept, in: header }
        - { name: Content-Type, in: header }
`,
      *find(api) {
        for (const { name, in: place, at } of parameters(api)) {
          const help = place === 'header' ? elsewhere.get(name.toLowerCase()) : undefined;
          if (help === undefined) continue;
          yield { at, message: `The header \`${name}\` is declared as a parameter.`, help };
        }
      },
    },
  },
});

/** Where OpenAPI says what these headers hold. */
const elsewhere: ReadonlyMap<string, string> = new Map([
  ['accept', 'Declare the media types of the responses.'],
  ['content-type', 'Declare the media types of the request body.'],
  ['authorization', 'Declare a security scheme.'],
]);
