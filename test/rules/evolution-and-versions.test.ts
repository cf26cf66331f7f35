import { describe, expect, it } from 'vitest';
import { findInExample } from '../../src/commands/examples.ts';
import { rules } from '../../src/rules/index.ts';
import type { Example } from '../../src/rules/rule.ts';

/** The elements at which a rule finds something in a GraphQL schema or in .proto files. */
async function found(id: string, language: 'graphql' | 'protobuf', example: Example): Promise<string[]> {
  const rule = rules.find((candidate) => candidate.id === id);
  if (!rule) throw new Error(`There is no rule ${id}.`);
  return (await findInExample(rule, language, example, rules)).map(({ element }) => element);
}

describe('one rule speaks of the date of a deprecation', () => {
  const ids = ['evolution/deprecation-dated', 'evolution/date-valid', 'evolution/deprecation-not-overdue'];
  it.each([
    ['scalar A @deprecated', ids[0]],
    ['scalar A @deprecated(deletionDate: "soon")', ids[1]],
    ['scalar A @deprecated(deletionDate: "32/08/2021")', ids[1]],
    ['scalar A @deprecated(removalDate: "22/08/2021")', ids[2]],
    ['scalar A @deprecated(reason: "Removal on 2021-08-22.")', ids[2]],
    ['scalar A @deprecated(reason: "Removal on 2098-08-22.")', undefined],
    ['scalar A @deprecated(sunset: "2999-08-22")', undefined],
    ['extend type A @deprecated', ids[0]],
    ['enum A { B @deprecated }', ids[0]],
    ['input A { b: ID @deprecated }', ids[0]],
    ['type A { b(c: ID @deprecated): ID }', ids[0]],
  ])('%s: %s', async (text, expected) => {
    const speaking = [];
    for (const id of ids) if ((await found(id, 'graphql', text)).length > 0) speaking.push(id);
    expect(speaking).toEqual(expected === undefined ? [] : [expected]);
  });
});

it('takes a reason from an introspection', async () => {
  const fields = ['', 'No longer supported', 'Use b.'].map((deprecationReason, i) => ({
    name: `f${i}`,
    args: [],
    type: { kind: 'SCALAR', name: 'Int' },
    isDeprecated: true,
    deprecationReason,
  }));
  const types = [{ kind: 'OBJECT', name: 'A', fields }];
  const text = JSON.stringify({ __schema: { queryType: { name: 'A' }, types, directives: [] } });
  expect(await found('evolution/deprecation-explained', 'graphql', text)).toEqual(['A.f0', 'A.f1']);
});

it.each([
  ['Deprecated: use b.', []],
  ['Was a. DEPRECATED', ['M.a']],
  ['Replaced by b.', []],
  ['The a.', ['M.a']],
])('deprecated with %j', async (comment, elements) => {
  const text = `message M {\n  // ${comment}\n  string a = 1 [deprecated = true];\n}`;
  expect(await found('evolution/deprecation-explained', 'protobuf', text)).toEqual(elements);
  expect(await found('evolution/deprecation-explained', 'protobuf', text.replace('true', 'false'))).toEqual([]);
});

describe('versions of packages', () => {
  it.each([
    'a.v1',
    'a.b.v12',
    'a.v1alpha',
    'a.v1beta2',
    'a.v1p1alpha1',
    'a.v1test',
    'a.v1testfoo',
    'google.type',
    'a.common',
  ])('%s is fine', async (name) => {
    expect(await found('versioning/version-declared', 'protobuf', `package ${name};`)).toEqual([]);
  });

  it.each(['a', 'a.v0', 'a.v01', 'a.v1.b', 'a.v1_1', 'av1', 'v1', 'a.common.v1.b', 'a.V1'])(
    '%s is not',
    async (name) => {
      expect((await found('versioning/version-declared', 'protobuf', `package ${name};`)).length).toBe(1);
    },
  );

  it('asks for a version of common types where there is a service', async () => {
    expect((await found('versioning/version-declared', 'protobuf', 'package a.common; service S {}')).length).toBe(1);
  });

  it.each([
    ['v1', 'v1beta1', 'versioning/stable-independent-of-unstable'],
    ['v1beta1', 'v1', 'versioning/strategy-single'],
    ['v2', 'v1', 'versioning/strategy-single'],
    ['v1', 'v1', undefined],
  ])('%s imports %s: %s', async (own, other, expected) => {
    const example = {
      [`shop/a/${own}/a.proto`]: `package shop.a.${own};\nimport "shop/a/${other}/b.proto";`,
      [`shop/a/${other}/b.proto`]: `package shop.a.${other};`,
    };
    for (const id of ['versioning/stable-independent-of-unstable', 'versioning/strategy-single']) {
      expect((await found(id, 'protobuf', example)).length, id).toBe(id === expected ? 1 : 0);
    }
  });

  it('knows the version of a file that is not at hand by its path', async () => {
    const text = 'package a.v1;\nimport "google/x/v1alpha/x.proto";\nimport "google/protobuf/any.proto";';
    expect((await found('versioning/stable-independent-of-unstable', 'protobuf', text)).length).toBe(1);
  });
});
