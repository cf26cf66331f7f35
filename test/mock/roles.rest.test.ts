import { describe, expect, it } from 'vitest';
import { type Body, infer, list, object, ref, rest, type Schema, text, told, whole } from './resources-documents.ts';

const Order = object({ id: text, status: text, total: whole, customer_id: text });
const Customer = object({ id: text, name: text, email: text });
const order = ref('Order');
const schemas = { Order, Customer };
const op = { op: { type: 'string', enum: ['create', 'update', 'delete'] } };
const entries = (saying: Record<string, Schema>, body: Record<string, Schema>): Schema =>
  object({ atomic: { type: 'boolean' }, operations: list(object({ ...saying, id: text, ...body })) });

/** Operations, and the roles that they are to have; null for none. */
type Case = readonly [
  title: string,
  operations: Readonly<Record<string, readonly [Body, string | null]>>,
  more?: Readonly<Record<string, Schema>>,
];

const cases: readonly Case[] = [
  [
    'the usual five, and a list in an envelope',
    {
      'GET /orders': [{ gives: object({ data: list(order), next_cursor: text }) }, 'list order inside data'],
      'POST /orders': [{ takes: order, gives: order }, 'create order'],
      'GET /orders/{id}': [{ gives: order }, 'get order by id'],
      'PUT /orders/{id}': [{ takes: order, gives: order }, 'replace order by id'],
      'PATCH /orders/{id}': [{ takes: order, gives: order }, 'update order by id'],
      'DELETE /orders/{id}': [{}, 'delete order by id'],
    },
  ],
  [
    'versions, prefixes and extensions',
    {
      'GET /api/v1/orders.json': [{ gives: list(order) }, 'list order'],
      'GET /api/v1/orders/{id}.json': [{ gives: order }, 'get order by id'],
      'GET /2010-04-01/orders/{id}': [{ gives: order }, 'get order by id'],
    },
  ],
  [
    'actions behind a slash, a colon and `actions`; not what reads or makes something else',
    {
      'GET /orders/{id}': [{ gives: order }, 'get order by id'],
      'POST /orders/{id}/cancel': [{ gives: order }, 'action (cancel) order by id'],
      'POST /orders/{id}:approve': [{ gives: order }, 'action (approve) order by id'],
      'POST /orders/{id}/actions/ship': [{}, 'action (ship) order by id'],
      'PUT /orders/{id}/lock': [{}, 'action (lock) order by id'],
      'DELETE /orders/{id}/lock': [{}, 'action (unlock) order by id'],
      'POST /orders/{id}/refunds': [{ gives: object({ id: text, amount: whole }) }, null],
      'GET /orders/{id}/invoice.pdf': [{ gives: null }, null],
    },
  ],
  [
    'sub-resources: those of their parent, and those that are reached from elsewhere too',
    {
      'GET /customers/{customer_id}': [{ gives: ref('Customer') }, 'get customer by customer_id'],
      'GET /customers/{customer_id}/orders': [{ gives: list(order) }, 'list order of customer customer_id'],
      'GET /orders/{id}': [{ gives: order }, 'get order by id'],
      'GET /customers/{customer_id}/addresses': [
        { gives: list(ref('Address')) },
        'list address in customer_id of customer customer_id',
      ],
      'POST /customers/{customer_id}/addresses': [
        { takes: ref('Address'), gives: ref('Address') },
        'create address in customer_id of customer customer_id',
      ],
      'GET /customers/{customer_id}/addresses/{address_id}': [
        { gives: ref('Address') },
        'get address by address_id in customer_id of customer customer_id',
      ],
    },
    { Address: object({ id: text, street: text, city: text }) },
  ],
  [
    'ids of two parameters: the last tells records apart, the one before is where they are',
    {
      'GET /repos/{owner}/{repo}': [{ gives: ref('Repo') }, 'get repo by repo in owner'],
      'GET /repos/{owner}': [{ gives: list(ref('Repo')) }, 'list repo in owner'],
      'GET /repos/{owner}/{repo}/issues': [{ gives: list(ref('Issue')) }, 'list issue in owner,repo of repo repo'],
      'GET /repos/{owner}/{repo}/issues/{number}': [
        { gives: ref('Issue') },
        'get issue by number in owner,repo of repo repo',
      ],
      'GET /issues': [{ gives: list(ref('Issue')) }, 'list issue'],
    },
    {
      Repo: object({ id: whole, name: text, full_name: text }),
      Issue: object({ number: whole, title: text, body: text }),
    },
  ],
  [
    'verbs in paths',
    {
      'POST /createOrder': [{ takes: order, gives: order }, 'create order'],
      'GET /getOrder/{id}': [{ gives: order }, 'get order by id'],
      'GET /orders/list': [{ gives: list(order) }, 'list order'],
      'POST /orders/search': [{ takes: object({ query: text }), gives: list(order) }, 'list order'],
      'GET /orders/findByStatus': [{ gives: list(order) }, 'list order'],
      'POST /orders/delete/{id}': [{}, 'delete order by id'],
      'POST /orders/{id}/update': [{ takes: order, gives: order }, 'update order by id'],
    },
  ],
  [
    'envelopes within envelopes',
    {
      'GET /orders': [
        { gives: object({ _links: object({}), page: whole, _embedded: object({ orders: list(order) }) }) },
        'list order inside _embedded.orders',
      ],
      'POST /orders': [{ gives: object({ data: object({ order }) }) }, 'create order inside data.order'],
      'GET /orders/{id}': [{ gives: object({ status: text, data: order }) }, 'get order by id inside data'],
      'GET /customers/{id}/orders': [
        { gives: object({ data: object({ items: list(order), total: whole }) }) },
        'list order inside data.items',
      ],
    },
  ],
  [
    'records in envelopes, both ways',
    {
      'POST /orders': [
        { takes: object({ order }), gives: object({ success: { type: 'boolean' }, data: order }) },
        'create order inside data',
      ],
      'GET /orders/{id}': [{ gives: object({ order }) }, 'get order by id inside order'],
      'GET /orders': [{ gives: object({ orders: list(order), total: whole }) }, 'list order inside orders'],
    },
  ],
  [
    'one of a kind: `/me`, `/account` beside `/accounts`, one below each record',
    {
      'GET /users': [{ gives: list(ref('User')) }, 'list user'],
      'GET /users/{id}': [{ gives: ref('User') }, 'get user by id'],
      'GET /me': [{ gives: ref('User') }, 'get user'],
      'PATCH /profile': [{ takes: ref('User'), gives: ref('User') }, 'update user'],
      'GET /profile': [{ gives: ref('User') }, 'get user'],
      'GET /account': [{ gives: ref('Account') }, 'get account'],
      'POST /account': [{ takes: ref('Account'), gives: ref('Account') }, 'update account'],
      'GET /accounts/{id}': [{ gives: ref('Account') }, 'get account by id'],
      'GET /users/{id}/settings': [{ gives: ref('Settings') }, 'get setting in id of user id'],
      'PUT /users/{id}/settings': [
        { takes: ref('Settings'), gives: ref('Settings') },
        'replace setting in id of user id',
      ],
    },
    {
      User: object({ id: text, email: text, name: text }),
      Account: object({ id: text, plan: text, seats: whole }),
      Settings: object({ theme: text, language: text }),
    },
  ],
  [
    'several writes at once, and streams',
    {
      'GET /orders': [{ gives: list(order) }, 'list order'],
      'GET /orders/{id}': [{ gives: order }, 'get order by id'],
      'POST /orders/batch': [{ takes: object({ orders: list(order) }), gives: list(order) }, 'batch order'],
      'POST /orders:batchCreate': [{ takes: object({ orders: list(order) }), gives: list(order) }, 'batch order'],
      'GET /orders/events': [{ gives: text, as: 'text/event-stream' }, 'watch order'],
      'GET /orders/{id}/events': [{ gives: text, as: 'text/event-stream' }, 'watch order by id'],
    },
  ],
  [
    'batches whose entries say what is to be done',
    {
      'GET /orders': [{ gives: list(order) }, 'list order'],
      'GET /orders/{id}': [{ gives: order }, 'get order by id'],
      'POST /orders/batch': [
        { takes: entries(op, { data: order }), gives: object({ results: list(text) }) },
        'batch order',
      ],
      'POST /orders/bulk': [{ takes: entries({ op: text }, { data: { type: 'object' } }), gives: null }, 'batch order'],
      'POST /orders/operations': [
        { takes: entries({ method: { type: 'string', enum: ['POST', 'DELETE'] } }, { body: order }), gives: null },
        'batch order',
      ],
      'POST /orders/notes': [
        { takes: entries(op, { data: object({ author: text, words: text }) }), gives: null },
        null,
      ],
      'POST /orders/votes': [
        { takes: entries({ action: { type: 'string', enum: ['up', 'down'] } }, { data: order }), gives: null },
        null,
      ],
      'PATCH /orders': [{ takes: list(object({ op: text, path: text, value: {} })), gives: null }, null],
    },
  ],
  [
    'POST as update, PUT with the id in the body',
    {
      'GET /customers/{customer}': [{ gives: ref('Customer') }, 'get customer by customer'],
      'POST /customers/{customer}': [
        { takes: object({ name: text }), gives: ref('Customer') },
        'update customer by customer',
      ],
      'PUT /customers': [{ takes: ref('Customer'), gives: ref('Customer') }, 'replace customer'],
    },
  ],
  [
    'what only shows records writes none, and taking out of a team is not taking away',
    {
      'GET /users': [{ gives: list(ref('User')) }, 'list user'],
      'GET /users/{id}': [{ gives: ref('User') }, 'get user by id'],
      'DELETE /users/{id}': [{}, 'delete user by id'],
      'GET /teams/{id}/members': [{ gives: list(ref('User')) }, 'list user'],
      'DELETE /teams/{team_id}/members/{id}': [{}, null],
      'DELETE /teams/{team_id}/users/{id}': [{}, null],
      'GET /teams/{team_id}/users': [{ gives: list(ref('User')) }, 'list user'],
    },
    { User: object({ id: text, email: text, name: text }) },
  ],
  [
    'no roles: rpc by dots, scalars, maps, what is listed unlike what is read',
    {
      'POST /chat.postMessage': [{ takes: object({ text }), gives: object({ ok: whole }) }, null],
      'GET /health': [{ gives: object({ status: text }) }, null],
      'GET /inventory': [{ gives: { type: 'object', additionalProperties: whole } }, null],
      'GET /things': [{ gives: list(object({ colour: text, weight: whole })) }, null],
      'GET /things/{id}': [{ gives: object({ isbn: text, pages: whole }) }, null],
      'GET /': [{ gives: object({ id: text, name: text }) }, null],
      'POST /login': [{ takes: object({ user: text }), gives: object({ token: text }) }, null],
    },
  ],
];

