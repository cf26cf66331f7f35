import type { OpenApi } from '../../languages/openapi/openapi.ts';
import type { Pointer } from '../../languages/openapi/pointer.ts';
import { effectiveTypes, keyword, parameters, properties } from '../../languages/openapi/select.ts';
import { capitalised } from '../../languages/openapi/titles.ts';
import { article } from '../../languages/openapi/values/words.ts';
import { isIdName } from '../../words/ids.ts';
import { split } from '../../words/split.ts';
import { defineRule } from '../rule.ts';

export default defineRule({
  id: 'schemas/id-typed',
  summary: 'an identifier has one type wherever it appears, and is never a fraction',
  why: `A client that reads \`user_id\` as a number here and as a string there converts it by hand, and compares \`"7"\` with \`7\`. Numbers with a fraction
lose digits of large ids in JavaScript. Strings are the safest: they never overflow, and their form can change.`,
  sources: ['guide S4, GraphQL Schema Design', 'guide S1, Schema Design', 'Zalando #174', 'AIP-148'],
  equivalents: ['zally:174'],
  options: {
    type: {
      description: 'The type that ids have: `string`, `integer`, or `consistent` for one type per name.',
      default: 'consistent',
      schema: { enum: ['consistent', 'string', 'integer'] },
    },
  },
  checks: {
    openapi: {
      good: `
openapi: 3.1.0
paths:
  /users/{user_id}:
    parameters:
      - { name: user_id, in: path, required: true, schema: { type: string } }
components:
  schemas:
    Order:
      type: object
      properties:
        id: { type: integer }
        user_id: { type: [string, 'null'] }
        userId: { oneOf: [{ type: string }, { type: integer }] }
        grid: { type: number }
`,
      bad: `
openapi: 3.1.0
paths:
  /users/{userId}:
    parameters:
      - { name: userId, in: path, required: true, schema: { type: string } }
components:
  schemas:
    Order:
      type: object
      properties:
        user_id: { type: string }
        shop_id: { type: number }
    Invoice:
      type: object
      properties:
        user_id: { type: integer }
`,
      *find(api, { type: wanted }) {
        for (const [name, uses] of usesByName(api)) {
          const usual = wanted === 'consistent' ? usualType(name, uses) : null;
          for (const { type, at, shown } of uses) {
            if (type === 'number') {
              yield {
                at,
                message: `\`${shown}\` is an identifier, but ${article(type)}.`,
                help: 'Make it a string, or an integer where it has to be a number.',
              };
            } else if (usual && type !== usual.type) {
              yield {
                at,
                message: `\`${shown}\` is ${article(type)} here and ${article(usual.type)} elsewhere.`,
                help: 'Give one identifier one type, best a string.',
                related: [{ message: capitalised(`${article(usual.type)} here`), at: usual.at }],
              };
            } else if (wanted !== 'consistent' && type !== wanted) {
              yield {
                at,
                message: `\`${shown}\` is ${article(type)}, not ${article(wanted)}.`,
                help: `Make ids ${wanted}s.`,
              };
            }
          }
        }
      },
    },
  },
});

interface Use {
  readonly shown: string;
  readonly type: string;
  readonly at: Pointer;
}

/** Where ids with one type stand, by their words: `userId` and `user_id` are one. */
function usesByName(api: OpenApi): ReadonlyMap<string, readonly Use[]> {
  const found = new Map<string, Use[]>();
  const taken = parameters(api).flatMap(({ name, schema, in: place }) =>
    schema && place !== 'header' ? [{ ...schema, name }] : [],
  );
  const seen = new Set<unknown>();
  for (const { name, value, at } of [...properties(api), ...taken]) {
    if (!isIdName(name) || isGeneric(name)) continue;
    const here = api.resolve({ value, at });
    if (!here || seen.has(here.value)) continue;
    seen.add(here.value);
    if (['anyOf', 'oneOf'].some((choice) => keyword(api, here, choice) !== undefined)) continue;
    const types = effectiveTypes(api, here);
    const [type] = types;
    if (types.length !== 1 || type === undefined || !scalar.has(type)) continue;
    const words = split(name).join(' ');
    const uses = found.get(words);
    const use = { shown: name, type, at: here.at };
    if (uses) uses.push(use);
    else found.set(words, [use]);
  }
  return found;
}

/** `resource_id` names whatever is meant, and so do ids of other systems: the same word stands for different things. */
function isGeneric(name: string): boolean {
  return split(name).some((word) => generic.has(word));
}

const generic = new Set(
  'resource object entity item group key target source external sub foreign ref reference'.split(' '),
);

const scalar = new Set(['string', 'integer', 'number']);

/** The type that most uses of a name have, and more than one. A plain `id` names something else in every resource. */
function usualType(name: string, uses: readonly Use[]): Use | null {
  if (!name.includes(' ')) return null;
  const strings = uses.filter(({ type }) => type === 'string');
  const integers = uses.filter(({ type }) => type === 'integer');
  const [first, second] = integers.length > strings.length ? integers : strings;
  return first && second ? first : null;
}
