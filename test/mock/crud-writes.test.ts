// Writes of all kinds over REST: replacing, patching, actions, batches, jobs, parents.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { crudOf } from './crud-server.ts';

const tasks = `
openapi: 3.1.0
info: { title: Tasks, version: '1' }
paths:
  /lists:
    get: { responses: { '200': { description: d, content: { application/json: { schema: { type: array, items: { $ref: '#/components/schemas/List' } } } } } } }
    post:
      requestBody: { content: { application/json: { schema: { $ref: '#/components/schemas/List' } } } }
      responses: { '201': { description: d, content: { application/json: { schema: { $ref: '#/components/schemas/List' } } } } }
  /lists/{listId}:
    parameters: [{ name: listId, in: path, required: true, schema: { type: integer } }]
    get: { responses: { '200': { description: d, content: { application/json: { schema: { $ref: '#/components/schemas/List' } } } } } }
    delete: { responses: { '204': { description: d } } }
  /lists/{listId}/tasks:
    parameters: [{ name: listId, in: path, required: true, schema: { type: integer } }]
    get: { responses: { '200': { description: d, content: { application/json: { schema: { type: array, items: { $ref: '#/components/schemas/Task' } } } } } } }
    post:
      requestBody: { content: { application/json: { schema: { $ref: '#/components/schemas/Task' } } } }
      responses: { '201': { $ref: '#/components/responses/Task' } }
  /lists/{listId}/tasks/{taskId}:
    parameters:
      - { name: listId, in: path, required: true, schema: { type: integer } }
      - { name: taskId, in: path, required: true, schema: { type: integer } }
    get: { responses: { '200': { $ref: '#/components/responses/Task' } } }
    put:
      requestBody: { content: { application/json: { schema: { $ref: '#/components/schemas/Task' } } } }
      responses: { '200': { $ref: '#/components/responses/Task' } }
    patch:
      requestBody:
        content:
          application/json: { schema: { $ref: '#/components/schemas/TaskPatch' } }
          application/merge-patch+json: { schema: { type: object } }
          application/json-patch+json: { schema: { type: array, items: { type: object } } }
      responses: { '200': { $ref: '#/components/responses/Task' } }
    delete: { responses: { '204': { description: d } } }
  /lists/{listId}/tasks/{taskId}/{act}:
    parameters:
      - { name: listId, in: path, required: true, schema: { type: integer } }
      - { name: taskId, in: path, required: true, schema: { type: integer } }
      - { name: act, in: path, required: true, schema: { type: string } }
    get: { responses: { '204': { description: d } } }
ACTIONS
components:
  responses:
    Task: { description: d, content: { application/json: { schema: { $ref: '#/components/schemas/Task' } } } }
  schemas:
    List: { type: object, required: [id, name], properties: { id: { type: integer, readOnly: true }, name: { type: string } } }
    TaskPatch: { type: object, properties: { title: { type: string }, priority: { type: [integer, 'null'] } } }
    Task:
      type: object
      required: [id, title, state]
      properties:
        id: { type: integer, readOnly: true }
        list_id: { type: integer, readOnly: true }
        title: { type: string, minLength: 1 }
        note: { type: string }
        priority: { type: [integer, 'null'] }
        labels: { type: array, items: { type: string } }
        details: { type: object, properties: { size: { type: string }, place: { type: string } } }
        secret: { type: string, writeOnly: true }
        archived: { type: boolean, readOnly: true }
        archived_at: { type: [string, 'null'], format: date-time, readOnly: true }
        state: { type: string, enum: [open, in_progress, completed, cancelled], readOnly: true }
        created_at: { type: string, format: date-time, readOnly: true }
        updated_at: { type: string, format: date-time, readOnly: true }
`;

const actions = ['complete', 'cancel', 'start', 'reopen', 'archive', 'unarchive', 'prioritise']
  .map(
    (name) => `
  /lists/{listId}/tasks/{taskId}/${name}:
    parameters:
      - { name: listId, in: path, required: true, schema: { type: integer } }
      - { name: taskId, in: path, required: true, schema: { type: integer } }
    post:
      operationId: ${name}Task
      responses: { '200': { $ref: '#/components/responses/Task' } }`,
  )
  .join('');

