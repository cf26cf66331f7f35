// What queries read of the store and mutations write to it.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type GraphqlServer, serveText } from './graphql-server.ts';

const schema = `
  scalar DateTime
  scalar Money
  enum State { OPEN CLOSED ARCHIVED }
  enum Direction { ASC DESC }
  enum TicketField { TITLE CREATED_AT PRIORITY }
  interface Node { id: ID! }
  type Ticket implements Node { id: ID! title: String! state: State! priority: Int! createdAt: DateTime! closedAt: DateTime project: Project! assignee: Person tags: [String!]! }
  type Project implements Node { id: ID! name: String! tickets(first: Int, after: String, last: Int, before: String, state: State): TicketConnection! }
  type Person implements Node { id: ID! name: String! email: String! }
  type TicketEdge { node: Ticket! cursor: String! addedAt: DateTime! }
  type PageInfo { hasNextPage: Boolean! hasPreviousPage: Boolean! startCursor: String endCursor: String }
  type TicketConnection { edges: [TicketEdge!]! nodes: [Ticket!]! pageInfo: PageInfo! totalCount: Int! }
  type PersonPage { items: [Person!]! total: Int! page: Int! perPage: Int! totalPages: Int! hasNext: Boolean! }
  input StateFilter { eq: State in: [State!] not: State }
  input IntFilter { gt: Int gte: Int lt: Int lte: Int eq: Int }
  input TextFilter { contains: String startsWith: String eq: String }
  input TicketFilter { state: StateFilter priority: IntFilter title: TextFilter and: [TicketFilter!] or: [TicketFilter!] not: TicketFilter }
  input TicketOrder { field: TicketField! direction: Direction! }
  type Query {
    ticket(id: ID!): Ticket
    tickets(first: Int, after: String, last: Int, before: String, filter: TicketFilter, where: TicketFilter, orderBy: TicketOrder, search: String, states: [State!], minPriority: Int): TicketConnection!
    project(id: ID!): Project
    projects(limit: Int, offset: Int): [Project!]!
    person(email: String!): Person
    people(page: Int, perPage: Int): PersonPage!
    peopleById(ids: [ID!]!): [Person]!
    node(id: ID!): Node
    nodes(ids: [ID!]!): [Node]!
    weather(city: String!): Weather!
  }
  type Weather { city: String! celsius: Float! clouds: [Cloud!]! }
  type Cloud { shape: String! next: Cloud }
  input NewTicket { title: String! priority: Int projectId: ID! }
  input TicketPatch { title: String priority: Int }
  type Problem { message: String! field: [String!] code: String }
  type TicketPayload { ticket: Ticket userErrors: [Problem!]! success: Boolean! clientMutationId: String }
  type DeleteTicketPayload { deletedTicketId: ID userErrors: [Problem!]! }
  type TicketNotFoundError { message: String! ticketId: ID }
  type CloseSuccess { ticket: Ticket! }
  union CloseResult = CloseSuccess | TicketNotFoundError
  type Mutation {
    createTicket(input: NewTicket!, clientMutationId: String): TicketPayload!
    updateTicket(id: ID!, patch: TicketPatch!): TicketPayload!
    closeTicket(id: ID!): CloseResult!
    deleteTicket(id: ID!): DeleteTicketPayload!
    deletePerson(id: ID!): Person!
  }
`;

let server: GraphqlServer;
let ask: GraphqlServer['ask'];
beforeAll(async () => {
  server = await serveText(schema);
  ask = server.ask;
});
afterAll(() => server.close());

interface Ticket {
  id: string;
  title: string;
  state: string;
  priority: number;
  createdAt: string;
}

const fields = '{ nodes { id title state priority createdAt } totalCount }';
async function tickets(args: string): Promise<Ticket[]> {
  const { data, errors } = await ask(`{ tickets${args} ${fields} }`);
  expect(errors).toBeUndefined();
  return data.tickets.nodes;
}

