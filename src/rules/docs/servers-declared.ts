import { replaceScalar } from '../../languages/openapi/edit.ts';
import { asString } from '../../languages/openapi/json.ts';
import type { OpenApi } from '../../languages/openapi/openapi.ts';
import type { Pointer } from '../../languages/openapi/pointer.ts';
import { operations, servers } from '../../languages/openapi/select.ts';
import type { Finding } from '../../text/problem.ts';
import { defineRule } from '../rule.ts';

export default defineRule({
  id: 'docs/servers-declared',
  summary: 'the API says at which address it is served',
  why: `Clients, consoles and mock servers take the address from the document. Without one they call the host that serves the
documentation; with \`example.com\` they call nobody; with a trailing slash they call \`https://api.acme.io//orders\`.`,
  sources: ['guide S4, Documentation and Testing', 'OpenAPI 3.1.1, Server Object', 'RFC 2606'],
  equivalents: [
    'spectral:oas3-api-servers',
    'spectral:oas2-api-host',
    'spectral:oas2-host-not-example',
    'spectral:oas2-host-trailing-slash',
    'spectral:oas3-server-not-example.com',
    'spectral:oas3-server-trailing-slash',
    'redocly:no-empty-servers',
    'redocly:no-server-trailing-slash',
    'redocly:no-server-example.com',
    'vacuum:oas3-host-not-example',
  ],
  checks: {
    openapi: {
      good: `
openapi: 3.1.0
servers:
  - url: https://api.acme.io/v1
  - url: https://sandbox-example.com
  - url: http://localhost:8080
  - url: /
paths: {}
`,
      bad: `
openapi: 3.1.0
paths:
  /orders:
    servers:
      - url: https://api.acme.io/
      - url: https://api.example.com/v1
    get: {}
  /invoices:
    get: {}
`,
      fixable: 'safe',
      *find(api) {
        yield* api.version === '2.0' ? missingHost(api) : missingServers(api);
        for (const { address, at, host } of addresses(api)) {
          if (/[^/]\/+$/.test(address) && !address.endsWith('://')) {
            yield {
              at,
              message: `\`${address}\` ends with a slash, and every path begins with one.`,
              help: 'Remove the slash at the end.',
              fix: {
                title: 'Remove the slash at the end',
                safe: true,
                edits: () => replaceScalar(at, address.replace(/\/+$/, '')),
              },
            };
          }
          if (isReserved(host)) {
            yield {
              at,
              message: `\`${host}\` is reserved for examples: nothing answers there.`,
              help: 'Write the address at which the API is served.',
            };
          }
        }
      },
    },
  },
});

function* missingHost(api: OpenApi): Iterable<Finding> {
  const { value, at } = api.root;
  if (value['host'] !== undefined || value['paths'] === undefined) return;
  yield { at, message: 'The API declares no host.', help: 'Add the `host` that serves it.' };
}

function* missingServers(api: OpenApi): Iterable<Finding> {
  const { value, at } = api.root;
  const declared = value['servers'];
  if (Array.isArray(declared) ? declared.length > 0 : declared !== undefined && declared !== null) return;
  if (declared === undefined && (value['paths'] === undefined || allHaveTheirOwn(api))) return;
  yield {
    at: declared === undefined ? at : at.child('servers'),
    message: 'The API declares no server.',
    help: 'Add the address that serves it to `servers`.',
  };
}

function allHaveTheirOwn(api: OpenApi): boolean {
  const called = operations(api);
  return called.length > 0 && called.every(({ value, pathItem }) => value['servers'] ?? pathItem.value['servers']);
}

/** What is written of addresses: URLs, and in 2.0 host and base path. */
function addresses(api: OpenApi): { readonly address: string; readonly at: Pointer; readonly host: string }[] {
  if (api.version !== '2.0')
    return servers(api).map(({ url, urlAt }) => ({ address: url, at: urlAt, host: hostOf(url) }));
  return ['host', 'basePath'].flatMap((field) => {
    const address = asString(api.root.value[field]);
    if (address === undefined) return [];
    return [{ address, at: api.root.at.child(field), host: field === 'host' ? hostOf(`//${address}`) : '' }];
  });
}

function hostOf(url: string): string {
  return /^(?:[a-z][a-z0-9+.-]*:)?\/\/(?:[^/@?#]*@)?([^/:?#]+)/i.exec(url)?.[1]?.toLowerCase() ?? '';
}

/** RFC 2606. `.test` and `.localhost` are reserved too, but people do serve there. */
function isReserved(host: string): boolean {
  return /(?:^|\.)(?:example\.(?:com|net|org|edu)|example|invalid)$/.test(host);
}
