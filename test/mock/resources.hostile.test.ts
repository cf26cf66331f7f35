import { describe, expect, it } from 'vitest';
import { Random } from '../../src/mock/random.ts';
import { infer, list, object, proto, ref, rest, sdl, text, told } from './resources-documents.ts';

describe('documents that hold themselves, or mean nothing', () => {
  it('have roles all the same', () => {
    const roles = infer(
      rest(
        {
          'GET /loops': { gives: list(ref('Loop')) },
          'GET /loops/{id}': { gives: ref('Loop') },
          'GET /circles/{id}': { gives: ref('Circle') },
          'GET /lists/{id}': { gives: ref('Lists') },
          'GET /nothing/{id}': { gives: ref('Missing') },
          'GET /__proto__/{constructor}': { gives: object({ id: text, ['__proto__']: text, toString: text }) },
          'GET //{a}{b}/{c}...{d}': { gives: ref('Loop') },
          'GET /{id}': { gives: object({ id: text }) },
          [`GET ${'/a/{b}'.repeat(300)}`]: { gives: ref('Loop') },
        },
        {
          Loop: { oneOf: [ref('Loop'), object({ id: text, next: ref('Loop') })] },
          Circle: { allOf: [ref('Circle')] },
          Lists: list(ref('Lists')),
        },
      ),
    );
    expect(told(roles)).toMatchObject({ 'GET /loops': 'list loop', 'GET /loops/{id}': 'get loop by id' });
    for (const { home, links } of roles.resources) {
      expect(home.sample(new Random(1))).toBeTypeOf('object');
      expect(links).toBeInstanceOf(Map);
    }
  });

  it('are read in all languages', () => {
    const roles = infer(
      sdl(
        'type Query { query(id: ID!): Query node(id: ID!): Node missing(id: ID!): Missing loop(id: ID!): Loop } interface Node { id: ID! } type Loop { id: ID! loop: Loop! all: [Loop!]! }',
      ),
      proto(
        'service S { rpc GetLoop(Loop) returns (Loop); rpc Get(Gone) returns (Gone); rpc List(Loop) returns (Loop); rpc X(Loop) returns (Loop); } message Loop { string id = 1; Loop loop = 2; repeated Loop loops = 3; }',
      ),
    );
    expect(told(roles)).toMatchObject({ 'Query.loop': 'get loop', 'S.GetLoop': 'get loop' });
    for (const { home } of roles.resources) expect(home.sample(new Random(1))).toBeTypeOf('object');
  });
});
