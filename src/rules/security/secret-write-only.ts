import { payloads } from '../../conventions/graphql/errors.ts';
import { readableMessages } from '../../conventions/protobuf/readable.ts';
import type { GraphQl } from '../../languages/graphql/graphql.ts';
import * as graphql from '../../languages/graphql/select.ts';
import { asString } from '../../languages/openapi/json.ts';
import type { OpenApi } from '../../languages/openapi/openapi.ts';
import { segmentsOf } from '../../languages/openapi/paths.ts';
import { operationsReturning } from '../../languages/openapi/returned.ts';
import { effectiveTypes, keyword, type Operation, type Property, properties } from '../../languages/openapi/select.ts';
import { hasBehavior, referenceOf } from '../../languages/protobuf/annotations.ts';
import * as protobuf from '../../languages/protobuf/select.ts';
import { isHandedOut, isMadeHarmless, namesCredentials } from '../../words/credentials.ts';
import { isSecretName } from '../../words/secrets.ts';
import { split } from '../../words/split.ts';
import { defineRule } from '../rule.ts';

export default defineRule({
  id: 'security/secret-write-only',
  summary: 'what is read holds no password, secret or private key',
  why: `A credential that is returned ends up in logs, caches and browsers, and everybody who may read the item may act as its owner.
It is sent once, when it is set or issued, and never read again.`,
  sources: [
    'guide S1, API Key Management',
    'guide S2, Encryption & Data Protection',
    'OpenAPI 3.1.1, Schema Object: writeOnly',
    'AIP-147',
    'OWASP API3:2023',
  ],
  equivalents: [],
  checks: {
    openapi: {
      good: `
openapi: 3.1.0
paths:
  /users/{id}:
    get:
      responses:
        '200': { content: { application/json: { schema: { $ref: '#/components/schemas/User' } } } }
    put:
      requestBody: { content: { application/json: { schema: { $ref: '#/components/schemas/User' } } } }
  /users/{id}/api-keys/{key_id}:
    get:
      responses:
        '200': { content: { application/json: { schema: { properties: { api_key: { type: string } } } } } }
  /webhooks:
    post:
      responses:
        '201': { content: { application/json: { schema: { properties: { client_secret: { type: string } } } } } }
components:
  schemas:
    User:
      properties:
        password: { type: string, writeOnly: true }
        has_password: { type: boolean }
        password_hint: { type: string }
        next_page_token: { type: string }
        api_key: { type: string, description: 'The key, masked but for its last four characters.' }
`,
      bad: `
openapi: 3.1.0
paths:
  /users/{id}:
    get:
      responses:
        '200': { content: { application/json: { schema: { $ref: '#/components/schemas/User' } } } }
components:
  schemas:
    User:
      properties:
        password: { type: string }
        integration:
          properties:
            clientSecret: { type: string, readOnly: true }
`,
      *find(api) {
        const names = new Set(properties(api).map(({ name }) => name));
        const secrets = new Set([...names].filter((name) => isSecretName(name)));
        for (const property of properties(api)) {
          if (!secrets.has(property.name) || !isPlainSecret(api, property)) continue;
          const owner = api.index.nodeOf('Schema', property.owner.value);
          const reading = owner && operationsReturning(api, owner).find((operation) => isRead(operation));
          if (!reading) continue;
          yield {
            at: property.at,
            message: `\`${reading.name}\` returns the credential \`${property.name}\`.`,
            help:
              api.version === '2.0'
                ? 'Leave it out of what is read.'
                : 'Mark it `writeOnly: true`, or leave it out of what is read.',
            related: [{ message: 'it is returned here', at: reading.at }],
          };
        }
      },
    },
    graphql: {
      good: `
type Query {
  me: User
}

type Mutation {
  signIn(input: SignInInput!): SignInPayload
}

type User {
  hasPassword: Boolean!
  apiKeys: [ApiKey!]!
}

type ApiKey {
  "The key, masked but for its last four characters."
  key: String!
  apiKey: String!
}

type SignInPayload {
  accessToken: String
}

input SignInInput {
  password: String!
}
`,
      bad: `
type Query {
  me: User
}

type User {
  password: String
  integration: Integration
}

type Integration {
  clientSecret: String!
}
`,
      *find(api) {
        const readable = readableTypes(api);
        for (const { name, node, owner, at } of graphql.fields(api)) {
          if (!readable.has(owner.name) || !isSecretName(name) || namesCredentials(owner.name)) continue;
          if (!isTextType(api, graphql.namedType(node.type).name.value)) continue;
          const description = graphql.descriptionOf(node);
          if (isMadeHarmless(description) || isHandedOut(description)) continue;
          yield {
            at,
            message: `Whoever reads \`${owner.name}\` gets the credential \`${name}\`.`,
            help: 'Leave it out of output types; return it once, from the mutation that issues it.',
          };
        }
      },
    },
    protobuf: {
      good: `
syntax = "proto3";
package users.v1;

service UserService {
  rpc GetUser(GetUserRequest) returns (User);
  rpc SignIn(SignInRequest) returns (SignInResponse);
  rpc GetApiKey(GetApiKeyRequest) returns (ApiKey);
}

message User {
  string name = 1;
  string password = 2 [(google.api.field_behavior) = INPUT_ONLY];
  // Its hash, as bcrypt makes it.
  string password_hash = 3;
  // The name of the key that the user's files are encrypted with.
  string encryption_key = 4 [(google.api.resource_reference).type = "kms.example.com/Key"];
}

message SignInResponse {
  string access_token = 1;
}

message ApiKey {
  string api_key = 1;
}
`,
      bad: `
syntax = "proto3";
package users.v1;

service UserService {
  rpc GetUser(GetUserRequest) returns (User);
}

message User {
  string name = 1;
  string password = 2;
  Integration integration = 3;

  message Integration {
    string client_secret = 1;
  }
}
`,
      *find(api) {
        const messages = readableMessages(api, ({ name }) => !namesCredentials(name));
        for (const [message, rpc] of messages) {
          if (namesCredentials(message.name)) continue;
          for (const { name, type, kind, node, at } of message.fields) {
            if (kind !== 'scalar' || (type !== 'string' && type !== 'bytes') || !isSecretName(name)) continue;
            const description = protobuf.descriptionOf(node);
            if (hasBehavior(node, 'INPUT_ONLY') || referenceOf(node) || isWriteOnly(description)) continue;
            if (isMadeHarmless(description) || isHandedOut(description)) continue;
            yield {
              at,
              message: `\`${rpc.name}\` returns the credential \`${name}\` of \`${message.name}\`.`,
              help: 'Mark it `INPUT_ONLY`, or leave it out of what is read.',
              related: [{ message: 'it is returned here', at: rpc.at }],
            };
          }
        }
      },
    },
  },
});