describe('lists', () => {
  it('are walked by cursor from both ends, each thing once', async () => {
    const all = (await tickets('(first: 1000)')).map(({ id }) => id);
    expect(new Set(all).size).toBe(25);
    const page =
      '{ edges { cursor node { id } } pageInfo { hasNextPage hasPreviousPage startCursor endCursor } totalCount }';
    const walk = async (size: string, way: 'after' | 'before'): Promise<string[]> => {
      const found: string[] = [];
      for (let cursor: string | null = null; ; ) {
        const { data } = await ask(`query ($c: String) { tickets(${size}: 7, ${way}: $c) ${page} }`, { c: cursor });
        const { edges, pageInfo, totalCount } = data.tickets;
        const ids = edges.map(({ node }: { node: Ticket }) => node.id);
        expect(totalCount).toBe(25);
        expect([pageInfo.startCursor, pageInfo.endCursor]).toEqual([edges[0].cursor, edges.at(-1).cursor]);
        if (way === 'after') found.push(...ids);
        else found.unshift(...ids);
        if (!(way === 'after' ? pageInfo.hasNextPage : pageInfo.hasPreviousPage)) return found;
        cursor = way === 'after' ? pageInfo.endCursor : pageInfo.startCursor;
      }
    };
    expect(await walk('first', 'after')).toEqual(all);
    expect(await walk('last', 'before')).toEqual(all);
  });

  it('are counted by offset and by page', async () => {
    const names = async (args: string): Promise<string[]> =>
      (await ask(`{ projects${args} { id } }`)).data.projects.map(({ id }: { id: string }) => id);
    const all = await names('');
    expect(await names('(limit: 3, offset: 4)')).toEqual(all.slice(4, 7));
    const { data } = await ask(
      '{ people(page: 3, perPage: 10) { items { id } total page perPage totalPages hasNext } }',
    );
    expect(data.people).toMatchObject({ total: 25, page: 3, perPage: 10, totalPages: 3, hasNext: false });
    expect(data.people.items).toHaveLength(5);
  });

  it.each([
    ['(filter: {state: {eq: OPEN}})', (one: Ticket) => one.state === 'OPEN'],
    ['(where: {state: {in: [OPEN, CLOSED]}})', (one: Ticket) => one.state !== 'ARCHIVED'],
    ['(filter: {not: {state: {eq: OPEN}}})', (one: Ticket) => one.state !== 'OPEN'],
    [
      '(filter: {or: [{state: {eq: OPEN}}, {priority: {gt: 40}}]})',
      (one: Ticket) => one.state === 'OPEN' || one.priority > 40,
    ],
    ['(states: [CLOSED])', (one: Ticket) => one.state === 'CLOSED'],
    ['(minPriority: 30)', (one: Ticket) => one.priority >= 30],
    ['(filter: {priority: {gte: 10, lt: 60}})', (one: Ticket) => one.priority >= 10 && one.priority < 60],
    ['(filter: {title: {contains: "a"}})', (one: Ticket) => one.title.toLowerCase().includes('a')],
  ])('are filtered by %s', async (args, holds) => {
    const all = await tickets('(first: 1000)');
    const expected = all.filter(holds);
    expect(await tickets(args)).toEqual(expected);
  });

  it('are sorted as asked', async () => {
    const sorted = await tickets('(orderBy: {field: PRIORITY, direction: DESC})');
    const priorities = sorted.map(({ priority }) => priority);
    expect(priorities).toEqual([...priorities].sort((a, b) => b - a));
    const times = (await tickets('(orderBy: {field: CREATED_AT, direction: ASC})')).map(({ createdAt }) => createdAt);
    expect(times).toEqual([...times].sort());
  });

  it.each([
    ['(first: -1)', /negative/],
    ['(first: 1, last: 1)', /both given/],
    ['(after: "nonsense")', /cursor/i],
  ])('refuse %s', async (args, message) => {
    const { errors } = await ask(`{ tickets${args} { totalCount } }`);
    expect(errors).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT' } }]);
    expect(errors![0]!.message).toMatch(message);
  });
});

describe('relations', () => {
  it('lead there and back', async () => {
    const { data } = await ask(
      '{ tickets { nodes { id project { id } } } projects { id tickets(first: 1000) { totalCount nodes { id project { id } } } } }',
    );
    let count = 0;
    for (const { id, tickets } of data.projects) {
      count += tickets.totalCount;
      for (const { project } of tickets.nodes) expect(project.id).toBe(id);
    }
    expect(count).toBe(data.tickets.nodes.length);
  });

  it('are as a mutation made them', async () => {
    const { data: before } = await ask('{ projects(limit: 1) { id tickets { totalCount } } }');
    const [{ id, tickets }] = before.projects;
    const { data } = await ask(
      'mutation ($id: ID!) { createTicket(input: {title: "New", projectId: $id}) { ticket { id project { id } } } }',
      { id },
    );
    expect(data.createTicket.ticket.project.id).toBe(id);
    const { data: after } = await ask('query ($id: ID!) { project(id: $id) { tickets { totalCount } } }', { id });
    expect(after.project.tickets.totalCount).toBe(tickets.totalCount + 1);
    await ask('mutation ($id: ID!) { deleteTicket(id: $id) { deletedTicketId } }', { id: data.createTicket.ticket.id });
  });
});

