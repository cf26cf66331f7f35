import { linksOf } from '../../conventions/openapi/hypermedia.ts';
import { resources, returned } from '../../conventions/openapi/resources.ts';
import { isObject } from '../../languages/openapi/json.ts';
import type { OpenApi } from '../../languages/openapi/openapi.ts';
import { effectiveTypes, keyword, type Property, propertiesOf } from '../../languages/openapi/select.ts';
import { defineRule } from '../rule.ts';

export default defineRule({
  id: 'resources/links-declared',
  summary: 'the representation of an item carries links, one of them to itself',
  why: `Clients that follow links need not put URLs together, so the server can move things. Without \`self\`, whoever holds an item does not
know where it came from.`,
  sources: [
    'guide S4, HATEOAS (Hypermedia as the Engine of Application State)',
    'guide S0, HATEOAS',
    'guide S3, HATEOAS Level 3',
    'RFC 8288',
    'Zalando 164',
  ],
  equivalents: [],
  checks: {
    openapi: {
      good: `
openapi: 3.1.0
paths:
  /orders/{id}:
    get:
      responses:
        '200':
          description: The order.
          content:
            application/json:
              schema:
                type: object
                properties:
                  id: { type: string }
                  _links:
                    type: object
                    properties:
                      self: { type: object, properties: { href: { type: string } } }
  /customers/{id}:
    get:
      responses:
        '200':
          description: The customer, with any links.
          content:
            application/json:
              schema:
                type: object
                properties:
                  links: { type: object, additionalProperties: { type: string } }
`,
      bad: `
openapi: 3.1.0
paths:
  /orders/{id}:
    get:
      responses:
        '200':
          description: The order.
          content:
            application/json:
              schema:
                type: object
                properties:
                  id: { type: string }
  /customers/{id}:
    get:
      responses:
        '200':
          description: The customer.
          content:
            application/json:
              schema:
                type: object
                properties:
                  _links:
                    type: object
                    properties:
                      orders: { type: object }
`,
      *find(api) {
        const judged = new Set<unknown>();
        for (const { item } of resources(api)) {
          const get = item.get('get');
          const read = get && returned(api, get);
          const schema = read && (api.resolve(read.object) ?? read.object);
          if (!get || !read || !schema || judged.has(schema.value)) continue;
          judged.add(schema.value);
          const links = linksOf(api, read);
          if (links && leadsToItself(api, links)) continue;
          yield {
            at: links?.at.onKey ?? schema.at,
            message: links
              ? `\`${links.name}\` of \`${get.name}\` has no \`self\`.`
              : `What \`${get.name}\` returns carries no links.`,
            help: links ? 'Add `self`, the address of the item.' : 'Add `_links` with `self`.',
          };
        }
      },
    },
  },
});

/** Whether links include one to the item itself, or may include any. */
function leadsToItself(api: OpenApi, links: Property): boolean {
  if (effectiveTypes(api, links).includes('array')) return true;
  const known = propertiesOf(api, links);
  return known.has('self') || known.size === 0 || isObject(keyword(api, links, 'additionalProperties'));
}
