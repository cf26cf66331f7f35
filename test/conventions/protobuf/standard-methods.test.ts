import { describe, expect, it, test } from 'vitest';
import {
  answerOf,
  isTopLevel,
  methods,
  payloadOf,
  requests,
  subjectOf,
} from '../../../src/conventions/protobuf/standard-methods.ts';
import { rpcs } from '../../../src/languages/protobuf/select.ts';
import { apiOf, textAt } from '../../languages/protobuf/api.ts';

describe('the subject of a name', () => {
  test.each([
    ['GetBook', 'Get', 'Book', 'Book'],
    ['ListBookShelves', 'List', 'BookShelves', 'BookShelf'],
    ['BatchGetBooks', 'BatchGet', 'Books', 'Book'],
    ['RunExportJob', 'Run', 'ExportJob', 'ExportJob'],
    ['TagBookRevision', 'TagRevision', 'Book', 'Book'],
    ['DeleteBookRevision', 'DeleteRevision', 'Book', 'Book'],
    ['PurgeBooks', 'Purge', 'Books', 'Book'],
  ])('%s', (name, kind, noun, resource) => {
    expect(subjectOf(name)).toEqual({ kind, noun, resource });
  });

  test.each(['Get', 'Getaway', 'RunJob', 'UpdateBookRequest', 'ArchiveBook'])('%s has none', (name) => {
    expect(subjectOf(name)).toBeNull();
  });
});

const api = apiOf(`syntax = "proto3";
package library.v1;
service Library {
  rpc GetBook(GetBookRequest) returns (.library.v1.Book);
  rpc GetIamPolicy(A) returns (A);
  rpc ListBooks(A) returns (stream Book);
  rpc CreateBook(CreateBookRequest) returns (google.longrunning.Operation) {
    option (google.longrunning.operation_info) = { response_type: "library.v1.Book" };
  }
  rpc GetBookCover(GetBookCoverRequest) returns (A) { option (google.api.http).get = "/v1/{name=books/*}:cover"; }
  rpc Commit(A) returns (A);
  rpc CommitTransaction(A) returns (A);
  rpc CommitBook(A) returns (A);
  rpc DeleteBookRevision(A) returns (A) { option (google.api.http).delete = "/v1/{name=books/*/revisions/*}"; }
}
message A {}
message Book { option (google.api.resource) = { type: "x.com/Book" pattern: "books/{book}" }; }
message BookRevision { option (google.api.resource).type = "x.com/BookRevision"; }
message GetBookRequest {}
message GetBookCoverRequest {}
message CreateBookRequest { Book volume = 1; }
message ListBooksRequest {}
`);

describe('methods', () => {
  it('have a kind', () => {
    expect(methods(api).map(({ rpc, kind, resource }) => [rpc.name, kind, resource])).toEqual([
      ['GetBook', 'Get', 'Book'],
      ['CreateBook', 'Create', 'Book'],
      ['GetBookCover', 'custom', ''],
      ['Commit', 'custom', ''],
      ['CommitTransaction', 'custom', ''],
      ['CommitBook', 'Commit', 'Book'],
      ['DeleteBookRevision', 'Delete', 'BookRevision'],
    ]);
  });

  it('answer at once, or in the end', () => {
    const answers = rpcs(api)
      .map(answerOf)
      .map((answer) => answer && [answer.name, textAt(answer.at)]);
    expect(answers.slice(0, 4)).toEqual([
      ['Book', '.library.v1.Book'],
      ['A', 'A'],
      ['Book', 'Book'],
      ['Book', '"library.v1.Book"'],
    ]);
  });

  it('may have no parent', () => {
    expect(methods(api).map((method) => isTopLevel(api, method, [method]))).toEqual([
      true,
      true,
      false,
      false,
      false,
      true,
      false,
    ]);
  });
});

describe('requests', () => {
  it('are those whose name says so, unless only other methods take them', () => {
    expect(requests(api).map(({ message, kind }) => [message.name, kind])).toEqual([
      ['GetBookRequest', 'Get'],
      ['CreateBookRequest', 'Create'],
      ['ListBooksRequest', 'List'],
    ]);
  });

  it('carry their resource under any name', () => {
    expect(requests(api).map((request) => payloadOf(api, request.message, request)?.name)).toEqual([
      undefined,
      'volume',
      undefined,
    ]);
  });
});
