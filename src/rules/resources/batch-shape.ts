import {
  answersOtherwise,
  boundOtherwise,
  isView,
  misshapen,
  requestMisnamed,
  typeOf,
} from '../../conventions/protobuf/method-shapes.ts';
import {
  type BatchKind,
  type MethodMessage,
  manyOf,
  methodsOf,
  requestsOf,
  responsesOf,
  simpleName,
} from '../../conventions/protobuf/standard-methods.ts';
import type { OpenApi } from '../../languages/openapi/openapi.ts';
import { segmentsOf } from '../../languages/openapi/paths.ts';
import type { At } from '../../languages/openapi/references.ts';
import {
  bodyOf,
  effectiveTypes,
  isJson,
  keyword,
  type MediaType,
  type Operation,
  operations,
  propertiesOf,
  successesOf,
} from '../../languages/openapi/select.ts';
import { packageImports } from '../../languages/protobuf/annotations.ts';
import type { Protobuf } from '../../languages/protobuf/protobuf.ts';
import type { Field, Message } from '../../languages/protobuf/select.ts';
import type { Finding } from '../../text/problem.ts';
import { isSingular } from '../../words/plurals.ts';
import { split } from '../../words/split.ts';
import { defineRule } from '../rule.ts';

export default defineRule({
  id: 'resources/batch-shape',
  summary: 'a batch takes a list and answers with a result for each of its items',
  why: `Of a hundred items, three fail. A client that gets one status for all of them cannot know which to send again, and sends all or
none.`,
  sources: ['guide S4, Batch Operations', 'guide S2, Bulk Operations', 'AIP-231 to AIP-235', 'Zalando 152'],
  equivalents: [
    'aip:0231::http-body',
    'aip:0231::http-method',
    'aip:0231::http-uri-suffix',
    'aip:0231::plural-method-name',
    'aip:0231::request-message-name',
    'aip:0231::request-names-field',
    'aip:0231::request-parent-field',
    'aip:0231::request-unknown-fields',
    'aip:0231::response-message-name',
    'aip:0231::response-resource-field',
    'aip:0233::http-body',
    'aip:0233::http-method',
    'aip:0233::http-uri-suffix',
    'aip:0233::plural-method-name',
    'aip:0233::request-message-name',
    'aip:0233::request-parent-field',
    'aip:0233::request-requests-field',
    'aip:0233::request-unknown-fields',
    'aip:0233::response-message-name',
    'aip:0233::response-resource-field',
    'aip:0234::http-body',
    'aip:0234::http-method',
    'aip:0234::http-uri-suffix',
    'aip:0234::plural-method-name',
    'aip:0234::request-message-name',
    'aip:0234::request-parent-field',
    'aip:0234::request-requests-field',
    'aip:0234::request-unknown-fields',
    'aip:0234::response-message-name',
    'aip:0234::response-resource-field',
    'aip:0235::http-body',
    'aip:0235::http-method',
    'aip:0235::http-uri-suffix',
    'aip:0235::plural-method-name',
    'aip:0235::request-message-name',
    'aip:0235::request-names-field',
    'aip:0235::request-parent-field',
    'aip:0235::request-unknown-fields',
    'aip:0235::response-message-name',
    'aip:0235::response-resource-field',
  ],
  checks: {
    openapi: {
      good: `
openapi: 3.1.0
paths:
  /orders/batch:
    post:
      requestBody:
        content:
          application/json:
            schema:
              type: object
              properties:
                operations: { type: array, items: { type: object } }
      responses:
        '200':
          description: One result for each operation.
          content:
            application/json:
              schema:
                type: object
                properties:
                  results: { type: array, items: { type: object } }
                  summary: { type: object }
  /orders/bulk:
    post:
      requestBody:
        content:
          application/json:
            schema: { type: array, items: { type: object } }
      responses:
        '202': { description: Done in the background. }
  /batches:
    post: { description: Makes a batch; is none. }
`,
      bad: `
openapi: 3.1.0
paths:
  /orders/batch:
    post:
      requestBody:
        content:
          application/json:
            schema:
              type: object
              properties:
                ids: { type: string }
      responses:
        '200':
          description: Done.
          content:
            application/json:
              schema:
                type: object
                properties:
                  ok: { type: boolean }
  /customers:batchUpdate:
    post:
      requestBody:
        content:
          application/json:
            schema: { type: array, items: { type: object } }
      responses:
        '204': { description: Done. }
`,
      *find(api) {
        for (const operation of operations(api)) {
          if (!isBatch(operation)) continue;
          const body = jsonOf(bodyOf(api, operation)?.media ?? []);
          if (body && !holdsList(api, body)) {
            yield {
              at: body.at,
              message: `The batch \`${operation.name}\` takes no list.`,
              help: 'Take an array of what is to be done.',
            };
          }
          const answers = successesOf(api, operation);
          if (answers.some(({ code }) => code === '202')) continue;
          const told = answers.flatMap(({ media }) => jsonOf(media) ?? []);
          const [answer] = answers;
          if (!answer || told.some((schema) => holdsList(api, schema))) continue;
          if (answer.media.length > 0 && told.length === 0) continue;
          yield {
            at: told[0]?.at ?? answer.used.onKey,
            message: `The batch \`${operation.name}\` does not answer with a result for each item.`,
            help: 'Return `results`, each with its index and status, and a summary of how many succeeded.',
          };
        }
      },
    },
    protobuf: {
      good: `
syntax = "proto3";

package library.v1;

import "google/api/annotations.proto";
import "google/protobuf/empty.proto";

service Library {
  rpc BatchGetBooks(BatchGetBooksRequest) returns (BatchGetBooksResponse) {
    option (google.api.http).get = "/v1/{parent=publishers/*}/books:batchGet";
  }
  rpc BatchCreateBooks(BatchCreateBooksRequest) returns (BatchCreateBooksResponse) {
    option (google.api.http) = { post: "/v1/{parent=publishers/*}/books:batchCreate" body: "*" };
  }
  rpc BatchDeleteBooks(BatchDeleteBooksRequest) returns (google.protobuf.Empty) {
    option (google.api.http) = { post: "/v1/{parent=publishers/*}/books:batchDelete" body: "*" };
  }
}

message BatchGetBooksRequest {
  string parent = 1;
  repeated string names = 2;
}
message BatchGetBooksResponse { repeated Book books = 1; }
message BatchCreateBooksRequest {
  string parent = 1;
  repeated CreateBookRequest requests = 2;
}
message BatchCreateBooksResponse { repeated Book books = 1; }
message BatchDeleteBooksRequest { repeated string names = 1; }
message CreateBookRequest {}
message Book {}
`,
      bad: `
syntax = "proto3";

package library.v1;

import "google/api/annotations.proto";

service Library {
  rpc BatchGetBook(BatchGetBooksRequest) returns (Books) {
    option (google.api.http) = { post: "/v1/{parent=publishers/*}/books:batch" body: "*" };
  }
  rpc BatchCreateBooks(BatchCreateBooksRequest) returns (BatchCreateBooksResponse) {
    option (google.api.http).post = "/v1/{parent=publishers/*}/books:batchCreate";
  }
}

message BatchGetBooksRequest {
  string publisher = 1;
  repeated string books = 2;
}
message Books {}
message BatchCreateBooksRequest {
  bytes parent = 1;
  CreateBookRequest requests = 2;
}
message BatchCreateBooksResponse { Book books = 1; }
message BatchDeleteBooksRequest { int32 limit = 1; }
message BatchUpdateBooksResponse {}
message CreateBookRequest {}
message Book {}
`,
      *find(api) {
        for (const method of methodsOf(api, ...batches)) {
          const { rpc, kind, noun } = method;
          if (!followsAips(api, rpc.file.packageName)) continue;
          const wanted = `${rpc.name}Response`;
          const suffix = `b${kind.slice(1)}`;
          if (isSingular(noun)) {
            yield {
              at: rpc.at,
              message: `\`${rpc.name}\` names one \`${noun}\`, though it takes many.`,
              help: `Call it \`${kind}${manyOf(noun)}\`.`,
            };
          }
          const isGet = kind === 'BatchGet';
          yield* boundOtherwise(method, { verb: isGet ? 'GET' : 'POST', body: isGet ? null : '*', suffix });
          yield* requestMisnamed(rpc);
          yield* answersOtherwise(method, {
            names: new Set(kind === 'BatchDelete' ? [wanted, 'Empty'] : [wanted]),
            wanted,
            operation: isGet ? 'never' : 'may',
          });
        }
        for (const request of requestsOf(api, ...batches)) {
          if (followsAips(api, request.package)) yield* requestFindings(request);
        }
        for (const { message, package: pkg } of responsesOf(api, ...batches)) {
          if (followsAips(api, pkg)) yield* responseFindings(message);
        }
      },
    },
  },
});

