import { isCopied } from '../../conventions/protobuf/packages.ts';
import type { Protobuf } from '../../languages/protobuf/protobuf.ts';
import { type Enum, enums, fields, memoised } from '../../languages/protobuf/select.ts';
import {
  type EnumNode,
  type MessageNode,
  type Node,
  type ProtoFile,
  placeOf,
  type Scope,
} from '../../languages/protobuf/tree.ts';
import type { Finding } from '../../text/problem.ts';
import { defineRule } from '../rule.ts';

export default defineRule({
  id: 'structure/file-layout',
  summary: 'a file has its services first, then messages, then enums, and the states of a resource stand in it',
  why: `Readers of an API begin with what can be called. When all files are laid out alike, they find it without searching, and an
enum that only one message uses is read where it is used.`,
  sources: ['AIP-191', 'AIP-216'],
  equivalents: ['aip:0191::file-layout', 'aip:0216::nesting', 'protolint:ORDER'],
  checks: {
    protobuf: {
      good: `
syntax = "proto3";
package library.v1;

service Library {
  rpc GetBook(GetBookRequest) returns (Book);
}

message GetBookRequest {
  string name = 1;
}

message Book {
  enum State {
    STATE_UNSPECIFIED = 0;
    LENT = 1;
  }
  State state = 1;
  Genre genre = 2;
  CoverState cover = 3;
}

message Cover {
  CoverState state = 1;
}

enum Genre {
  GENRE_UNSPECIFIED = 0;
  NOVEL = 1;
}

enum CoverState {
  COVER_STATE_UNSPECIFIED = 0;
  TORN = 1;
}
`,
      bad: `
syntax = "proto3";
package library.v1;

enum Genre {
  GENRE_UNSPECIFIED = 0;
  NOVEL = 1;
}

message Book {
  BookState state = 1;
  Genre genre = 2;
}

service Library {
  rpc GetBook(GetBookRequest) returns (Book);
}

message GetBookRequest {
  string name = 1;
}

enum BookState {
  BOOK_STATE_UNSPECIFIED = 0;
  LENT = 1;
}
`,
      *find(api) {
        for (const file of api.files) if (!isCopied(file)) yield* orderFaults(file);
        for (const state of enums(api)) yield* nestingFault(api, state);
      },
    },
  },
});

function* orderFaults({ body }: ProtoFile): Generator<Finding> {
  const firstMessage = body.findIndex(({ kind }) => kind === 'message');
  const service = body.find((node, index) => node.kind === 'service' && firstMessage !== -1 && index > firstMessage);
  if (service?.kind === 'service') {
    yield {
      at: placeOf(service, service.name),
      message: `The service \`${service.name.text}\` stands below a message.`,
      help: 'Put services first.',
    };
  }
  const last = body.findLastIndex(({ kind }) => kind === 'message' || kind === 'service');
  const early = body.find((node, index): node is EnumNode => node.kind === 'enum' && index < last);
  if (!early) return;
  yield {
    at: placeOf(early, early.name),
    message: `The enum \`${early.name.text}\` stands above a ${body[last]!.kind}.`,
    help: 'Put enums that stand in no message last.',
  };
}

function* nestingFault(api: Protobuf, { node, name, at }: Enum): Generator<Finding> {
  const owner = name.replace(/State$/, '');
  if (node.parent.kind !== 'file' || owner === name) return;
  const users = [...(usersOf(api).get(node) ?? [])];
  const [user] = users;
  if (users.length !== 1 || user?.kind !== 'message' || user.name.text !== owner || user.parent !== node.parent) return;
  yield {
    at,
    message: `\`${name}\` holds the states of \`${owner}\` and stands outside of it.`,
    help: `Move it into \`${owner}\` and call it \`State\`.`,
  };
}

/** The messages with a field of each enum. */
const usersOf = memoised((api): ReadonlyMap<unknown, ReadonlySet<Scope>> => {
  const found = new Map<unknown, Set<Scope>>();
  for (const { node, definition } of fields(api)) {
    if (definition?.kind !== 'enum') continue;
    const users = found.get(definition.node) ?? new Set();
    found.set(definition.node, users.add(messageAround(node)));
  }
  return found;
});

function messageAround({ parent }: Node): MessageNode | Scope {
  return parent.kind === 'oneof' ? parent.parent : parent;
}