const document = tasks.replace(
  / {2}\/lists\/\{listId\}\/tasks\/\{taskId\}\/\{act\}:[\s\S]*?ACTIONS\n/,
  `${actions.slice(1)}\n`,
);

async function withTask() {
  const mock = await crudOf(document);
  const list = await mock.ask('POST', '/lists', { name: 'home' });
  const path = `/lists/${list.body.id}/tasks`;
  const made = await mock.ask('POST', path, {
    title: 'Sweep',
    note: 'soon',
    details: { size: 'big', place: 'hall' },
    secret: 's',
  });
  expect(made.status, JSON.stringify(made.body)).toBe(201);
  return { mock, list: list.body, path, task: `${path}/${made.body.id}`, made: made.body };
}

const mergePatch = { 'content-type': 'application/merge-patch+json' };
const jsonPatch = { 'content-type': 'application/json-patch+json' };

describe('creating below a parent', () => {
  it('links the record, keeps the secret, and says 404 where there is no parent', async () => {
    const { mock, list, made } = await withTask();
    expect(made).toMatchObject({ title: 'Sweep', list_id: list.id, state: 'open' });
    expect(made).not.toHaveProperty('secret');
    expect(made).not.toHaveProperty('labels');
    for (const [method, path] of [
      ['GET', '/lists/999999/tasks'],
      ['POST', '/lists/999999/tasks'],
      ['GET', '/lists/999999/tasks/1'],
    ] as const) {
      const answer = await mock.ask(method, path, method === 'POST' ? { title: 'x' } : undefined);
      expect(answer.status).toBe(404);
      expect(answer.body.error.message).toContain('There is no list 999999.');
    }
  });

  it('takes the records along when the parent goes', async () => {
    const { mock, list, path, task } = await withTask();
    expect((await mock.ask('GET', path)).body.map(({ title }: { title: string }) => title)).toContain('Sweep');
    expect((await mock.ask('DELETE', `/lists/${list.id}`)).status).toBe(204);
    expect((await mock.ask('GET', path)).status).toBe(404);
    expect((await mock.ask('GET', task)).status).toBe(404);
  });

  it('reads ids as their schema does', async () => {
    const { mock, list, made } = await withTask();
    expect((await mock.ask('GET', `/lists/0${list.id}/tasks/00${made.id}`)).status).toBeLessThan(500);
  });
});

describe('PUT', () => {
  it('puts the whole record in place, but for what the server sets', async () => {
    const { mock, task, made } = await withTask();
    mock.now += 1000;
    const put = await mock.ask('PUT', task, { title: 'Mop' });
    expect(put.status).toBe(200);
    expect(put.body).toMatchObject({ id: made.id, title: 'Mop', created_at: made.created_at, state: 'open' });
    expect(put.body.updated_at).not.toBe(made.updated_at);
    expect(put.body).not.toHaveProperty('note');
    expect((await mock.ask('GET', task)).body).toEqual(put.body);
  });

  it('makes no record where the document declares no 201', async () => {
    const { mock, path } = await withTask();
    expect((await mock.ask('PUT', `${path}/424242`, { title: 'x' })).status).toBe(404);
  });
});