/** Whether a property holds the secret itself, as a string that nothing makes harmless. */
function isPlainSecret(api: OpenApi, property: Property): boolean {
  if (keyword(api, property, 'writeOnly') === true || keyword(api, property, 'enum') !== undefined) return false;
  const types = effectiveTypes(api, property);
  if (types.length > 0 && !types.includes('string')) return false;
  const example = asString(keyword(api, property, 'example')) ?? '';
  if (/\*{3}|x{6}/i.test(example)) return false;
  const description = asString(keyword(api, property, 'description')) ?? '';
  return !isMadeHarmless(description) && !isHandedOut(description);
}

/** Whether an operation reads items, and not credentials: to hand those out is the purpose of some. */
function isRead({ method, path, value }: Operation): boolean {
  if (method !== 'get') return false;
  const words = segmentsOf(path).flatMap(({ text, literal }) => (literal ? split(text) : []));
  const name = split(asString(value['operationId']) ?? '');
  return !namesCredentials([...words, ...name]);
}

/** The types that queries and subscriptions lead to. Without a root, all but those that are made for answers of mutations. */
function readableTypes(api: GraphQl): ReadonlySet<string> {
  const roots = [...graphql.rootTypes(api)];
  const reading = roots.flatMap(([operation, { name }]) => (operation === 'mutation' ? [] : [name]));
  const all = graphql.types(api).filter(({ kind }) => kind === 'type' || kind === 'interface');
  if (reading.length === 0) {
    const answers = new Set([...roots.map(([, { name }]) => name), ...payloads(api).map(({ type }) => type.name)]);
    return new Set(all.map(({ name }) => name).filter((name) => !answers.has(name)));
  }
  const entities = all.filter(({ directives }) => directives.some(({ name }) => name === 'key'));
  const implementors = new Map<string, string[]>();
  for (const { name, interfaces } of all) {
    for (const use of interfaces) {
      const known = implementors.get(use.name);
      if (known) known.push(name);
      else implementors.set(use.name, [name]);
    }
  }
  const found = new Set([...reading, ...entities.map(({ name }) => name)]);
  // A set that grows while it is looped over gives what was added, too.
  for (const name of found) {
    const type = graphql.typeNamed(api, name);
    for (const { node } of type?.fields ?? []) found.add(graphql.namedType(node.type).name.value);
    for (const member of type?.members ?? []) found.add(member.name);
    for (const implementor of implementors.get(name) ?? []) found.add(implementor);
  }
  return found;
}

/** A string, or a scalar that may be one. */
function isTextType(api: GraphQl, name: string): boolean {
  if (/^(?:Int|Float|Boolean|BigInt|Date|DateTime)$/.test(name)) return false;
  const type = graphql.typeNamed(api, name);
  return type ? type.kind === 'scalar' : name === 'String' || name === 'ID';
}

function isWriteOnly(description: string): boolean {
  return /\b(?:input[- ]only|write[- ]only|never returned|not returned|(?:is|are) not (?:be )?returned)\b/i.test(
    description,
  );
}
