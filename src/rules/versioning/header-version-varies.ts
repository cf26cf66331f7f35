import { isVersionHeader, versionHeaders } from '../../conventions/openapi/versions.ts';
import type { OpenApi } from '../../languages/openapi/openapi.ts';
import { operations, parametersOf, responsesOf } from '../../languages/openapi/select.ts';
import { defineRule } from '../rule.ts';

export default defineRule({
  id: 'versioning/header-version-varies',
  summary: 'a version header is taken by every operation, and caches are told of it',
  why: `An operation without the header leaves open which version it speaks. A cache that is not told to vary by the header gives the
answer of one version to callers of another.`,
  sources: ['guide S4, Versioning Strategies (header versioning)', 'RFC 9110, section 12.5.5'],
  equivalents: [],
  checks: {
    openapi: {
      good: `
openapi: 3.1.0
paths:
  /orders:
    parameters:
      - { name: API-Version, in: header }
    get:
      responses:
        '200':
          description: The orders.
          headers:
            Vary: { schema: { type: string } }
`,
      bad: `
openapi: 3.1.0
paths:
  /orders:
    get:
      parameters:
        - { name: API-Version, in: header }
      responses:
        '200':
          description: The orders.
    post: {}
`,
      *find(api) {
        const headers = versionHeaders(api);
        if (headers.length === 0) return;
        for (const operation of operations(api)) {
          const taken = parametersOf(api, operation).some(
            ({ in: place, name }) => place === 'header' && isVersionHeader(name),
          );
          if (taken) continue;
          const message = `\`${operation.name}\` does not take \`${headers[0]!.name}\`, which tells the version elsewhere.`;
          yield { at: operation.at, message, help: 'Declare the header on every operation.' };
        }
        if (variesSomewhere(api)) return;
        const { name, at } = headers[0]!;
        yield {
          at: at.child('name'),
          message: `No response declares \`Vary\`, though answers depend on \`${name}\`.`,
          help: `Declare a \`Vary\` header that names \`${name}\`.`,
        };
      },
    },
  },
});

function variesSomewhere(api: OpenApi): boolean {
  return operations(api).some((operation) =>
    responsesOf(api, operation).some(({ headers }) => headers.some(({ name }) => name.toLowerCase() === 'vary')),
  );
}
