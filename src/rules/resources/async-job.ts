import { shapeOf } from '../../conventions/openapi/resources.ts';
import { simpleName, startsOperation } from '../../conventions/protobuf/standard-methods.ts';
import { get } from '../../languages/openapi/json.ts';
import type { OpenApi } from '../../languages/openapi/openapi.ts';
import { placeholdersOf, segmentsOf } from '../../languages/openapi/paths.ts';
import {
  type Operation,
  operations,
  propertiesOf,
  type Response,
  responsesOf,
} from '../../languages/openapi/select.ts';
import { operationInfoOf, type Text } from '../../languages/protobuf/annotations.ts';
import type { Protobuf } from '../../languages/protobuf/protobuf.ts';
import { memoised, messages, type Rpc, rpcs } from '../../languages/protobuf/select.ts';
import type { Finding } from '../../text/problem.ts';
import { singular } from '../../words/plurals.ts';
import { split } from '../../words/split.ts';
import { defineRule } from '../rule.ts';

export default defineRule({
  id: 'resources/async-job',
  summary: 'what is done in the background can be followed: its state can be read, and its result is typed',
  why: `A job id is of no use without an address to ask at. Clients then poll what they wanted to have in the end, and cannot tell "not yet"
from "failed". An operation that does not say what it ends with leaves them with bytes of an unknown type.`,
  sources: ['guide S4, Status Code Strategy', 'RFC 9110, section 15.3.3', 'AIP-151', 'Zalando 152'],
  equivalents: [
    'aip:0151::lro-metadata-reachable',
    'aip:0151::lro-metadata-type',
    'aip:0151::lro-response-reachable',
    'aip:0151::lro-response-type',
    'aip:0151::operation-info',
  ],
  checks: {
    openapi: {
      good: `
openapi: 3.1.0
paths:
  /reports:
    post:
      responses:
        '202':
          description: Being made.
          content:
            application/json:
              schema:
                type: object
                properties:
                  job_id: { type: string }
  /jobs/{id}:
    get: {}
  /imports:
    post:
      responses:
        '202':
          description: The import is read where it will be.
  /imports/{id}:
    get: {}
  /exports:
    post:
      responses:
        '202':
          description: Asked for at the given place.
          headers:
            Location: { schema: { type: string } }
`,
      bad: `
openapi: 3.1.0
paths:
  /reports:
    post:
      responses:
        '202':
          description: Being made.
          content:
            application/json:
              schema:
                type: object
                properties:
                  job_id: { type: string }
                  status: { type: string }
`,
      *find(api) {
        const readable = readableThings(api);
        for (const operation of operations(api)) {
          if (get(operation.value, 'callbacks') !== undefined || operation.method === 'get') continue;
          const accepted = responsesOf(api, operation).find(({ code }) => code === '202');
          if (!accepted || linksOn(api, accepted)) continue;
          const job = jobOf(api, accepted);
          if (!job || readable.has(job.thing) || canBeRead(operation, readable)) continue;
          yield {
            at: accepted.used.onKey,
            message: `\`${operation.name}\` answers with \`${job.name}\`, but no GET returns the state of ${/^[aeiou]/.test(job.thing) ? 'an' : 'a'} ${job.thing}.`,
            help: `Add a path such as \`/${job.thing}s/{id}\` with a GET, and point to it with \`Location\`.`,
          };
        }
      },
    },
    protobuf: {
      good: `
syntax = "proto3";

package library.v1;

import "google/longrunning/operations.proto";

service Library {
  rpc PrintBook(PrintBookRequest) returns (google.longrunning.Operation) {
    option (google.longrunning.operation_info) = {
      response_type: "PrintBookResponse"
      metadata_type: "library.v1.PrintBookMetadata"
    };
  }
  rpc DeleteBook(DeleteBookRequest) returns (google.longrunning.Operation) {
    option (google.longrunning.operation_info) = {
      response_type: "google.protobuf.Empty"
      metadata_type: "PrintBookMetadata"
    };
  }
}

message PrintBookRequest {}
message PrintBookResponse {}
message PrintBookMetadata {}
message DeleteBookRequest {}
`,
      bad: `
syntax = "proto3";

package library.v1;

import "google/longrunning/operations.proto";

service Library {
  rpc PrintBook(PrintBookRequest) returns (google.longrunning.Operation);
  rpc BindBook(PrintBookRequest) returns (google.longrunning.Operation) {
    option (google.longrunning.operation_info) = { response_type: "google.protobuf.Empty" };
  }
  rpc FoldBook(PrintBookRequest) returns (google.longrunning.Operation) {
    option (google.longrunning.operation_info) = { response_type: "FoldBookResult" metadata_type: "google.protobuf.Empty" };
  }
}

message PrintBookRequest {}
`,
      *find(api) {
        for (const rpc of rpcs(api)) {
          if (!startsOperation(rpc) || rpc.file.packageName === 'google.longrunning') continue;
          const info = operationInfoOf(rpc.node);
          if (!info) {
            yield {
              at: rpc.at,
              message: `\`${rpc.name}\` starts an operation and does not say what it ends with.`,
              help: 'Set `(google.longrunning.operation_info)` with `response_type` and `metadata_type`.',
            };
            continue;
          }
          yield* untyped(api, rpc, 'response_type', info.responseType, info.at);
          yield* untyped(api, rpc, 'metadata_type', info.metadataType, info.at);
        }
      },
    },
  },
});