describe('PATCH', () => {
  it('merges, removes by null, and keeps null where it is a value', async () => {
    const { mock, task, made } = await withTask();
    const patched = await mock.ask('PATCH', task, { note: null, priority: null, details: { size: null } }, mergePatch);
    const { note: _, ...rest } = made;
    expect(patched.body).toEqual({ ...rest, priority: null, details: { place: 'hall' } });
  });

  it('refuses what would make the record invalid, naming the field', async () => {
    const { mock, task, made } = await withTask();
    for (const patch of [{ title: null }, { title: '' }, { title: 7 }]) {
      const answer = await mock.ask('PATCH', task, patch, mergePatch);
      expect(answer.status, JSON.stringify(answer.body)).toBe(422);
      expect(JSON.stringify(answer.body)).toContain('title');
    }
    expect((await mock.ask('GET', task)).body).toEqual(made);
  });

  it('holds what the operation takes in another form than the record has', async () => {
    const mock = await crudOf(`
openapi: 3.1.0
info: { title: Talks, version: '1' }
paths:
  /talks:
    get: { responses: { '200': { description: d, content: { application/json: { schema: { type: array, items: { $ref: '#/components/schemas/Talk' } } } } } } }
  /talks/{id}:
    parameters: [{ name: id, in: path, required: true, schema: { type: integer } }]
    get: { responses: { '200': { description: d, content: { application/json: { schema: { $ref: '#/components/schemas/Talk' } } } } } }
    post:
      requestBody:
        content:
          application/x-www-form-urlencoded:
            schema: { type: object, properties: { Offset: { type: number }, speaker: { type: string }, Seats: { type: string } } }
      responses: { '200': { description: d, content: { application/json: { schema: { $ref: '#/components/schemas/Talk' } } } } }
components:
  schemas:
    Talk:
      type: object
      required: [id, offset]
      properties:
        id: { type: integer }
        offset: { type: string }
        seats: { type: integer }
        speaker: { type: object, properties: { name: { type: string } } }
`);
    const [talk] = (await mock.ask('GET', '/talks')).body as [{ id: number; speaker: object }];
    const form = { 'content-type': 'application/x-www-form-urlencoded' };
    const said = await mock.ask('POST', `/talks/${talk.id}`, 'Offset=12&Seats=40&speaker=spk_1', form);
    expect(said).toMatchObject({ status: 200, body: { offset: '12', seats: 40, speaker: talk.speaker } });
    const emptied = await mock.ask('POST', `/talks/${talk.id}`, 'speaker=', form);
    expect(emptied.body).toEqual({ id: talk.id, offset: '12', seats: 40 });
  });

  it('ignores what callers cannot write', async () => {
    const { mock, task, made } = await withTask();
    const answer = await mock.ask(
      'PATCH',
      task,
      { id: 1, state: 'completed', created_at: '1999-01-01T00:00:00Z' },
      mergePatch,
    );
    expect(answer.body).toEqual(made);
  });

  it.each([
    [[{ op: 'replace', path: '/title', value: 'Mop' }], { title: 'Mop' }],
    [
      [
        { op: 'add', path: '/labels', value: ['a'] },
        { op: 'add', path: '/labels/-', value: 'b' },
        { op: 'add', path: '/labels/0', value: 'c' },
      ],
      { labels: ['c', 'a', 'b'] },
    ],
    [[{ op: 'remove', path: '/details/size' }], { details: { place: 'hall' } }],
    [[{ op: 'move', from: '/note', path: '/details/size' }], { details: { size: 'soon', place: 'hall' } }],
    [[{ op: 'copy', from: '/title', path: '/note' }], { note: 'Sweep' }],
    [
      [
        { op: 'test', path: '/title', value: 'Sweep' },
        { op: 'replace', path: '/title', value: 'Mop' },
      ],
      { title: 'Mop' },
    ],
  ])('applies %j', async (patch, wanted) => {
    const { mock, task } = await withTask();
    const answer = await mock.ask('PATCH', task, patch, jsonPatch);
    expect(answer.status, JSON.stringify(answer.body)).toBe(200);
    expect(answer.body).toMatchObject(wanted);
  });

  it.each([
    [
      [
        { op: 'test', path: '/title', value: 'Mop' },
        { op: 'replace', path: '/title', value: 'x' },
      ],
      409,
    ],
    [
      [
        { op: 'replace', path: '/title', value: 'x' },
        { op: 'remove', path: '/nothing' },
      ],
      422,
    ],
    [[{ op: 'remove', path: '/title' }], 422],
    [[{ op: 'replace', path: '/title', value: 7 }], 422],
    [[{ op: 'add', path: '/labels/9', value: 'x' }], 422],
    [[{ op: 'jump', path: '/title' }], 422],
    [[{ op: 'replace', path: 'title', value: 'x' }], 422],
    [[{ op: 'replace', path: '/title' }], 422],
    [[{ op: 'move', from: '/details', path: '/details/place' }], 422],
    [[{ op: 'remove', path: '' }], 422],
    [[{ op: 'replace', path: '', value: 5 }], 422],
    [[{ op: 'add', path: '/__proto__/polluted', value: 1 }], 422],
  ])('refuses %j with %i and changes nothing', async (patch, status) => {
    const { mock, task, made } = await withTask();
    const answer = await mock.ask('PATCH', task, patch, jsonPatch);
    expect(answer.status, JSON.stringify(answer.body)).toBe(status);
    expect((await mock.ask('GET', task)).body).toEqual(made);
    expect(({} as { polluted?: unknown }).polluted).toBeUndefined();
  });
});

