import { isOpen } from '../../conventions/openapi/error-bodies.ts';
import { createsItem } from '../../conventions/openapi/intent.ts';
import { get, isObject } from '../../languages/openapi/json.ts';
import type { OpenApi } from '../../languages/openapi/openapi.ts';
import { lastSegment } from '../../languages/openapi/paths.ts';
import {
  bodyOf,
  codesOf,
  effectiveTypes,
  isSuccess,
  keyword,
  type Operation,
  operations,
  outgoing,
  propertiesOf,
  type RequestBody,
} from '../../languages/openapi/select.ts';
import { split } from '../../words/split.ts';
import { defineRule } from '../rule.ts';

export default defineRule({
  id: 'events/webhook-declared',
  summary: 'webhooks and callbacks say what they send and what answer they expect',
  why: `The receiver of a webhook is a server that somebody else has to write. Without the body they write it by looking at what
arrives; without the answer they learn from retries that theirs was not the right one.`,
  sources: [
    'guide S4, Webhook Implementation',
    'guide S2, Advanced API Patterns',
    'OpenAPI 3.1.1, Path Item Object and Callback Object',
  ],
  equivalents: [],
  checks: {
    openapi: {
      good: `
openapi: 3.1.0
webhooks:
  order.shipped:
    post:
      requestBody:
        content:
          application/json:
            schema: { type: object, properties: { id: { type: string } } }
      responses:
        2XX: { description: Taken. }
paths:
  /webhooks:
    post: {}
`,
      bad: `
openapi: 3.1.0
webhooks:
  order.created:
    post:
      responses:
        '200': { description: Taken. }
  order.shipped:
    post:
      requestBody:
        content:
          application/json:
            schema: { type: object }
      responses:
        '400': { description: Not understood. }
`,
      *find(api) {
        yield* undeclared(api);
        for (const operation of outgoing(api)) {
          const body = bodyOf(api, operation);
          if (sends(operation.method) && operation.value['requestBody'] === undefined) {
            yield {
              at: operation.at,
              message: `\`${operation.name}\` does not say what it sends.`,
              help: 'Declare the request body with its schema.',
            };
          } else if (body && !isTyped(api, body)) {
            yield {
              at: body.at,
              message: `The body of \`${operation.name}\` has no schema that says what is sent.`,
              help: 'List its properties.',
            };
          }
          const codes = codesOf(api, operation);
          if (codes.length === 0 || codes.some((code) => isSuccess(code) || code === 'default')) continue;
          yield {
            at: operation.at.child('responses'),
            message: `\`${operation.name}\` expects no 2xx answer.`,
            help: 'Declare `2XX`, or the code that counts as received.',
          };
        }
      },
    },
  },
});

const sends = (method: string): boolean => ['post', 'put', 'patch'].includes(method);

/** Whether some representation has a schema that tells more than its type. */
function isTyped(api: OpenApi, { media }: RequestBody): boolean {
  if (media.length === 0) return false;
  return media.some(({ schema }) => {
    const whole = schema && api.resolve(schema);
    if (!whole) return schema !== undefined;
    const combined = ['oneOf', 'anyOf', 'enum', 'const'].some((name) => keyword(api, whole, name) !== undefined);
    const types = effectiveTypes(api, whole);
    return combined || (types.length > 0 && !types.includes('object')) || !isOpen(api, whole) || isMap(api, whole);
  });
}

function isMap(api: OpenApi, schema: { readonly value: unknown; readonly at: RequestBody['at'] }): boolean {
  const values = keyword(api, schema, 'additionalProperties');
  return isObject(values) && Object.keys(values).length > 0;
}

/** Clients can register for webhooks, and no webhook or callback is described. 2.0 cannot describe them. */
function* undeclared(api: OpenApi) {
  if (api.version === '2.0' || outgoing(api).length > 0 || hasWebhooks(api)) return;
  const registering = operations(api).find((operation) => registers(operation) && takesAddress(api, operation));
  if (!registering) return;
  yield {
    at: registering.at,
    message: `\`${registering.name}\` registers webhooks, and the document describes none.`,
    help:
      api.version === '3.0' ? 'Describe what is sent under `callbacks`.' : 'Describe what is sent under `webhooks`.',
  };
}

const hasWebhooks = (api: OpenApi): boolean => isObject(get(api.root.value, 'webhooks'));

/** Whether a body names the address to send to, or an object that does. */
function takesAddress(api: OpenApi, operation: Operation): boolean {
  const media = bodyOf(api, operation)?.media ?? [];
  return media.some(({ schema }) => {
    const properties = [...propertiesOf(api, schema).values()];
    const inner = properties.flatMap((property) => [...propertiesOf(api, property).values()]);
    return [...properties, ...inner].some(({ name }) => /ur[il]$|target|address|endpoint|callback/i.test(name));
  });
}

function registers(operation: Operation): boolean {
  const last = lastSegment(operation.path);
  if (!last || !createsItem(operation)) return false;
  return /^(?:web ?hooks?|hooks)(?: (?:endpoints|subscriptions))?$/.test(split(last.text).join(' '));
}
