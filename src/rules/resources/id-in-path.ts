import { collections } from '../../conventions/openapi/collections.ts';
import { isItemPath, segmentsOf } from '../../languages/openapi/paths.ts';
import { type Operation, operations, parametersOf } from '../../languages/openapi/select.ts';
import { plural, singular } from '../../words/plurals.ts';
import { split } from '../../words/split.ts';
import { leadingVerb } from '../../words/verbs.ts';
import { defineRule } from '../rule.ts';

export default defineRule({
  id: 'resources/id-in-path',
  summary: 'an item is addressed by a segment of the path, not by a query parameter',
  why: `A thing without an address of its own cannot be linked to, cached or protected by its URL, and nothing can stand below it. When the
parameter is forgotten, the call means something else.`,
  sources: [
    'guide S1, REST API Design',
    'guide S4, Resource Modeling',
    'guide S4, API Design Audit',
    'Zalando 143',
    'AIP-122',
  ],
  equivalents: ['zally:143'],
  checks: {
    openapi: {
      good: `
openapi: 3.1.0
paths:
  /orders/{id}:
    get: {}
  /orders:
    get:
      parameters:
        - name: customerId
          in: query
          description: A filter. Orders are not addressed by it.
          schema: { type: string }
  /orders/{orderId}/shipments:
    get:
      parameters:
        - { name: shipmentId, in: query, description: Narrows the list., schema: { type: string } }
`,
      bad: `
openapi: 3.1.0
paths:
  /getUser:
    get:
      parameters:
        - { name: id, in: query, required: true, schema: { type: string } }
  /getUserData:
    get:
      parameters:
        - { name: userId, in: query, required: true, schema: { type: string } }
  /orders:
    delete:
      parameters:
        - { name: orderId, in: query, required: true, schema: { type: string } }
`,
      *find(api) {
        const lists = new Set(collections(api).map(({ operation }) => operation));
        for (const operation of operations(api)) {
          if (!actsOnItem.has(operation.method) || isItemPath(operation.path) || lists.has(operation)) continue;
          const id = parametersOf(api, operation).find(
            ({ in: place, name, required }) => place === 'query' && required && identifies(name, operation),
          );
          if (!id) continue;
          yield {
            at: id.used,
            message: `\`${operation.name}\` takes its item as the query parameter \`${id.name}\`.`,
            help: `Put it into the path, as \`${pathWith(operation, id.name)}\`.`,
          };
        }
      },
    },
  },
});

const actsOnItem: ReadonlySet<string> = new Set(['get', 'head', 'put', 'patch', 'delete']);

/** Whether a parameter is the id of what the path names: `id`, or `userId` on `/users` and `/getUserData`. */
function identifies(name: string, operation: Operation): boolean {
  const words = split(name);
  if (!idWords.has(words.at(-1) ?? '')) return false;
  const { thing, verb } = subjectOf(operation);
  const owner = words.slice(0, -1).join(' ');
  return owner === '' || thing.join(' ') === owner || (verb && thing.join(' ').startsWith(`${owner} `));
}

const idWords: ReadonlySet<string> = new Set(['id', 'uuid', 'guid']);

/** What a path names at its end, in the singular, and whether a verb stands before it. */
function subjectOf({ path }: Operation): { readonly thing: readonly string[]; readonly verb: boolean } {
  const words = split(segmentsOf(path).at(-1)?.text ?? '');
  const verb = leadingVerb(words) !== null;
  const noun = verb ? words.slice(1) : words;
  return { thing: noun.length === 0 ? [] : [...noun.slice(0, -1), singular(noun.at(-1)!)], verb };
}

function pathWith(operation: Operation, name: string): string {
  const { thing, verb } = subjectOf(operation);
  const before = operation.path.replace(/\/$/, '');
  if (!verb || thing.length === 0) return `${before}/{${name}}`;
  const collection = [...thing.slice(0, -1), plural(thing.at(-1)!)].join('-');
  return `${before.slice(0, before.lastIndexOf('/'))}/${collection}/{${name}}`;
}