describe('actions', () => {
  it('do what they are called', async () => {
    const { mock, task, made } = await withTask();
    const act = async (name: string) => (await mock.ask('POST', `${task}/${name}`)).body;
    expect((await act('start')).state).toBe('in_progress');
    expect((await act('complete')).state).toBe('completed');
    expect((await act('reopen')).state).toBe('open');
    expect((await act('cancel')).state).toBe('cancelled');
    expect(await act('archive')).toMatchObject({ archived: true, archived_at: '2026-05-01T12:00:00.000Z' });
    expect(await act('unarchive')).toMatchObject({ archived: false, archived_at: null });
    mock.now += 5000;
    expect(await act('prioritise')).toMatchObject({ id: made.id, updated_at: '2026-05-01T12:00:05.000Z' });
  });
});

const batches = `
openapi: 3.0.3
info: { title: Things, version: '1' }
paths:
  /things:
    get: { responses: { '200': { description: d, content: { application/json: { schema: { type: array, items: { $ref: '#/components/schemas/Thing' } } } } } } }
  /things/{id}:
    parameters: [{ name: id, in: path, required: true, schema: { type: string } }]
    get: { responses: { '200': { description: d, content: { application/json: { schema: { $ref: '#/components/schemas/Thing' } } } } } }
  /things/batch:
    post:
      operationId: batchThings
      requestBody:
        content:
          application/json:
            schema:
              type: object
              required: [operations]
              properties:
                atomic: { type: boolean }
                operations: { type: array, maxItems: 5, items: { type: object, properties: { op: { type: string }, id: { type: string }, data: { type: object } } } }
      responses:
        '200':
          description: d
          content:
            application/json:
              schema:
                type: object
                required: [results, summary]
                properties:
                  results:
                    type: array
                    items: { type: object, required: [index, status], properties: { index: { type: integer }, status: { type: integer }, id: { type: string }, data: { type: object }, error: { type: object, properties: { code: { type: string }, message: { type: string } } } } }
                  summary: { type: object, required: [total, successful, failed], properties: { total: { type: integer }, successful: { type: integer }, failed: { type: integer } } }
components:
  schemas:
    Thing: { type: object, required: [id, name], properties: { id: { type: string }, name: { type: string } } }
`;

describe('batches', () => {
  it('do each entry, and tell of each what became of it', async () => {
    const mock = await crudOf(batches);
    const [first, second] = (await mock.ask('GET', '/things')).body;
    const { status, body } = await mock.ask('POST', '/things/batch', {
      operations: [
        { op: 'create', data: { name: 'new' } },
        { op: 'update', id: first.id, data: { name: 'changed' } },
        { op: 'delete', id: second.id },
        { op: 'delete', id: 'nobody' },
      ],
    });
    expect(status, JSON.stringify(body)).toBe(200);
    expect(body.results.map(({ status: each }: { status: number }) => each)).toEqual([201, 200, 204, 404]);
    expect(body.results[3].error.message).toContain('nobody');
    expect(body.summary).toEqual({ total: 4, successful: 3, failed: 1 });
    expect((await mock.ask('GET', `/things/${first.id}`)).body.name).toBe('changed');
    expect((await mock.ask('GET', `/things/${second.id}`)).status).toBe(404);
    expect((await mock.ask('GET', `/things/${body.results[0].id}`)).body.name).toBe('new');
  });

  it('change all or nothing when asked to', async () => {
    const mock = await crudOf(batches);
    const before = (await mock.ask('GET', '/things')).body;
    const operations = [
      { op: 'delete', id: before[0].id },
      { op: 'delete', id: 'nobody' },
    ];
    const failed = await mock.ask('POST', '/things/batch', { atomic: true, operations });
    expect(failed.status).toBe(409);
    expect((await mock.ask('GET', '/things')).body).toEqual(before);
    const done = await mock.ask('POST', '/things/batch', { atomic: true, operations: operations.slice(0, 1) });
    expect(done.status).toBe(200);
  });

  it('have entries, and no more than they may', async () => {
    const mock = await crudOf(batches);
    expect((await mock.ask('POST', '/things/batch', { operations: [] })).status).toBe(400);
    const many = Array.from({ length: 6 }, () => ({ op: 'create', data: { name: 'x' } }));
    expect((await mock.ask('POST', '/things/batch', { operations: many })).status).toBe(422);
  });
});

