import { createsItem } from '../../conventions/openapi/intent.ts';
import { resources, returned, taken } from '../../conventions/openapi/resources.ts';
import type { OpenApi } from '../../languages/openapi/openapi.ts';
import { effectiveTypes, keyword, type Property } from '../../languages/openapi/select.ts';
import { split } from '../../words/split.ts';
import { defineRule } from '../rule.ts';

export default defineRule({
  id: 'resources/write-matches-read',
  summary: 'what is written is read under the same name and with the same type',
  why: `Clients read an item, change it and send it back. A property that is a number on the way in and a string on the way out, or that
changes its name, makes them translate between two models of one thing, and forget to.`,
  sources: ['guide S4, Consistency Over Cleverness', 'AIP-133', 'Zalando 148'],
  equivalents: [],
  checks: {
    openapi: {
      good: `
openapi: 3.1.0
paths:
  /orders:
    post:
      operationId: createOrder
      requestBody:
        content:
          application/json:
            schema:
              type: object
              properties:
                amount: { type: integer }
                customer: { type: string }
                password: { type: string, writeOnly: true }
  /orders/{id}:
    get:
      responses:
        '200':
          description: The order.
          content:
            application/json:
              schema:
                type: object
                properties:
                  id: { type: string }
                  amount: { type: number }
                  customer:
                    type: object
                    description: More than the id that was written.
                    properties: { id: { type: string } }
`,
      bad: `
openapi: 3.1.0
paths:
  /orders:
    post:
      operationId: createOrder
      requestBody:
        content:
          application/json:
            schema:
              type: object
              properties:
                amount: { type: integer }
                shippedTo: { type: string }
  /orders/{id}:
    get:
      responses:
        '200':
          description: The order.
          content:
            application/json:
              schema:
                type: object
                properties:
                  amount: { type: string }
                  shipped_to: { type: string }
`,
      *find(api) {
        const judged = new Set<unknown>();
        for (const { item, collection } of resources(api)) {
          const get = item.get('get');
          const read = get && returned(api, get);
          if (!get || !read) continue;
          const create = collection.get('post');
          const spellings = new Map([...read.properties.keys()].map((name) => [split(name).join(' '), name]));
          for (const operation of [
            create && createsItem(create) ? create : undefined,
            item.get('put'),
            item.get('patch'),
          ]) {
            const written = operation && taken(api, operation);
            if (!operation || !written || written.object.value === read.object.value) continue;
            const renamed: [Property, Property][] = [];
            for (const property of written.properties.values()) {
              if (judged.has(property.value)) continue;
              const same = read.properties.get(property.name);
              const conflict = same && typeConflict(api, property, same);
              if (same && conflict) {
                judged.add(property.value);
                yield {
                  at: property.at.onKey,
                  message: `\`${property.name}\` of \`${operation.name}\` ${conflict}.`,
                  help: 'Give it one type in both directions.',
                  related: [{ message: `As \`${get.name}\` returns it.`, at: same.at.onKey }],
                };
              }
              const other = read.properties.get(spellings.get(split(property.name).join(' ')) ?? '');
              if (!same && other && !written.properties.has(other.name)) renamed.push([property, other]);
            }
            const [first, ...more] = renamed;
            if (!first || judged.has(written.object.value)) continue;
            judged.add(written.object.value);
            const [property, other] = first;
            const rest = alsoRenamed(more.length);
            yield {
              at: property.at.onKey,
              message: `\`${property.name}\` of \`${operation.name}\` is called \`${other.name}\` when it is read${rest}.`,
              help: 'Give it one name in both directions.',
              related: [{ message: `As \`${get.name}\` returns it.`, at: other.at.onKey }],
            };
          }
        }
      },
    },
  },
});

function alsoRenamed(count: number): string {
  if (count === 0) return '';
  return count === 1 ? ', and one more property changes its name' : `, and ${count} more properties change their names`;
}

/** How the types of what is written and what is read exclude each other. An id that becomes an object is no conflict. */
function typeConflict(api: OpenApi, written: Property, read: Property): string | null {
  const [one, two] = [written, read].map((property) => kindsOf(api, property));
  if (!one || !two || one.some((kind) => two.includes(kind))) return null;
  return `is ${withArticle(one[0]!)} when it is written, and ${withArticle(two[0]!)} when it is read`;
}

/** The scalar types and arrays that a schema allows; undefined where it allows anything else or does not say. */
function kindsOf(api: OpenApi, property: Property): string[] | undefined {
  if (['oneOf', 'anyOf', 'enum'].some((name) => keyword(api, property, name) !== undefined)) return undefined;
  const types = effectiveTypes(api, property);
  if (types.length === 0 || types.includes('object')) return undefined;
  return types.map((type) => (type === 'integer' ? 'number' : type));
}

const withArticle = (type: string): string => `${/^[aeiou]/.test(type) ? 'an' : 'a'} ${type}`;
