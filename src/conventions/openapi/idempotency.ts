/** How clients make a request safe to repeat. */
import type { OpenApi } from '../../languages/openapi/openapi.ts';
import { bodyOf, type Operation, type Parameter, parametersOf, propertiesOf } from '../../languages/openapi/select.ts';

/** The header in which an operation takes a key for repeated requests: `Idempotency-Key`, `X-Idempotency-Token`. */
export function idempotencyHeader(api: OpenApi, operation: Operation): Parameter | undefined {
  return parametersOf(api, operation).find(({ in: place, name }) => place === 'header' && /idempot/i.test(name));
}

/** Names that keys for repeated requests have elsewhere: AIP-155 `request_id`, AWS `clientToken`, PayPal's header. */
const keyNames = /idempot|^client_?(?:request_?)?(?:id|token)$|^request_?id$|^(?!x-)[a-z]+-request-id$|dedup/i;

/** Whether an operation takes a key for repeated requests anywhere: header, query or body. */
export function takesIdempotencyKey(api: OpenApi, operation: Operation): boolean {
  if (idempotencyHeader(api, operation)) return true;
  if (parametersOf(api, operation).some(({ in: place, name }) => place !== 'path' && keyNames.test(name))) return true;
  const media = bodyOf(api, operation)?.media ?? [];
  return media.some(({ schema }) => [...propertiesOf(api, schema).keys()].some((name) => keyNames.test(name)));
}