const exporting = `
openapi: 3.0.3
info: { title: Exports, version: '1' }
paths:
  /exports:
    post:
      requestBody: { content: { application/json: { schema: { type: object, properties: { format: { type: string } } } } } }
      responses: { '202': { description: d, content: { application/json: { schema: { $ref: '#/components/schemas/Export' } } } } }
  /exports/{id}:
    parameters: [{ name: id, in: path, required: true, schema: { type: string, format: uuid } }]
    get: { responses: { '200': { description: d, content: { application/json: { schema: { $ref: '#/components/schemas/Export' } } } } } }
components:
  schemas:
    Export:
      type: object
      required: [id, status]
      properties:
        id: { type: string, format: uuid, readOnly: true }
        format: { type: string }
        status: { type: string, enum: [pending, running, completed, failed], readOnly: true }
        progress: { type: integer, readOnly: true }
`;

describe('202', () => {
  it('leads to a job that gets done', async () => {
    const mock = await crudOf(exporting);
    const accepted = await mock.ask('POST', '/exports', { format: 'csv' });
    expect(accepted.status).toBe(202);
    expect(accepted.body.status).toBe('pending');
    const look = async () => (await mock.ask('GET', accepted.headers.get('location')!)).body;
    expect(await look()).toMatchObject({ id: accepted.body.id, status: 'pending', format: 'csv' });
    mock.now += 1500;
    expect((await look()).status).toBe('running');
    mock.now += 5000;
    expect((await look()).status).toBe('completed');
  });
});

describe('any sequence of requests', () => {
  it('does to the store what it does to a map', async () => {
    const mock = await crudOf(document, { count: 3 });
    const list = (await mock.ask('POST', '/lists', { name: 'n' })).body.id;
    const path = `/lists/${list}/tasks`;
    const title = fc.string({ minLength: 1, maxLength: 8 });
    const request = fc.oneof(
      fc.record({ kind: fc.constant('create' as const), title }),
      fc.record({ kind: fc.constantFrom('replace' as const, 'update' as const), title, which: fc.nat(20) }),
      fc.record({ kind: fc.constantFrom('delete' as const, 'get' as const), which: fc.nat(20), title }),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(request, { maxLength: 25 }), async (requests) => {
        const start = (await mock.ask('GET', path)).body as { id: number; title: string }[];
        const model = new Map(start.map(({ id, title: held }) => [id, held]));
        const everMade = [...model.keys(), 999_999];
        for (const one of requests) {
          const id = one.kind === 'create' ? 0 : everMade[one.which % everMade.length]!;
          const isThere = model.has(id);
          if (one.kind === 'create') {
            const { status, body } = await mock.ask('POST', path, { title: one.title });
            expect(status).toBe(201);
            expect(model.has(body.id)).toBe(false);
            model.set(body.id, one.title);
            everMade.push(body.id);
          } else if (one.kind === 'get') {
            const { status, body } = await mock.ask('GET', `${path}/${id}`);
            expect([status, body.title]).toEqual(isThere ? [200, model.get(id)] : [404, undefined]);
          } else if (one.kind === 'delete') {
            expect((await mock.ask('DELETE', `${path}/${id}`)).status).toBe(isThere ? 204 : 404);
            model.delete(id);
          } else {
            const method = one.kind === 'replace' ? 'PUT' : 'PATCH';
            const { status } = await mock.ask(method, `${path}/${id}`, { title: one.title });
            expect(status).toBe(isThere ? 200 : 404);
            if (isThere) model.set(id, one.title);
          }
        }
        const end = (await mock.ask('GET', path)).body as { id: number; title: string }[];
        expect(end.map(({ id, title: held }) => [id, held])).toEqual([...model]);
      }),
      { numRuns: 20 },
    );
  });
});