/** Whether a path's end is a batch as an action: `/batch`, `/bulk-delete`, `:batchCreate`; not the thing `/batches`. */
function isBatch({ method, path }: Operation): boolean {
  if (method !== 'post' && method !== 'patch' && method !== 'put') return false;
  const last = segmentsOf(path).at(-1)?.text ?? '';
  const words = split(last.replace(/^[^:]*:/, ''));
  if (words[0] !== 'batch' && words[0] !== 'bulk') return false;
  return words.length === 1 || actions.has(words[1]!);
}

const actions: ReadonlySet<string> = new Set(
  'add archive cancel create delete destroy edit get insert patch remove save send set update upsert write'.split(' '),
);

const jsonOf = (media: readonly MediaType[]): At | undefined => media.find(({ name }) => isJson(name))?.schema;

/** Whether a schema is an array, or an object with one in it. Says yes where the schema leaves that open. */
function holdsList(api: OpenApi, schema: At): boolean {
  if (effectiveTypes(api, schema).includes('array')) return true;
  const properties = [...propertiesOf(api, schema).values()];
  if (properties.length === 0) return true;
  if (['oneOf', 'anyOf'].some((name) => keyword(api, schema, name) !== undefined)) return true;
  return properties.some((property) => {
    const types = effectiveTypes(api, property);
    if (types.length === 0 || types.includes('array')) return true;
    if (!types.includes('object')) return false;
    if (keyword(api, property, 'additionalProperties') !== undefined) return true;
    return [...propertiesOf(api, property).values()].some((inner) => effectiveTypes(api, inner).includes('array'));
  });
}

