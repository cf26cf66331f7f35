import {
  isRequired,
  isTopLevel,
  type Method,
  methods,
  payloadNameOf,
  payloadOf,
} from '../../conventions/protobuf/standard-methods.ts';
import { methodSignaturesOf, packageImports, type Text } from '../../languages/protobuf/annotations.ts';
import type { Protobuf } from '../../languages/protobuf/protobuf.ts';
import { type Field, type Message, memoised, messages } from '../../languages/protobuf/select.ts';
import type { Finding } from '../../text/problem.ts';
import { defineRule } from '../rule.ts';

export default defineRule({
  id: 'docs/method-signature-declared',
  summary: 'a standard method declares its signature, and every signature fits the request',
  why: `From \`google.api.method_signature\` client libraries make overloads: \`getBook(name)\` instead of a request object. Where it is
missing the plain call is missing; where it names what is not there, or leaves out what is required, the overload can't work.`,
  sources: ['AIP-4232', 'AIP-131 to AIP-135'],
  equivalents: [
    'aip:0131::method-signature',
    'aip:0132::method-signature',
    'aip:0133::method-signature',
    'aip:0134::method-signature',
    'aip:0135::method-signature',
    'aip:4232::repeated-fields',
    'aip:4232::required-fields',
  ],
  checks: {
    protobuf: {
      good: `
syntax = "proto3";

package library.v1;

import "google/api/client.proto";
import "google/api/field_behavior.proto";

service Library {
  rpc GetBook(GetBookRequest) returns (Book) {
    option (google.api.method_signature) = "name";
  }
  rpc CreateBook(CreateBookRequest) returns (Book) {
    option (google.api.method_signature) = "parent, book, book_id";
    option (google.api.method_signature) = "parent,book";
  }
  rpc CheckoutBook(CheckoutBookRequest) returns (Book);
}

message GetBookRequest { string name = 1 [(google.api.field_behavior) = REQUIRED]; }
message CreateBookRequest {
  string parent = 1;
  Book book = 2;
  string book_id = 3;
}
message CheckoutBookRequest {}
message Book {}
`,
      bad: `
syntax = "proto3";

package library.v1;

import "google/api/client.proto";
import "google/api/field_behavior.proto";

service Library {
  rpc GetBook(GetBookRequest) returns (Book);
  rpc DeleteBook(DeleteBookRequest) returns (Book) {
    option (google.api.method_signature) = "book";
  }
  rpc MoveBooks(MoveBooksRequest) returns (Book) {
    option (google.api.method_signature) = "names,shelf";
    option (google.api.method_signature) = "to";
    option (google.api.method_signature) = "shelf";
  }
}

message GetBookRequest { string name = 1; }
message DeleteBookRequest { string name = 1; }
message MoveBooksRequest {
  repeated string names = 1 [(google.api.field_behavior) = REQUIRED];
  string shelf = 2;
}
message Book {}
`,
      *find(api) {
        for (const method of methods(api)) {
          const { rpc, request } = method;
          if (rpc.streaming === 'client' || rpc.streaming === 'both') continue;
          const signatures = methodSignaturesOf(rpc.node);
          const wanted = wantedSignatures(api, method);
          const [first] = signatures;
          const isOther = wanted && !signatures.some(({ value }) => wanted.includes(value.replace(/\s/g, '')));
          if (isOther && first) {
            yield {
              at: first.at,
              message: `The signature of \`${rpc.name}\` is \`${first.value}\`, not \`${wanted[0]}\`.`,
              help: `Set it to \`"${wanted[0]}"\`, or add this one.`,
            };
          } else if (isOther && packageImports(api, method.package, 'google/api/client.proto')) {
            yield {
              at: rpc.at,
              message: `\`${rpc.name}\` has no \`google.api.method_signature\`.`,
              help: `Set it to \`"${wanted[0]}"\`.`,
            };
          }
          if (!request) continue;
          for (const signature of isOther ? signatures.slice(1) : signatures) {
            yield* unfit(api, rpc.name, signature, request);
          }
        }
      },
    },
  },
});

/** The signatures of which a standard method has one, the best first; null for what has none, or asks for other fields. */
function wantedSignatures(api: Protobuf, method: Method): string[] | null {
  const { kind, request } = method;
  const has = (name: string) => request?.fields.some((field) => field.name === name) ?? true;
  if (kind === 'Get' || kind === 'Delete') return has('name') ? ['name'] : null;
  if (!request) return null;
  if (kind === 'List') return has('parent') ? ['parent'] : isTopLevel(api, method, [method]) ? [''] : null;
  const payload = payloadOf(api, request, method);
  if (!payload) return null;
  if (kind === 'Update') return [has('update_mask') ? `${payload.name},update_mask` : payload.name];
  if (kind !== 'Create' || !(has('parent') || isTopLevel(api, method, [method]))) return null;
  const id = `${payloadNameOf(method, payload)}_id`;
  const short = has('parent') ? `parent,${payload.name}` : payload.name;
  return has(id) ? [`${short},${id}`, short] : [short];
}

function* unfit(api: Protobuf, rpc: string, { value, at }: Text, request: Message): Generator<Finding> {
  const names = value.split(',').flatMap((name) => name.trim() || []);
  for (const [index, path] of names.entries()) {
    const fields = fieldsOn(api, request, path.split('.'));
    const unknown = fields.indexOf(null);
    if (unknown >= 0) {
      yield {
        at,
        message: `The signature of \`${rpc}\` names \`${path}\`, which \`${request.name}\` does not have.`,
        help: 'Name fields of the request.',
      };
      return;
    }
    if (index < names.length - 1 && fields.some((field) => field?.label === 'repeated')) {
      yield {
        at,
        message: `The signature of \`${rpc}\` has the repeated \`${path}\` before other fields.`,
        help: 'Put it last: most languages take a variable number of arguments only there.',
      };
      return;
    }
  }
  const left = request.fields.find(
    (field) => isRequired(field) && !names.some((path) => path.split('.')[0] === field.name),
  );
  if (!left) return;
  yield {
    at,
    message: `The signature of \`${rpc}\` leaves out \`${left.name}\`, which is required.`,
    help: 'Name all the required fields: without them the call fails.',
  };
}

/** The fields on a path, as far as their messages are known; null for one that is not there. */
function fieldsOn(api: Protobuf, message: Message, path: readonly string[]): (Field | null)[] {
  const [name, ...rest] = path;
  const field = message.fields.find((one) => one.name === name);
  if (!field) return [null];
  const next = rest.length > 0 && field.kind === 'message' ? byName(api).get(field.type) : undefined;
  return next ? [field, ...fieldsOn(api, next, rest)] : [field];
}

const byName = memoised(
  (api): ReadonlyMap<string, Message> => new Map(messages(api).map((message) => [message.fullName, message])),
);
