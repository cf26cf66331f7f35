import { asString, get } from '../../languages/openapi/json.ts';
import type { OpenApi } from '../../languages/openapi/openapi.ts';
import type { At } from '../../languages/openapi/references.ts';
import { parameters, properties, typesOf } from '../../languages/openapi/select.ts';
import { isMoneyName } from '../../words/money.ts';
import { defineRule } from '../rule.ts';

export default defineRule({
  id: 'schemas/money-exact',
  summary: 'sums of money are not floating-point numbers',
  why: `JSON numbers become binary floating point in most clients, which has no exact 0.10: sums drift by a cent, comparisons fail, and
invoices no longer add up. Minor units as an integer, a decimal in a string, or an object of amount and currency are exact.`,
  sources: ['guide S4, GraphQL Schema Design', 'Zalando #173', 'google.type.Money', 'IEEE 754'],
  equivalents: [],
  checks: {
    openapi: {
      good: `
openapi: 3.1.0
components:
  schemas:
    Invoice:
      type: object
      properties:
        total_amount: { type: integer, description: In cents. }
        price: { type: string, pattern: '^\\d+\\.\\d\\d$' }
        fee: { $ref: '#/components/schemas/Money' }
        tax_rate: { type: number }
        price_change_percentage: { type: number }
        balance: { type: number, format: decimal }
    Money:
      type: object
      properties:
        minor_units: { type: integer }
        currency: { type: string }
`,
      bad: `
openapi: 3.1.0
paths:
  /products:
    get:
      parameters:
        - { name: max_price, in: query, schema: { type: number } }
components:
  schemas:
    Invoice:
      type: object
      properties:
        total_amount: { type: number, format: double }
`,
      *find(api) {
        for (const { name, value, at } of namedPlaces(api)) {
          if (!typesOf(value).includes('number') || !isMoneyName(name)) continue;
          const format = asString(get(value, 'format'));
          if (format !== undefined && !binary.has(format)) continue;
          yield {
            at,
            message: `\`${name}\` is money in a floating-point number, which cannot hold most sums exactly.`,
            help: 'Use an integer of minor units, a decimal in a string, or an object of amount and currency.',
          };
        }
      },
    },
  },
});

/** Formats that say how the floating-point number is stored; others, as `decimal`, promise an exact one. */
const binary = new Set(['float', 'double']);

function namedPlaces(api: OpenApi): (At & { readonly name: string })[] {
  const taken = parameters(api).flatMap(({ name, schema }) => (schema ? [{ ...schema, name }] : []));
  return [...properties(api), ...taken];
}