const batches: readonly BatchKind[] = ['BatchGet', 'BatchCreate', 'BatchUpdate', 'BatchDelete'];

/** Other schools have batches of other shapes; whoever uses the options of google.api follows the AIPs. */
function followsAips(api: Protobuf, pkg: string): boolean {
  return ['annotations', 'resource'].some((name) => packageImports(api, pkg, `google/api/${name}.proto`));
}

function requestFindings({ message, kind, resource }: MethodMessage): Iterable<Finding> {
  const { fields } = message;
  const has = (name: string) => fields.some((field) => field.name === name);
  const others = ['read_mask', 'validate_only', 'request_id', 'update_mask', 'force', 'allow_missing'];
  const isStandard = ({ name }: Field) => [...others, 'parent', 'names', 'requests'].includes(name);
  const isParent = (field: Field) => typeOf(field) === 'string' && !isStandard(field) && !isView(field);
  const isRequest = ({ label, type }: Field) => label === 'repeated' && type.endsWith('Request');
  const takesNames = (kind === 'BatchGet' || kind === 'BatchDelete') && !has('requests') && !fields.some(isRequest);
  const one = fields.find(({ name }) => name === 'requests');
  const single = one ? one.type : `${kind.slice('Batch'.length)}${resource}Request`;
  return misshapen(message, {
    fields: [
      // What belongs to no parent has none; it is missed only where something else stands for it.
      { name: 'parent', type: 'string', wanted: fields.some(isParent), meant: isParent },
      { name: 'names', type: 'repeated string', wanted: takesNames },
      { name: 'requests', type: `repeated ${single}`, wanted: !takesNames && !has('names'), meant: isRequest },
      ...others.map((name) => ({ name })),
    ],
    closed: { except: isView },
  });
}

/** A batch answers with what it got or made, or with a result for each. */
function* responseFindings(message: Message): Generator<Finding> {
  const found = message.fields.filter(({ kind, name }) => kind !== 'scalar' && !name.startsWith('failed_'));
  if (found.some(({ label, kind }) => label === 'repeated' || kind === 'map')) return;
  const [single] = found;
  yield {
    at: (single ?? message).at,
    message: single
      ? `\`${single.name}\` of \`${message.name}\` holds one \`${simpleName(single.type)}\`, though a batch has many.`
      : `\`${message.name}\` has no list of what the batch did.`,
    help: 'Answer with a repeated field, one item for each that was asked for.',
  };
}
