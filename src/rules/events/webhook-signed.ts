import { asString, itemsOf } from '../../languages/openapi/json.ts';
import type { OpenApi } from '../../languages/openapi/openapi.ts';
import {
  bodyOf,
  type Operation,
  outgoing,
  type Parameter,
  parametersOf,
  propertiesOf,
} from '../../languages/openapi/select.ts';
import { timeOf } from '../../words/times.ts';
import { defineRule } from '../rule.ts';

export default defineRule({
  id: 'events/webhook-signed',
  summary: 'webhooks carry a signature and the time at which it was made',
  why: `The address of a webhook gets known, and then anybody can post to it. A signature shows who sent the event; the signed time
keeps an overheard one from being sent again next week.`,
  sources: ['guide S4, Webhook Implementation', 'RFC 9421', 'Standard Webhooks'],
  equivalents: [],
  checks: {
    openapi: {
      good: `
openapi: 3.1.0
webhooks:
  order.shipped:
    post:
      parameters:
        - { name: X-Signature, in: header, schema: { type: string } }
        - { name: X-Timestamp, in: header, schema: { type: string } }
  order.paid:
    post:
      parameters:
        - { name: Shop-Signature, in: header, description: 'As \`t=1492774577,v1=5257a8\`.' }
  order.cancelled:
    post:
      security: [{ clientCertificate: [] }]
`,
      bad: `
openapi: 3.1.0
webhooks:
  order.shipped:
    post:
      parameters:
        - { name: User-Agent, in: header, schema: { type: string } }
  order.paid:
    post:
      parameters:
        - { name: X-Signature, in: header, schema: { type: string } }
`,
      *find(api) {
        const sent = outgoing(api).filter(
          ({ method, value }) => method !== 'get' && itemsOf(value['security']).length === 0,
        );
        if (sent.length > 1 && sent.every((operation) => !signatureOf(api, operation))) {
          const message = `None of the ${sent.length} webhooks and callbacks declares a header with a signature.`;
          yield { at: sent[0]!.at, message, help: unsigned };
          return;
        }
        for (const operation of sent) {
          const headers = parametersOf(api, operation).filter(({ in: place }) => place === 'header');
          const signature = signatureOf(api, operation);
          if (!signature) {
            yield {
              at: operation.at,
              message: `\`${operation.name}\` declares no header with a signature.`,
              help: unsigned,
            };
          } else if (!isTimed(api, operation, signature, headers)) {
            yield {
              at: operation.at,
              message: `\`${operation.name}\` is signed by \`${signature.name}\`, but declares no header with the time.`,
              help: 'Send `X-Timestamp`, and include it in what is signed.',
            };
          }
        }
      },
    },
  },
});

const unsigned = 'Send `X-Signature` and `X-Timestamp`, an HMAC over time and body, and say how to check it.';

function signatureOf(api: OpenApi, operation: Operation): Parameter | undefined {
  return parametersOf(api, operation).find(({ in: place, name }) => place === 'header' && signatureNames.test(name));
}

const signatureNames = /signature|hmac|digest|(?:^|-)sign$|(?:^|-)jws(?:-|$)/i;
const timeNames = /timestamp|(?:^|-)time$|^date$|^signature-input$/i;

/** Whether the time is told: in a header, within the signature, or in the body that is signed. */
function isTimed(api: OpenApi, operation: Operation, signature: Parameter, headers: readonly Parameter[]): boolean {
  if (headers.some(({ name }) => timeNames.test(name))) return true;
  if (/\bt=|timestamp/i.test(asString(signature.value['description']) ?? '')) return true;
  const media = bodyOf(api, operation)?.media ?? [];
  return media.some(({ schema }) =>
    [...propertiesOf(api, schema).keys()].some((name) => timeOf(name) !== null || /^time$/i.test(name)),
  );
}
