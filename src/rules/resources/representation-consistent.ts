import { createsItem } from '../../conventions/openapi/intent.ts';
import { type Representation, type Resource, resources, returned, taken } from '../../conventions/openapi/resources.ts';
import { asString } from '../../languages/openapi/json.ts';
import type { OpenApi } from '../../languages/openapi/openapi.ts';
import { type Operation, propertiesOf } from '../../languages/openapi/select.ts';
import { isSecretName } from '../../words/secrets.ts';
import { operationVerb } from '../../words/verbs.ts';
import { defineRule } from '../rule.ts';

export default defineRule({
  id: 'resources/representation-consistent',
  summary: 'reading, creating and updating an item return one representation',
  why: `A client keeps what it got. If creating an order returns other properties than reading it, each client needs two types for one
thing, and a second request to fill the gaps.`,
  sources: ['guide S4, Consistency Over Cleverness', 'AIP-133', 'AIP-134', 'Zalando 148'],
  equivalents: ['ibm:ibm-resource-response-consistency'],
  checks: {
    openapi: {
      good: `
openapi: 3.1.0
paths:
  /orders:
    post:
      operationId: createOrder
      responses:
        '201':
          description: The new order.
          content:
            application/json:
              schema: { $ref: '#/components/schemas/Order' }
  /orders/{id}:
    get:
      responses:
        '200':
          description: The order, in an envelope.
          content:
            application/json:
              schema:
                type: object
                properties:
                  data: { $ref: '#/components/schemas/Order' }
    patch:
      responses:
        '204': { description: Nothing is returned. }
    put:
      responses:
        '202':
          description: Going on.
          content:
            application/json:
              schema: { type: object, properties: { job: { type: string } } }
components:
  schemas:
    Order:
      type: object
      properties:
        id: { type: string }
        total: { type: string }
`,
      bad: `
openapi: 3.1.0
paths:
  /orders:
    post:
      operationId: createOrder
      responses:
        '201':
          description: The new order.
          content:
            application/json:
              schema:
                type: object
                properties:
                  orderId: { type: string }
  /orders/{id}:
    get:
      responses:
        '200':
          description: The order.
          content:
            application/json:
              schema: { $ref: '#/components/schemas/Order' }
    patch:
      responses:
        '200':
          description: What has changed.
          content:
            application/json:
              schema:
                type: object
                properties:
                  id: { type: string }
                  changed: { type: array, items: { type: string } }
components:
  schemas:
    Order:
      type: object
      properties:
        id: { type: string }
        total: { type: string }
`,
      *find(api) {
        for (const resource of resources(api)) {
          const get = resource.item.get('get');
          const read = get && returned(api, get);
          if (!get || !read) continue;
          for (const operation of writesOf(resource)) {
            const answer = returned(api, operation);
            if (!answer || answer.response.code === '202' || isSame(api, answer, read)) continue;
            if (operation.method !== 'post' && !taken(api, operation)) continue;
            yield {
              at: answer.object.at,
              message: `\`${operation.name}\` returns ${differences(answer, read)}.`,
              help: `Return what \`${get.name}\` returns.`,
              related: [{ message: `What \`${get.name}\` returns.`, at: read.object.at }],
            };
          }
        }
      },
    },
  },
});

function writesOf({ item, collection }: Resource): Operation[] {
  const create = collection.get('post');
  return [
    create && createsItem(create) && !addsMember(create) ? create : undefined,
    item.get('put'),
    item.get('patch'),
  ].filter((operation) => operation !== undefined);
}

/** Whether a POST makes something a member of a set: what it returns is the membership. */
function addsMember({ value }: Operation): boolean {
  return operationVerb(asString(value['operationId']) ?? '') === 'add';
}

/** Whether two representations are one schema, or have most properties in common; secrets are shown once, at creation. */
function isSame(api: OpenApi, one: Representation, two: Representation): boolean {
  if (schemaOf(api, one) === schemaOf(api, two)) return true;
  if (isInside(api, one, two) || isInside(api, two, one)) return true;
  const all = new Set([...one.properties.keys(), ...two.properties.keys()].filter((name) => !isSecretName(name)));
  const shared = [...all].filter((name) => one.properties.has(name) && two.properties.has(name)).length;
  return shared >= all.size * alike;
}

/** From this share of common properties on, two schemas describe one thing, with some details left out. */
const alike = 0.6;

/** Whether one representation is what the body of the other holds in a property, beside further things. */
function isInside(api: OpenApi, one: Representation, two: Representation): boolean {
  const object = schemaOf(api, one);
  return [...propertiesOf(api, two.body).values()].some(
    (property) => property.name === one.inside || (api.resolve(property) ?? property).value === object,
  );
}

const schemaOf = (api: OpenApi, { object }: Representation): unknown => (api.resolve(object) ?? object).value;

/** What an answer lacks, or has in addition, in words. */
function differences(answer: Representation, read: Representation): string {
  const missing = [...read.properties.keys()].filter((name) => !answer.properties.has(name));
  const extra = [...answer.properties.keys()].filter((name) => !read.properties.has(name));
  const parts = [
    ...(missing.length > 0 ? [`no ${listed(missing)}`] : []),
    ...(extra.length > 0 ? [`${listed(extra)} instead`] : []),
  ];
  return missing.length > 0 ? parts.join(', but ') : `${listed(extra)} in addition to what reading returns`;
}

function listed(names: readonly string[]): string {
  const shown = names.slice(0, 2).map((name) => `\`${name}\``);
  return names.length > 2 ? `${shown.join(', ')} (and ${names.length - 2} more)` : shown.join(' and ');
}