const linkHeaders = /^(?:location|operation-location|content-location|link|azure-asyncoperation)$/i;

/** Whether a response says with a URL where to look. */
function linksOn(api: OpenApi, { headers, media }: Response): boolean {
  if (headers.some(({ name }) => linkHeaders.test(name))) return true;
  return media.some(({ schema }) =>
    [...propertiesOf(api, schema).keys()].some((name) => split(name).some((word) => linkWords.has(word))),
  );
}

const linkWords: ReadonlySet<string> = new Set(['href', 'link', 'links', 'location', 'self', 'uri', 'url']);

/** The property that names what has been begun: `job_id`, `taskId`, `operation`. */
function jobOf(api: OpenApi, { media }: Response): { readonly name: string; readonly thing: string } | undefined {
  for (const { schema } of media) {
    for (const name of propertiesOf(api, schema).keys()) {
      const words = split(name);
      const thing = words.find((word) => jobs.has(word));
      if (thing && (words.length === 1 || ['id', 'uuid', 'name'].includes(words.at(-1)!))) return { name, thing };
    }
  }
  return undefined;
}

const jobs: ReadonlySet<string> = new Set([
  'execution',
  'export',
  'import',
  'job',
  'operation',
  'process',
  'run',
  'task',
  'workflow',
]);

/** The things of which one can be read, in the singular, and the shapes of all paths with a GET. */
function readableThings(api: OpenApi): ReadonlySet<string> {
  const found = new Set<string>();
  for (const { method, path } of operations(api)) {
    if (method !== 'get') continue;
    found.add(shapeOf(path));
    for (const { text, literal } of segmentsOf(path)) {
      if (literal) for (const word of split(text)) found.add(singular(word));
    }
    for (const name of placeholdersOf(path)) for (const word of split(name)) found.add(word);
  }
  return found;
}

/** Whether what an operation acts on can be read itself. */
function canBeRead({ path }: Operation, readable: ReadonlySet<string>): boolean {
  const shape = shapeOf(path);
  return readable.has(`${shape}/{}`) || (shape.endsWith('}') && readable.has(shape));
}

/** Judges one of the types that an operation names. */
function* untyped(
  api: Protobuf,
  rpc: Rpc,
  part: 'response_type' | 'metadata_type',
  type: Text | null,
  at: Finding['at'],
): Generator<Finding> {
  const isResult = part === 'response_type';
  if (!type?.value) {
    yield {
      at: type?.at ?? at,
      message: `The operation of \`${rpc.name}\` has no \`${part}\`.`,
      help: isResult ? 'Name the message that it ends with.' : 'Name the message that tells how far it has come.',
    };
  } else if (simpleName(type.value) === 'Empty') {
    if (isResult && /^(?:Batch)?(?:Delete|Purge|Remove|Destroy|Erase|Clear)/.test(rpc.name)) return;
    yield {
      at: type.at,
      message: `The \`${part}\` of \`${rpc.name}\` is \`Empty\`, which can never carry anything.`,
      help: `Name a message of its own, \`${rpc.name}${isResult ? 'Response' : 'Metadata'}\`: it can grow.`,
    };
  } else if (!isAtHand(api, rpc, type.value)) {
    yield {
      at: type.at,
      message: `The \`${part}\` of \`${rpc.name}\`, \`${type.value}\`, is defined neither in its package nor in a file that is imported.`,
      help: 'Define it, import its file, or correct the name.',
    };
  }
}

/** Whether a message is in reach of an rpc. Files that could not be read may define anything. */
function isAtHand(api: Protobuf, { node, file }: Rpc, name: string): boolean {
  const names = messageNames(api);
  if (names.has(name) && name.startsWith(`${file.packageName}.`)) return true;
  if (names.has(`${file.packageName}.${name}`)) return true;
  if (api.links.typeOf({ text: name, start: 0, end: 0 }, node)) return true;
  return file.body.some(
    (one) => one.kind === 'import' && [null, 'external'].includes(api.target(one) as string | null),
  );
}

const messageNames = memoised((api): ReadonlySet<string> => new Set(messages(api).map(({ fullName }) => fullName)));
