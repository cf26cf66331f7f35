import { get, isObject } from '../../languages/openapi/json.ts';
import type { OpenApi } from '../../languages/openapi/openapi.ts';
import { effectiveTypes, keyword, type Property, properties } from '../../languages/openapi/select.ts';
import { caseOf, toCase } from '../../words/cases.ts';
import { isIdName } from '../../words/ids.ts';
import { isSingular, plural } from '../../words/plurals.ts';
import { split } from '../../words/split.ts';
import { defineRule } from '../rule.ts';

export default defineRule({
  id: 'naming/array-plural',
  summary: 'an array has a plural name',
  why: `\`order.item\` reads as one item: callers write \`order.item.price\`, and only running it shows that there are many.`,
  sources: ['guide S1, REST API Design', 'AIP-140', 'Zalando 120'],
  equivalents: ['zally:120'],
  checks: {
    openapi: {
      good: `
openapi: 3.1.0
components:
  schemas:
    Order:
      properties:
        items: { type: array }
        data: { type: array }
        price_history: { type: array }
        tag_list: { type: array }
        position: { type: array, items: { type: number } }
        item: { type: object }
`,
      bad: `
openapi: 3.1.0
components:
  schemas:
    Order:
      properties:
        item: { type: array }
        shippingAddress: { $ref: '#/components/schemas/Addresses' }
    Addresses: { type: array }
`,
      *find(api) {
        const suspects = new Map<string, boolean>();
        for (const property of properties(api)) {
          const { name, at } = property;
          const suspect = suspects.get(name) ?? speaksOfOne(name);
          suspects.set(name, suspect);
          if (!suspect || !isList(api, property)) continue;
          suspects.set(name, false);
          yield {
            at: at.onKey,
            message: `The array \`${name}\` has a singular name.`,
            help: `Call it \`${inPlural(name)}\`.`,
          };
        }
      },
    },
  },
});

/** Not `tag_list`, whose last word says that there are many. */
function speaksOfOne(name: string): boolean {
  const words = split(name);
  return !name.includes('/') && isSingular(words) && !gatherings.has(words.at(-1)!);
}

/** Nouns in the singular for many of something. */
const gatherings: ReadonlySet<string> = new Set(
  `array batch breakdown bundle calendar catalog chain collection group hierarchy list map matrix menu page path pipeline
  portfolio position queue range ranking sample schedule script segment sequence series set stack store stream table
  template text timeline tree value values vector zone body row column content term filter order interval`.split(/\s+/),
);

/** Not coordinates, samples and other numbers that make one thing together. */
function isList(api: OpenApi, property: Property): boolean {
  const types = effectiveTypes(api, property);
  if (types.length !== 1 || types[0] !== 'array') return false;
  if (keyword(api, property, 'prefixItems') !== undefined) return false;
  const items = keyword(api, property, 'items');
  if (Array.isArray(items)) return false;
  const itemTypes = isObject(items) ? effectiveTypes(api, { value: items, at: property.at }) : [];
  if (itemTypes.includes('integer') && !isIdName(property.name)) return false;
  return !itemTypes.some((type) => type === 'number' || type === 'array') && get(property.value, 'xml') === undefined;
}

function inPlural(name: string): string {
  const words = split(name);
  const many = [...words.slice(0, -1), plural(words.at(-1)!)];
  return toCase(many, caseOf(name) ?? 'snake');
}
