import { isString, requestsOf, resourceOfSubject } from '../../conventions/protobuf/standard-methods.ts';
import { hasHeader } from '../../languages/openapi/answers.ts';
import type { OpenApi } from '../../languages/openapi/openapi.ts';
import {
  codesOf,
  declares,
  type Operation,
  operations,
  parametersOf,
  successesOf,
} from '../../languages/openapi/select.ts';
import { ownResources } from '../../languages/protobuf/annotations.ts';
import type { Protobuf } from '../../languages/protobuf/protobuf.ts';
import * as protobuf from '../../languages/protobuf/select.ts';
import type { Finding } from '../../text/problem.ts';
import { defineRule } from '../rule.ts';

export default defineRule({
  id: 'limits/conditional-write',
  summary: 'where reads return an ETag, writes can say which version they mean',
  why: `Two people edit the same thing, and the later save silently undoes the earlier. The \`ETag\` is there to notice it, but only
when the write can say which version it means.`,
  sources: [
    'guide S3, API Gateway Pattern (response caching)',
    'RFC 9110, section 13.1.1',
    'RFC 6585, section 3',
    'Zalando 182',
    'AIP-154',
  ],
  equivalents: ['aip:0154::declarative-friendly-required', 'aip:0154::field-type', 'aip:0154::no-duplicate-etag'],
  checks: {
    openapi: {
      good: `
openapi: 3.1.0
paths:
  /orders/{id}:
    get:
      responses:
        '200': { headers: { ETag: { schema: { type: string } } } }
    put:
      parameters: [{ name: If-Match, in: header, schema: { type: string } }]
      responses:
        '200': { description: Replaced. }
        '412': { description: Somebody else was faster. }
  /invoices/{id}:
    get:
      responses:
        '200': { description: The invoice. }
    put:
      responses:
        '200': { description: Replaced. }
`,
      bad: `
openapi: 3.1.0
paths:
  /orders/{id}:
    get:
      responses:
        '200': { headers: { ETag: { schema: { type: string } } } }
    put:
      responses:
        '200': { description: Replaced. }
    patch:
      parameters: [{ name: If-Match, in: header, schema: { type: string } }]
      responses:
        '200': { description: Changed. }
`,
      *find(api) {
        const tagged = new Set(
          operations(api)
            .filter((operation) => returnsEtag(api, operation))
            .map(({ path }) => path),
        );
        for (const operation of operations(api)) {
          if (!['put', 'patch', 'delete'].includes(operation.method) || !tagged.has(operation.path)) continue;
          const takes = parametersOf(api, operation).some(
            ({ in: place, name }) => place === 'header' && /^if-(?:match|unmodified-since)$/i.test(name),
          );
          if (!takes) {
            yield {
              at: operation.at,
              message: `\`${operation.name}\` takes no \`If-Match\`, though the GET returns an \`ETag\`.`,
              help: 'Take the header, and answer 412 when it no longer matches.',
            };
          } else if (codesOf(api, operation).length > 0 && !declares(api, operation, '412')) {
            yield {
              at: operation.at.child('responses'),
              message: `\`${operation.name}\` takes \`If-Match\` and does not declare 412.`,
              help: 'Declare 412 for an item that has changed in the meantime.',
            };
          }
        }
      },
    },
    protobuf: {
      good: `
syntax = "proto3";
package library.v1;

import "google/api/resource.proto";

message Book {
  option (google.api.resource) = {
    type: "library.example.com/Book"
    pattern: "books/{book}"
    style: DECLARATIVE_FRIENDLY
  };
  string name = 1;
  string etag = 2;
}

message UpdateBookRequest {
  Book book = 1;
}

message DeleteBookRequest {
  string name = 1;
  string etag = 2;
}
`,
      bad: `
syntax = "proto3";
package library.v1;

import "google/api/resource.proto";

message Book {
  bytes etag = 1;
}

message UpdateBookRequest {
  Book book = 1;
  string etag = 2;
}

message Shelf {
  option (google.api.resource) = {
    type: "library.example.com/Shelf"
    pattern: "shelves/{shelf}"
    style: DECLARATIVE_FRIENDLY
  };
  string name = 1;
}

message DeleteShelfRequest {
  string name = 1;
}
`,
      *find(api) {
        for (const message of protobuf.messages(api)) yield* etagFaults(api, message);
        yield* missingEtags(api);
      },
    },
  },
});

function* etagFaults(api: Protobuf, { name, fields }: protobuf.Message): Generator<Finding> {
  const etag = fields.find((field) => field.name === 'etag');
  if (!etag) return;
  if (!isString(etag) && etag.type !== 'google.protobuf.StringValue') {
    yield {
      at: etag.typeAt,
      message: `The \`etag\` of \`${name}\` is not a string.`,
      help: 'Make it a single string.',
    };
  }
  const carrier = /Request$/.test(name) && fields.find(({ definition }) => tagged(api).has(definition?.node));
  if (!carrier) return;
  yield {
    at: etag.at,
    message: `\`${name}\` has an \`etag\`, and so has its \`${carrier.name}\`.`,
    help: 'Keep the one in the resource, so that nobody has to say which counts.',
  };
}

/** The messages with an `etag`. */
const tagged = protobuf.memoised(
  (api): ReadonlySet<unknown> =>
    new Set(
      protobuf
        .messages(api)
        .filter(({ fields }) => fields.some(({ name }) => name === 'etag'))
        .map(({ node }) => node),
    ),
);

/** What tools apply in a declarative way, they have to update and delete without undoing what others did (AIP-154). */
function* missingEtags(api: Protobuf): Generator<Finding> {
  const help = 'Add `string etag`.';
  const declarative = new Set(
    ownResources(api).flatMap(({ isDeclarative, message }) => (isDeclarative ? [message] : [])),
  );
  for (const { node, name, at } of protobuf.messages(api)) {
    if (!declarative.has(node) || tagged(api).has(node)) continue;
    yield { at, message: `The declarative-friendly resource \`${name}\` has no \`etag\`.`, help };
  }
  for (const request of requestsOf(api, 'Delete')) {
    const { message } = request;
    const resource = resourceOfSubject(api, request);
    if (!resource?.isDeclarative || tagged(api).has(message.node)) continue;
    yield {
      at: message.at,
      message: `\`${message.name}\` has no \`etag\`, though \`${resource.name}\` is declarative-friendly.`,
      help,
    };
  }
}

function returnsEtag(api: OpenApi, operation: Operation): boolean {
  return operation.method === 'get' && successesOf(api, operation).some((response) => hasHeader(response, /^etag$/i));
}
