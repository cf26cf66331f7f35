import { collections } from '../../conventions/openapi/collections.ts';
import { asString, itemsOf } from '../../languages/openapi/json.ts';
import type { OpenApi } from '../../languages/openapi/openapi.ts';
import {
  effectiveTypes,
  keyword,
  type Parameter,
  type Property,
  parametersOf,
  propertiesOf,
} from '../../languages/openapi/select.ts';
import { split } from '../../words/split.ts';
import { defineRule } from '../rule.ts';

export default defineRule({
  id: 'resources/filters-typed',
  summary: 'filters have the types of what they filter, and sorting lists what it sorts by',
  why: `A filter that is any string accepts \`?status=actve\`, answers with nothing, and lets the client believe that there is nothing. Only
what is enumerated can be completed, validated and generated.`,
  sources: ['guide S4, REST API Design (search)', 'guide S3, REST Endpoints', 'OWASP API8:2023', 'Zalando 137'],
  equivalents: [],
  checks: {
    openapi: {
      good: `
openapi: 3.1.0
paths:
  /orders:
    get:
      parameters:
        - { name: status, in: query, schema: { type: string, enum: [open, paid] } }
        - { name: order, in: query, schema: { type: string, enum: [asc, desc] } }
        - { name: sort, in: query, description: 'Comma-separated fields, \`-\` for descending.', schema: { type: string } }
        - { name: customer, in: query, schema: { type: string } }
        - { name: items, in: query, description: Order ids, schema: { type: array, items: { type: string } } }
      responses:
        '200':
          description: The orders.
          content:
            application/json:
              schema: { $ref: '#/components/schemas/Orders' }
components:
  schemas:
    Orders:
      type: object
      properties:
        data:
          type: array
          items:
            type: object
            properties:
              status: { type: string, enum: [open, paid] }
              customer: { type: string }
              items: { type: array, items: { type: string } }
`,
      bad: `
openapi: 3.1.0
paths:
  /orders:
    get:
      parameters:
        - { name: status, in: query, schema: { type: string } }
        - { name: paid, in: query, schema: { type: string } }
        - { name: order, in: query, schema: { type: string } }
        - { name: sort, in: query, schema: { type: string } }
      responses:
        '200':
          description: The orders.
          content:
            application/json:
              schema:
                type: object
                properties:
                  data:
                    type: array
                    items:
                      type: object
                      properties:
                        status: { type: string, enum: [open, paid] }
                        paid: { type: boolean }
`,
      *find(api) {
        const judged = new Set<unknown>();
        for (const { operation, items } of collections(api)) {
          const fields = items ? propertiesOf(api, items) : new Map<string, Property>();
          const all = parametersOf(api, operation);
          const sorted = all.some(({ name }) => sorts.has(split(name).join(' ')));
          for (const parameter of all) {
            if (parameter.in !== 'query' || judged.has(parameter.value)) continue;
            const fault = faultOf(api, parameter, fields.get(parameter.name), sorted);
            if (!fault) continue;
            judged.add(parameter.value);
            yield { at: parameter.at.child('name'), ...fault };
          }
        }
      },
    },
  },
});

interface Fault {
  readonly message: string;
  readonly help: string;
}

function faultOf(api: OpenApi, parameter: Parameter, field: Property | undefined, sorted: boolean): Fault | null {
  const { name, schema } = parameter;
  const types = effectiveTypes(api, schema);
  const isText = types.length === 1 && types[0] === 'string';
  if (!schema || !isText || restricts.some((word) => keyword(api, schema, word) !== undefined)) return null;
  const text = asString(parameter.value['description']) ?? '';
  // Several values in one string, or a language of its own.
  if (/\b(?:comma|separated|list of|multiple|syntax|expression|wildcard|prefix)\b/i.test(text)) return null;
  if (field) return countNames.has(split(name).join(' ')) ? null : mismatch(api, name, field);
  const words = split(name).join(' ');
  if (directions.has(words) && (text === '' ? sorted : /\b(?:asc|desc|sort)/i.test(text)) && !sortsByField(text)) {
    return {
      message: `The direction \`${name}\` may be any string.`,
      help: 'List its values, as `enum: [asc, desc]`.',
    };
  }
  if (sorts.has(words) && text === '') {
    return {
      message: `The order \`${name}\` does not say what it can sort by.`,
      help: 'List the fields in an `enum`, or describe the syntax.',
    };
  }
  return null;
}

/** Keywords with which a string is not any string. */
const restricts = ['enum', 'const', 'pattern', 'oneOf', 'anyOf', 'format'];

/** How a filter that is any string differs from the field of the same name. */
function mismatch(api: OpenApi, name: string, field: Property): Fault | null {
  const values = itemsOf(keyword(api, field, 'enum'));
  if (values.length > 1) {
    return {
      message: `The filter \`${name}\` may be any string, while the items' \`${name}\` is one of ${values.length} values.`,
      help: 'Give it the same `enum`.',
    };
  }
  const types = effectiveTypes(api, field);
  if (types.length !== 1 || !scalars.has(types[0]!)) return null;
  return {
    message: `The filter \`${name}\` is a string, while the items' \`${name}\` is ${types[0] === 'integer' ? 'an' : 'a'} ${types[0]}.`,
    help: 'Give it the same type.',
  };
}

const scalars: ReadonlySet<string> = new Set(['boolean', 'integer', 'number']);
const directions: ReadonlySet<string> = new Set([
  'order',
  'direction',
  'sort order',
  'sort direction',
  'sort dir',
  'order direction',
]);
const sorts: ReadonlySet<string> = new Set(['sort', 'sort by', 'order by', 'sort field']);

const countNames: ReadonlySet<string> = new Set(['count', 'limit', 'offset', 'page', 'size']);

/** Whether an `order` takes names of fields rather than a direction. */
function sortsByField(description: string): boolean {
  return (
    /\b(?:fields?|columns?|propert(?:y|ies)|order by|sort(?:ed|s)? by)\b/i.test(description) &&
    !/\b(?:asc|desc|ascending|descending)\b/i.test(description)
  );
}