describe('single things', () => {
  it('are found by id, by what else is theirs, and by the id alone', async () => {
    const { data: all } = await ask('{ people { items { id name email } } }');
    const [first, second] = all.people.items;
    const { data } = await ask(
      'query ($email: String!, $a: ID!, $b: ID!) { person(email: $email) { id } node(id: $a) { __typename id ... on Person { name } } nodes(ids: [$a, "none", $b]) { id } peopleById(ids: [$b]) { name } }',
      { email: first.email, a: first.id, b: second.id },
    );
    expect(data).toEqual({
      person: { id: first.id },
      node: { __typename: 'Person', id: first.id, name: first.name },
      nodes: [{ id: first.id }, null, { id: second.id }],
      peopleById: [{ name: second.name }],
    });
  });

  it('are null when there is none', async () => {
    const { data, errors } = await ask(
      '{ ticket(id: "none") { id } person(email: "nobody@none.example") { id } node(id: "none") { id } }',
    );
    expect(errors).toBeUndefined();
    expect(data).toEqual({ ticket: null, person: null, node: null });
  });

  it('that no resource has are made up, the same whatever their alias, and hold what was asked for', async () => {
    const query = (alias: string): string =>
      `{ ${alias}: weather(city: "Oslo") { city celsius clouds { shape next { shape next { shape } } } } }`;
    const { data } = await ask(query('a'));
    expect(data.a.city).toBe('Oslo');
    expect(data.a.clouds.length).toBeGreaterThan(1);
    expect((await ask(query('b'))).data.b).toEqual(data.a);
    expect((await ask('{ weather(city: "Rome") { celsius clouds { shape } } }')).data.weather).not.toEqual(data.a);
  });
});

describe('mutations', () => {
  it('create, change, act on and delete', async () => {
    const { data: made } = await ask(
      'mutation { createTicket(input: {title: "Leak", priority: 3, projectId: "p"}, clientMutationId: "c1") { ticket { id title state priority closedAt } userErrors { message } success clientMutationId } }',
    );
    const { ticket, ...rest } = made.createTicket;
    expect(rest).toEqual({ userErrors: [], success: true, clientMutationId: 'c1' });
    expect(ticket).toMatchObject({ title: 'Leak', state: 'OPEN', priority: 3 });
    const { id } = ticket;
    const { data: changed } = await ask(
      'mutation ($id: ID!) { updateTicket(id: $id, patch: {priority: 9}) { ticket { title priority } } }',
      { id },
    );
    expect(changed.updateTicket.ticket).toEqual({ title: 'Leak', priority: 9 });
    const { data: closed } = await ask(
      'mutation ($id: ID!) { closeTicket(id: $id) { __typename ... on CloseSuccess { ticket { id state closedAt } } } }',
      { id },
    );
    expect(closed.closeTicket).toMatchObject({ __typename: 'CloseSuccess', ticket: { id, state: 'CLOSED' } });
    expect(Date.parse(closed.closeTicket.ticket.closedAt)).toBeGreaterThan(Date.now() - 60_000);
    const { data: deleted } = await ask(
      'mutation ($id: ID!) { deleteTicket(id: $id) { deletedTicketId userErrors { message } } }',
      { id },
    );
    expect(deleted.deleteTicket).toEqual({ deletedTicketId: id, userErrors: [] });
    expect((await ask('query ($id: ID!) { ticket(id: $id) { id } }', { id })).data.ticket).toBeNull();
  });

  it('tell of what is not there in the way that their answers have for it', async () => {
    const { data } = await ask(
      'mutation { updateTicket(id: "none", patch: {}) { ticket { id } success userErrors { message field code } } closeTicket(id: "none") { __typename ... on TicketNotFoundError { message } } deleteTicket(id: "none") { deletedTicketId userErrors { code } } }',
    );
    expect(data.updateTicket).toMatchObject({
      ticket: null,
      success: false,
      userErrors: [{ field: ['id'], code: 'NOT_FOUND' }],
    });
    expect(data.updateTicket.userErrors[0].message).toMatch(/^There is no ticket with the id `none`\./);
    expect(data.closeTicket).toMatchObject({ __typename: 'TicketNotFoundError' });
    expect(data.deleteTicket).toEqual({ deletedTicketId: null, userErrors: [{ code: 'NOT_FOUND' }] });
    const { errors } = await ask('mutation { deletePerson(id: "none") { id } }');
    expect(errors).toMatchObject([{ extensions: { code: 'NOT_FOUND' }, path: ['deletePerson'] }]);
  });
});