describe('roles of operations', () => {
  for (const [title, operations, more = {}] of cases) {
    it(title, () => {
      const bodies = Object.fromEntries(Object.entries(operations).map(([name, [body]]) => [name, body]));
      const expected = Object.entries(operations).flatMap(([name, [, role]]) => (role === null ? [] : [[name, role]]));
      expect(told(infer(rest(bodies, { ...schemas, ...more })))).toEqual(Object.fromEntries(expected));
    });
  }

  it('know the envelope of what is taken', () => {
    const roles = infer(
      rest(
        { 'POST /orders': { takes: object({ order }), gives: order }, 'GET /orders/{id}': { gives: order } },
        schemas,
      ),
    );
    expect([...roles.rest.values()].map(({ kind, takenInside }) => [kind, takenInside])).toEqual([
      ['create', 'order'],
      ['get', null],
    ]);
  });

  it('keep things of one name apart that differ, each with a name of its own', () => {
    const comment = (more: Schema): Schema => object({ id: text, body: text, author: text, ...more });
    const roles = infer(
      rest(
        {
          'GET /gists/{id}': { gives: ref('Gist') },
          'GET /gists/{id}/comments/{comment_id}': { gives: ref('GistComment') },
          'GET /issues/{id}': { gives: ref('Issue') },
          'GET /issues/{id}/comments/{comment_id}': { gives: ref('IssueComment') },
        },
        {
          Gist: object({ id: text, files: whole, public: text }),
          Issue: object({ id: text, title: text, state: text }),
          GistComment: comment({ gist_url: text }),
          IssueComment: comment({ issue_url: text }),
        },
      ),
    );
    expect(roles.resources.map(({ name, parent }) => [name, parent?.name])).toEqual([
      ['gist', undefined],
      ['gist comment', 'gist'],
      ['issue', undefined],
      ['issue comment', 'issue'],
    ]);
  });

  it('take one of several alternatives for the record only where others speak of it alone', () => {
    const cat = object({ id: text, name: text, lives: whole });
    const dog = object({ id: text, name: text, breed: text });
    const deleted = object({ id: text, deleted: text });
    const schemas = { Cat: cat, Dog: dog, Pet: { oneOf: [ref('Cat'), ref('Dog')] }, Deleted: deleted };
    const [pet] = infer(
      rest({ 'GET /pets': { gives: list(ref('Pet')) }, 'GET /pets/{id}': { gives: ref('Pet') } }, schemas),
    ).resources;
    expect(pet!.home.shape).toMatchObject({ kind: 'object', name: 'Pet' });
    const [other] = infer(
      rest(
        {
          'GET /cats/{id}': { gives: { anyOf: [ref('Cat'), ref('Deleted')] } },
          'POST /cats': { takes: ref('Cat'), gives: ref('Cat') },
        },
        schemas,
      ),
    ).resources;
    expect(other!.home.shape).toMatchObject({ kind: 'object', name: 'Cat' });
  });
});
