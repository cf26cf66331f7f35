import { keysOf } from '../../languages/openapi/json.ts';
import { outgoing } from '../../languages/openapi/select.ts';
import { defineRule } from '../rule.ts';

export default defineRule({
  id: 'structure/callback-valid',
  summary: 'callbacks have runtime expressions as addresses, and neither they nor webhooks hold callbacks themselves',
  why: `The address of a callback is worked out from the request that asked for it. An expression that cannot be evaluated means that the
callback is never sent; callbacks within callbacks are followed by no tool.`,
  sources: ['OpenAPI 3.1.1, Callback Object', 'OpenAPI 3.1.1, Runtime Expressions'],
  equivalents: [
    'spectral:oas3-callbacks-in-callbacks',
    'spectral:oas3_1-callbacks-in-webhook',
    'spectral:oas3_1-servers-in-webhook',
  ],
  checks: {
    openapi: {
      good: `
openapi: 3.1.0
paths:
  /orders:
    post:
      callbacks:
        shipped:
          '{$request.body#/callbackUrl}?id={$response.body#/id}': { post: {} }
          $request.query.url: { post: {} }
          http://hooks.example.com/shipped: { post: {} }
webhooks:
  orderPlaced: { post: {} }
`,
      bad: `
openapi: 3.1.0
paths:
  /orders:
    post:
      callbacks:
        shipped:
          '{$request.body.callbackUrl}':
            post:
              callbacks: { again: {} }
          '{request.query.url}/done': { post: {} }
webhooks:
  orderPlaced:
    post:
      servers: [{ url: https://example.com }]
`,
      *find(api) {
        for (const { value, at } of api.index.nodes.Callback) {
          for (const key of keysOf(value)) {
            const wrong = key.startsWith('x-') ? undefined : expressionsIn(key).find((text) => !isExpression(text));
            if (wrong === undefined) continue;
            yield {
              at: at.child(key).onKey,
              message: `\`${wrong}\` is no runtime expression.`,
              help: 'Write one such as `$request.body#/callbackUrl`, `$request.query.url` or `$response.header.Location`.',
            };
          }
        }
        for (const { value, at, context } of outgoing(api)) {
          const what = context === 'webhook' ? 'webhook' : 'callback';
          if (value['callbacks'] !== undefined) {
            yield {
              at: at.child('callbacks'),
              message: `A ${what} cannot have callbacks of its own.`,
              help: 'Describe the second request on its own.',
            };
          }
          if (context === 'webhook' && value['servers'] !== undefined) {
            yield {
              at: at.child('servers'),
              message: 'A webhook has no servers: its receiver decides where it goes.',
              help: 'Remove them.',
            };
          }
        }
      },
    },
  },
});

/** The parts of an address that are meant to be evaluated: all of it, or what stands in braces. */
function expressionsIn(address: string): string[] {
  if (address.startsWith('$')) return [address];
  return [...address.matchAll(/\{([^{}]*)\}/g)]
    .map((match) => match[1]!)
    .filter((text) => /^\$|^(?:request|response)\b/.test(text));
}

/** OpenAPI 3.1.1, Runtime Expressions, with RFC 9110 tokens as names of headers. */
function isExpression(text: string): boolean {
  return /^\$(?:url|method|statusCode|(?:request|response)\.(?:header\.[\w!#$%&'*+.^`|~-]+|(?:query|path)\..+|body(?:#.*)?))$/s.test(
    text,
  );
}
