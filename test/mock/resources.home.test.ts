import { describe, expect, it } from 'vitest';
import { judging } from '../../src/languages/openapi/examples.ts';
import type { OpenApi } from '../../src/languages/openapi/openapi.ts';
import { namedSchemas } from '../../src/languages/openapi/select.ts';
import { mismatches } from '../../src/languages/openapi/values.ts';
import { Random } from '../../src/mock/random.ts';
import type { Shape } from '../../src/mock/shape.ts';
import { infer, list, object, proto, ref, rest, type Schema, text, whole } from './resources-documents.ts';

/** The id field and its kind of what `GET /<path>` answers with. */
function identity(path: string, record: Schema, parameter: Schema = text): [string | null, string] {
  const [, name = ''] = /\{([^{}]+)\}$/.exec(path) ?? [];
  const [resource] = infer(
    rest({ [`GET ${path}`]: { gives: ref('Thing') } }, { Thing: record }, { [name]: parameter }),
  ).resources;
  return [resource!.home.idField, resource!.home.idKind];
}

const uuid = { type: 'string', format: 'uuid' };

describe('ids', () => {
  it.each([
    ['/orders/{id}', object({ id: text, name: text }), text, ['id', 'string']],
    ['/orders/{orderId}', object({ order_id: whole, name: text }), whole, ['order_id', 'integer']],
    ['/orders/{order_id}', object({ id: uuid, name: text }), text, ['id', 'uuid']],
    ['/orders/{id}', object({ id: whole, name: text }), text, ['id', 'integer']],
    ['/users/{username}', object({ id: whole, username: text }), text, ['username', 'string']],
    ['/users/{username}', object({ id: whole, login: text }), text, ['login', 'string']],
    ['/repos/{repo}', object({ id: whole, name: text }), text, ['name', 'string']],
    ['/tasks/{task_gid}', object({ gid: text, name: text }), text, ['gid', 'string']],
    ['/issues/{issue_number}', object({ id: whole, number: whole }), whole, ['number', 'integer']],
    ['/Calls/{Sid}.json', object({ sid: text, to: text }), text, ['sid', 'string']],
    ['/articles/{slug}', object({ id: whole, slug: text }), text, ['slug', 'string']],
    ['/things/{id}', object({ id: object({ a: text }), weight: whole }), whole, [null, 'integer']],
    ['/things/{id}', object({ colour: text, weight: whole }), uuid, [null, 'uuid']],
  ] as const)('of %s', (path, record, parameter, expected) => {
    const found = identity(path.replace('.json', ''), record, parameter);
    expect(found).toEqual(expected);
  });
});

describe('homes of OpenAPI', () => {
  const document = rest(
    {
      'GET /orders': {
        gives: object({ data: list(ref('Order')) }),
        example: {
          data: [
            { id: 'ord_1', total: 1, customer_id: 'c' },
            { id: 'ord_2', total: 'no number' },
            { id: 'ord_1', total: 3 },
          ],
        },
      },
      'GET /orders/{id}': { gives: ref('Order'), example: { id: 'ord_3', total: 3 } },
      'GET /customers/{id}': { gives: ref('Customer') },
    },
    {
      Order: {
        ...object({
          id: text,
          total: whole,
          customer_id: text,
          node: ref('Order'),
          lines: list(object({ sku: text })),
        }),
        required: ['id', 'total'],
      },
      Customer: object({ id: text, name: text }),
    },
  ) as OpenApi;
  const [order] = infer(document).resources;
  const schema = namedSchemas(document).find(({ name }) => name === 'Order')!;

  it('show the examples that fit, each id once, then make records up that fit as well', () => {
    const { home } = order!;
    const shown = [0, 1].map((index) => home.sample(new Random(1, index), {}, index));
    expect(shown.map(({ id }) => id)).toEqual(['ord_1', 'ord_3']);
    const made = Array.from({ length: 20 }, (_, index) =>
      home.sample(new Random(1, index), { id: `own_${index}` }, index + 2),
    );
    expect(made.map(({ id }) => id)).toEqual(made.map((_, index) => `own_${index}`));
    for (const record of made) expect(mismatches(record, schema, judging(document, 'response'))).toEqual([]);
    expect(home.sample(new Random(7))).toEqual(home.sample(new Random(7)));
  });

  it('complete what is written, and replace what does not fit', () => {
    const whole = order!.home.complete({ id: 'a', total: 'much' }, new Random(1));
    expect(whole['id']).toBe('a');
    expect(mismatches(whole, schema, judging(document, 'response'))).toEqual([]);
  });

  it('know which fields lead to other records', () => {
    expect([...order!.links].map(([field, { name }]) => [field, name])).toEqual([
      ['customer_id', 'customer'],
      ['node', 'order'],
    ]);
  });

  it('have shapes that end although schemas hold themselves', () => {
    const { shape } = order!.home;
    if (shape.kind !== 'object') throw new Error('An order is an object.');
    expect(shape.fields().get('node')!.shape).toBe(shape);
    expect(shape.fields().get('total')).toEqual({
      name: 'total',
      shape: { kind: 'integer' },
      required: true,
      writable: true,
    });
  });
});

describe('shapes of messages', () => {
  it('are those of ProtoJSON', () => {
    const [thing] = infer(
      proto(`
        import "google/protobuf/timestamp.proto"; import "google/protobuf/duration.proto"; import "google/protobuf/struct.proto";
        import "google/protobuf/wrappers.proto"; import "google/type/money.proto";
        service Things { rpc GetThing(Id) returns (Thing); }
        message Id { string id = 1; }
        enum State { STATE_UNSPECIFIED = 0; STATE_OPEN = 1; STATE_SHUT = 2; }
        message Thing {
          string id = 1; int64 big = 2; bytes raw = 3; State state = 4; google.protobuf.Timestamp made = 5;
          google.protobuf.Duration took = 6; google.protobuf.Struct more = 7; google.protobuf.StringValue note = 8;
          google.type.Money price = 9; map<string, int32> counts = 10; repeated Thing parts = 11;
          oneof either { bool yes = 12; double much = 13; }
        }`),
    ).resources;
    const { shape } = thing!.home;
    if (shape.kind !== 'object') throw new Error('A thing is an object.');
    const shapes = Object.fromEntries([...shape.fields()].map(([name, field]) => [name, brief(field.shape)]));
    expect(shapes).toEqual({
      id: 'string',
      big: 'integer int64 as text',
      raw: 'string byte',
      state: 'enum STATE_OPEN STATE_SHUT',
      made: 'string date-time',
      took: 'string duration',
      more: 'map of any',
      note: 'string',
      price: 'object Money currency_code units nanos',
      counts: 'map of integer int32',
      parts: 'list of object Thing id big raw state made took more note price counts parts yes much',
      yes: 'boolean',
      much: 'number',
    });
  });
});

function brief(shape: Shape): string {
  switch (shape.kind) {
    case 'list':
      return `list of ${brief(shape.items)}`;
    case 'map':
      return `map of ${brief(shape.values)}`;
    case 'enum':
      return `enum ${shape.values.join(' ')}`;
    case 'object':
      return `object ${shape.name} ${[...shape.fields().keys()].join(' ')}`;
    case 'integer':
      return `integer${shape.format ? ` ${shape.format}` : ''}${shape.asText ? ' as text' : ''}`;
    case 'string':
      return `string${shape.format ? ` ${shape.format}` : ''}`;
    default:
      return shape.kind;
  }
}
