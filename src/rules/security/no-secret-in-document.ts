import type { GraphQl } from '../../languages/graphql/graphql.ts';
import * as graphql from '../../languages/graphql/select.ts';
import { comments, descriptions, strings, type Text } from '../../languages/graphql/texts.ts';
import { asString, get } from '../../languages/openapi/json.ts';
import type { OpenApi } from '../../languages/openapi/openapi.ts';
import { keyword, properties, servers } from '../../languages/openapi/select.ts';
import { stringsMatching } from '../../languages/openapi/strings.ts';
import { STRING } from '../../languages/protobuf/lex.ts';
import type { Protobuf } from '../../languages/protobuf/protobuf.ts';
import * as protobuf from '../../languages/protobuf/select.ts';
import { placeOf } from '../../languages/protobuf/tree.ts';
import type { Place } from '../../text/place.ts';
import type { Finding } from '../../text/problem.ts';
import { isSecretName } from '../../words/secrets.ts';
import { tokenIn, tokenStarts } from '../../words/tokens.ts';
import { defineRule } from '../rule.ts';

export default defineRule({
  id: 'security/no-secret-in-document',
  summary: 'the document holds no key, token, password or private key',
  why: `The document is published, and stays in the history of its repository. A key that was copied into an example works for everybody
who reads it, until somebody notices and revokes it; a default password works wherever nobody changed it.`,
  sources: [
    'guide S3, OAuth 2.0 / OpenID Connect',
    'guide S1, API Key Management',
    'RFC 3986, section 7.5',
    'CWE-798',
    'OWASP API8:2023',
  ],
  equivalents: [],
  checks: {
    openapi: {
      good: `
openapi: 3.1.0
servers:
  - url: https://{user}@api.example.com
components:
  schemas:
    Key:
      properties:
        aws: { type: string, example: AKIAIOSFODNN7EXAMPLE }
        github: { type: string, example: ghp_xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx }
        pem: { type: string, example: "-----BEGIN PRIVATE KEY-----\\n...\\n-----END PRIVATE KEY-----" }
        password: { type: string, default: null }
        key: { type: string, example: sk_test_4eC39HqLyjWDarjtT1zdp7dc }
`,
      bad: `
openapi: 3.1.0
servers:
  - url: https://admin:hunter2@api.example.com
components:
  schemas:
    Key:
      properties:
        aws: { type: string, example: AKIAQ3EGRX7VZT5WLM2P }
        password: { type: string, default: changeme }
`,
      *find(api) {
        yield* tokensAmong(textsOfDocument(api), 'document');
        yield* passwordsOfServers(api);
        yield* defaultCredentials(api);
      },
    },
    graphql: {
      good: `
"Sign in with a token such as \`ghp_xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx\`."
type Query {
  me: User
}

input SignInInput {
  user: String! = "anonymous"
  password: String!
}
`,
      bad: `
"Sign in with \`AKIAQ3EGRX7VZT5WLM2P\`."
type Query {
  me: User @rest(headers: { key: "AKIAX7QNB4D2KVYT6RWE" })
}

# The key of the staging server is AKIAV5HJ3ZMRC7XW2QTD.
input SignInInput {
  user: String!
  password: String = "changeme"
}
`,
      *find(api) {
        yield* tokensAmong(textsOfSchema(api), 'schema');
        for (const { name, node, at } of [...graphql.inputFields(api), ...graphql.everyArgument(api)]) {
          const { defaultValue } = node;
          if (defaultValue?.kind !== 'StringValue' || defaultValue.value === '' || !isSecretName(name)) continue;
          yield defaultCredential(name, at.on(defaultValue));
        }
      },
    },
    protobuf: {
      good: `
syntax = "proto2";
package users.v1;

// Sign in with a key such as AKIAIOSFODNN7EXAMPLE.
message SignInRequest {
  optional string user = 1 [default = "anonymous"];
  optional string password = 2;
}
`,
      bad: `
syntax = "proto2";
package users.v1;

// Sign in with AKIAQ3EGRX7VZT5WLM2P.
message SignInRequest {
  option (acme.key) = "AKIAX7QNB4D2KVYT6RWE";
  optional string user = 1;
  optional string password = 2 [default = "changeme"];
}
`,
      *find(api) {
        yield* tokensAmong(textsOfFiles(api), 'file');
        for (const { node, name } of protobuf.fields(api)) {
          const value = protobuf.optionOf(node, 'default')?.value;
          if (value?.kind !== 'string' || value.value === '' || !isSecretName(name)) continue;
          yield defaultCredential(name, placeOf(node, value));
        }
      },
    },
  },
});

function* passwordsOfServers(api: OpenApi): Generator<Finding> {
  for (const { url, urlAt } of servers(api)) {
    const password = /^[a-z][a-z0-9+.-]*:\/\/[^/?#@:]*:([^/?#@]+)@/i.exec(url)?.[1];
    if (password === undefined || /[{}<>]|^\*+$/.test(password)) continue;
    yield { at: urlAt, message: 'The address of the server holds a password.', help: 'Take it out of the URL.' };
  }
}

function* defaultCredentials(api: OpenApi): Generator<Finding> {
  for (const property of properties(api)) {
    const value = asString(get(property.value, 'default'));
    if (!value || !isSecretName(property.name) || keyword(api, property, 'enum') !== undefined) continue;
    yield defaultCredential(property.name, property.at.child('default'));
  }
}

/** The credentials in texts, each once. */
function* tokensAmong(texts: Iterable<Text>, where: string): Generator<Finding> {
  const reported = new Set<string>();
  for (const { value, at } of texts) {
    const token = tokenStarts.test(value) ? tokenIn(value) : undefined;
    if (!token || reported.has(token.text)) continue;
    reported.add(token.text);
    const message = `The ${where} holds what looks like ${token.kind}.`;
    yield { at, message, help: 'Revoke it if it is real, and put an invented value in its place.' };
  }
}

function defaultCredential(name: string, at: Place): Finding {
  return {
    at,
    message: `The credential \`${name}\` has a default, which everybody knows.`,
    help: 'Leave the default out, so that each credential is chosen or generated.',
  };
}

function* textsOfDocument(api: OpenApi): Generator<Text> {
  for (const { value, at } of stringsMatching(api, tokenStarts)) yield { value, at: at.onValue };
}

function* textsOfSchema(api: GraphQl): Generator<Text> {
  if (!api.sources.some(({ text }) => tokenStarts.test(text) || /\\u/.test(text))) return;
  yield* descriptions(api);
  yield* strings(api);
  yield* comments(api);
}

/** The comments and strings of files. */
function* textsOfFiles(api: Protobuf): Generator<Text> {
  for (const file of api.files) {
    const { text, kinds, starts, ends, comments } = file.tokens;
    if (!tokenStarts.test(text)) continue;
    for (const { start, end } of comments) yield { value: text.slice(start, end), at: placeOf(file, { start, end }) };
    for (let i = 0; i < kinds.length; i++) {
      const [start, end] = [starts[i]!, ends[i]!];
      if (kinds[i] === STRING) yield { value: text.slice(start, end), at: placeOf(file, { start, end }) };
    }
  }
}
