import { departures } from '../../languages/openapi/conformance.ts';
import { asString, get, isObject, itemsOf, keysOf } from '../../languages/openapi/json.ts';
import { placeholdersOf } from '../../languages/openapi/paths.ts';
import { closest } from '../../text/closest.ts';
import { defineRule } from '../rule.ts';

export default defineRule({
  id: 'structure/server-variables-declared',
  summary: 'the variables of a server URL are declared, and their defaults are among their values',
  why: `A client that cannot fill a variable cannot reach the server, and one that fills it with a default outside of the allowed values
reaches one that does not exist.`,
  sources: ['OpenAPI 3.1.1, Server Object', 'OpenAPI 3.1.1, Server Variable Object'],
  equivalents: [
    'spectral:oas3-server-variables',
    'redocly:no-undefined-server-variable',
    'redocly:struct',
    'ibm:ibm-server-variable-default-value',
  ],
  checks: {
    openapi: {
      good: `
openapi: 3.1.0
servers:
  - url: https://{region}.example.com/v1
    variables:
      region: { default: eu, enum: [eu, us] }
  - url: https://example.com
    variables: {}
`,
      bad: `
openapi: 3.1.0
servers:
  - url: https://{regoin}.example.com/{base}
    variables:
      region: { default: eu }
      base: { default: v1, enum: [v2] }
  - url: https://{region}.example.org
    variables:
      region: { enum: [] }
`,
      *find(api) {
        for (const { aspect, ...finding } of departures(api)) if (aspect === 'server-variable') yield finding;
        for (const { value, at } of api.index.nodes.Server) {
          const url = asString(value['url']);
          if (url === undefined) continue;
          const used = new Set(placeholdersOf(url));
          const declared = keysOf(value['variables']);
          for (const name of used) {
            if (declared.includes(name)) continue;
            const meant = closest(
              name,
              declared.filter((other) => !used.has(other)),
            );
            yield {
              at: at.child('url'),
              message: `The variable \`{${name}}\` of this URL is not declared.`,
              help: meant === null ? 'Declare it in `variables`, with a default.' : `Is \`${meant}\` meant to be it?`,
            };
          }
          for (const name of declared) {
            const variable = get(value['variables'], name);
            const here = at.child('variables').child(name);
            if (!used.has(name)) {
              yield {
                at: here,
                message: `The URL of this server has no variable \`{${name}}\`.`,
                help: 'Write it into the URL, or remove it here.',
              };
            }
            if (!isObject(variable) || !Array.isArray(variable['enum'])) continue;
            const allowed = itemsOf(variable['enum']);
            const { default: fallback } = variable;
            if (allowed.length === 0) {
              yield {
                at: here.child('enum'),
                message: `The variable \`${name}\` allows no value: its \`enum\` is empty.`,
                help: 'Remove the `enum`, or list values.',
              };
            } else if (typeof fallback === 'string' && !allowed.includes(fallback)) {
              yield {
                at: here.child('default'),
                message: `The default \`${fallback}\` of \`${name}\` is not in its \`enum\`.`,
                help: 'Add it there, or take one that is.',
              };
            }
          }
        }
      },
    },
  },
});
