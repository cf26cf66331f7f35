// What mutations and lists of larger schemas answer: things that a reader of the answer would call silly are not among it.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { endpoints } from '../../src/mock/endpoints.ts';
import { type GraphqlServer, serveText } from './graphql-server.ts';

const schema = `
  type Query { products(channel: String, first: Int): [Product!]! users(search: String): [User!]! tags: [Tag!]! baskets: [Basket!]! }
  type Mutation {
    customerCreate(input: UserCreateInput!): CustomerCreate
    basketCreate(input: BasketInput!): BasketCreate
    issueCreate(input: IssueInput!): IssueCreate
    commentAdd(body: String!, on: ID!): CommentAdd
  }
  type Product { id: ID! name: String! channel: String }
  type User { id: ID! email: String! firstName: String }
  type Tag { id: ID! label: String! }
  type Basket { id: ID! email: String lines: [Line!]! tags(first: Int): [Tag!]! }
  type Line { id: ID! quantity: Int! note: String }
  type Issue { id: ID! title: String! state: IssueState! locked: Boolean! }
  enum IssueState { CLOSED OPEN }
  type Comment { id: ID! body: String! author: User }
  type CommentEdge { cursor: String! node: Comment }
  input UserCreateInput { email: String! firstName: String }
  input BasketInput { email: String lines: [LineInput!]! }
  input LineInput { quantity: Int! note: String }
  input IssueInput { title: String! }
  type CustomerCreate { user: User errors: [Problem!]! }
  type BasketCreate { basket: Basket created: Boolean errors: [Problem!]! }
  type IssueCreate { issue: Issue errors: [Problem!]! }
  type CommentAdd { commentEdge: CommentEdge errors: [Problem!]! }
  type Problem { field: String message: String! }
`;

let server: GraphqlServer;
beforeAll(async () => {
  server = await serveText(schema);
});
afterAll(() => server.close());

describe('mutations', () => {
  it('that are called otherwise than what they create keep it all the same', async () => {
    const made = await server.ask(
      'mutation { customerCreate(input: {email: "ann@example.com", firstName: "Ann"}) { user { id email } errors { field } } }',
    );
    expect(made.data.customerCreate).toMatchObject({ user: { email: 'ann@example.com' }, errors: [] });
    const { data } = await server.ask('{ users(search: "ann@example.com") { id } }');
    expect(data.users).toEqual([{ id: made.data.customerCreate.user.id }]);
  });

  it('keep lists of parts as they were written, and say that something was created', async () => {
    const { data } = await server.ask(
      'mutation { basketCreate(input: {email: "a@b.co", lines: [{quantity: 7, note: "x"}, {quantity: 8}]}) { created basket { lines { quantity } } } }',
    );
    expect(data.basketCreate).toEqual({ created: true, basket: { lines: [{ quantity: 7 }, { quantity: 8 }] } });
  });

  it('create things in a state in which things begin', async () => {
    const { data } = await server.ask(
      'mutation { issueCreate(input: {title: "Bug"}) { issue { title state locked } } }',
    );
    expect(data.issueCreate.issue).toEqual({ title: 'Bug', state: 'OPEN', locked: false });
  });

  it('that nothing is known of echo what was written in what they give', async () => {
    const { data } = await server.ask(
      'mutation { commentAdd(body: "Hi", on: "x") { commentEdge { node { body } } errors { field } } }',
    );
    expect(data.commentAdd).toEqual({ commentEdge: { node: { body: 'Hi' } }, errors: [] });
  });
});

describe('lists', () => {
  it('leave nothing out for the channel that is asked for, and tell it', async () => {
    const { data } = await server.ask('{ products(channel: "web", first: 3) { channel } }');
    expect(data.products).toEqual([{ channel: 'web' }, { channel: 'web' }, { channel: 'web' }]);
  });

  it('of a record that nothing is told of hold some records, the same at every reading and in every page', async () => {
    const ids = (list: readonly { readonly id: string }[]): string[] => list.map(({ id }) => id);
    const ask = async (first: number): Promise<{ tags: { id: string }[] }[]> =>
      (await server.ask(`{ baskets { tags(first: ${first}) { id } } }`)).data.baskets;
    const all = await ask(100);
    expect(all.some(({ tags }) => tags.length > 0)).toBe(true);
    expect(all.every(({ tags }) => tags.length < 25)).toBe(true);
    expect((await ask(2)).map(({ tags }) => ids(tags))).toEqual(all.map(({ tags }) => ids(tags).slice(0, 2)));
  });
});

describe('besides', () => {
  it('files are refused in a sentence', async () => {
    const body = new FormData();
    body.set('operations', '{"query":"{ tags { id } }"}');
    const response = await fetch(server.url, { method: 'POST', body });
    expect(response.status).toBe(415);
    const { errors } = (await response.json()) as { errors: { message: string }[] };
    expect(errors[0]!.message).toMatch(/^Files are not taken: send JSON/);
  });

  it('endpoints are listed with the address that they are asked at', async () => {
    const listed = await endpoints(server.context, 'http://127.0.0.1:4010');
    expect(listed).toContainEqual({ kind: 'query', where: 'http://127.0.0.1:4010/graphql users' });
    expect(listed).toContainEqual({ kind: 'mutation', where: 'http://127.0.0.1:4010/graphql commentAdd' });
  });
});
