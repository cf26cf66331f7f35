import { messageOf } from '../../conventions/protobuf/collections.ts';
import { asString } from '../../languages/openapi/json.ts';
import type { OpenApi } from '../../languages/openapi/openapi.ts';
import { segmentsOf } from '../../languages/openapi/paths.ts';
import { type Parameter, parameters, paths } from '../../languages/openapi/select.ts';
import type { HttpBinding } from '../../languages/protobuf/http.ts';
import type { Protobuf } from '../../languages/protobuf/protobuf.ts';
import type { Field, Rpc } from '../../languages/protobuf/select.ts';
import * as protobuf from '../../languages/protobuf/select.ts';
import { singular } from '../../words/plurals.ts';
import { isSecretName } from '../../words/secrets.ts';
import { split } from '../../words/split.ts';
import { defineRule } from '../rule.ts';

export default defineRule({
  id: 'security/no-credentials-in-url',
  summary: 'no password, token or key is part of a URL',
  why: `URLs are written to access logs, browser histories, bookmarks and \`Referer\` headers. A credential in one of them is known to
everybody who can read those.`,
  sources: [
    'guide S1, API Key Management',
    'guide S4, API Key Management',
    'RFC 6750, section 5.3',
    'RFC 9110, section 17.9',
    'OWASP API2:2023',
  ],
  equivalents: ['owasp:api2:2023-no-credentials-in-url', 'vacuum:owasp-no-credentials-in-url'],
  checks: {
    openapi: {
      good: `
openapi: 3.1.0
paths:
  /orders:
    get:
      parameters:
        - { name: page_token, in: query }
        - { name: token, in: query, description: Where the next page begins. }
        - { name: access_token, in: header }
  /secrets/{secret}:
    get:
      parameters:
        - { name: secret, in: path, required: true, description: The name of the secret. }
`,
      bad: `
openapi: 3.1.0
paths:
  /orders:
    get:
      parameters:
        - { name: api_key, in: query }
        - { name: token, in: query, description: The access token of the caller. }
  /sessions/{password}:
    get:
      parameters:
        - { name: password, in: path, required: true }
`,
      *find(api) {
        const resources = resourceNames(api);
        for (const parameter of parameters(api)) {
          const { name, in: place, at } = parameter;
          if ((place !== 'query' && place !== 'path') || !isCredential(parameter)) continue;
          if (place === 'path' && resources.has(name)) continue;
          yield {
            at: at.child('name'),
            message: `The credential \`${name}\` is part of the URL.`,
            help: 'Take it in the `Authorization` header, or in the body of a POST.',
          };
        }
      },
    },
    protobuf: {
      good: `
syntax = "proto3";
package users.v1;

service UserService {
  rpc SignIn(SignInRequest) returns (SignInResponse) {
    option (google.api.http) = { post: "/v1/sessions:signIn" body: "*" };
  }
  rpc ListUsers(ListUsersRequest) returns (ListUsersResponse) {
    option (google.api.http) = { get: "/v1/users" };
  }
}

message SignInRequest {
  string user = 1;
  string password = 2;
}

message ListUsersRequest {
  string page_token = 1;
  string token = 2;
}
`,
      bad: `
syntax = "proto3";
package users.v1;

service UserService {
  rpc SignIn(SignInRequest) returns (SignInResponse) {
    option (google.api.http) = { get: "/v1/sessions:signIn" };
  }
  rpc ResetPassword(ResetPasswordRequest) returns (ResetPasswordResponse) {
    option (google.api.http) = { post: "/v1/users/{user}/passwords/{new.password}" body: "*" };
  }
}

message SignInRequest {
  string user = 1;
  string password = 2;
}
`,
      *find(api) {
        const seen = new Set<unknown>();
        for (const rpc of protobuf.rpcs(api)) {
          for (const binding of rpc.http) {
            for (const { field } of binding.variables) {
              const name = field.slice(field.lastIndexOf('.') + 1);
              if (!isSecretName(name)) continue;
              yield { at: binding.at, message: `The credential \`${field}\` is part of the URL.`, help: helpForRpcs };
            }
            for (const field of queryFields(api, rpc, binding)) {
              if (seen.has(field.node) || !isCredentialText(field.name, protobuf.descriptionOf(field.node))) continue;
              seen.add(field.node);
              yield {
                at: field.at,
                message: `The credential \`${field.name}\` becomes part of the URL of \`${rpc.name}\`.`,
                help: helpForRpcs,
                related: [{ message: 'This binding has no body that holds it.', at: binding.at }],
              };
            }
          }
        }
      },
    },
  },
});

function isCredential({ name, value }: Parameter): boolean {
  return isCredentialText(name, asString(value['description']) ?? '');
}

function isCredentialText(name: string, description: string): boolean {
  const words = split(name);
  if (words.join(' ') === 'token')
    return /\b(?:access|api|authentication|auth|bearer|oauth) token\b/i.test(description);
  return isSecretName(words) && !/\b(?:id|identifier|name) of\b|'s (?:id|identifier|name)\b/i.test(description);
}

/** The placeholders that name an item of the collection before them, as in `/secrets/{secret}`. */
function resourceNames(api: OpenApi): ReadonlySet<string> {
  const found = new Set<string>();
  for (const { path } of paths(api)) {
    let before: readonly string[] = [];
    for (const { text, placeholders, literal } of segmentsOf(path)) {
      const [name] = placeholders;
      if (name !== undefined && before.map(singular).join(' ') === split(name).join(' ')) found.add(name);
      before = literal ? split(text) : [];
    }
  }
  return found;
}

const helpForRpcs = 'Take it in the metadata, or in the body of a POST.';

/** The fields of a request that a binding takes from the query: all that neither path nor body hold. */
function queryFields(api: Protobuf, rpc: Rpc, { body, variables }: HttpBinding): readonly Field[] {
  if (body === '*') return [];
  const held = new Set([body, ...variables.map(({ field }) => field.split('.')[0]!)]);
  return (messageOf(api, rpc.request)?.fields ?? []).filter(({ name, kind }) => kind === 'scalar' && !held.has(name));
}
