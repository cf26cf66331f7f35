import { textOf } from '../../languages/openapi/descriptions.ts';
import { asText, get, isObject, itemsOf, type JsonObject } from '../../languages/openapi/json.ts';
import { everySchema, type Node } from '../../languages/openapi/select.ts';
import { capitalised, titleOf } from '../../languages/openapi/titles.ts';
import { defineRule } from '../rule.ts';

export default defineRule({
  id: 'docs/enum-value-described',
  summary: 'the values of an enumeration say what they mean',
  why: `A value that is a number or a letter means nothing to a reader: \`2\` may be "shipped" or "refunded". The explanation has to
stand beside it, for people and for the names in generated code.`,
  sources: ['guide S4, Documentation and Testing', 'AIP-192'],
  equivalents: [],
  checks: {
    openapi: {
      good: `
openapi: 3.1.0
components:
  schemas:
    Status: { enum: [placed, paid, shipped] }
    Priority:
      description: 0 is low, 1 is normal, 2 is high.
      enum: [0, 1, 2]
    Size:
      enum: [A, B]
      x-enum-descriptions: { A: Up to 10 cm, B: Anything longer }
    PageSize: { enum: [10, 25, 50] }
`,
      bad: `
openapi: 3.1.0
components:
  schemas:
    Priority: { enum: [0, 1, 2] }
    Size:
      enum: [small, medium, large]
      x-enum-descriptions:
        small: Up to 10 cm
        medium: Up to 30 cm
`,
      *find(api) {
        for (const schema of everySchema(api)) {
          const values = itemsOf(schema.value['enum']).filter((value) => value !== null);
          if (values.length < 2) continue;
          const missing = undescribed(schema.value, values);
          if (missing === undefined && (!areCodes(values) || isExplainedInText(schema, values))) continue;
          if (missing?.length === 0) continue;
          yield {
            at: schema.at.child('enum'),
            message: missing
              ? `No description is given of ${list(missing)}, while other values have one.`
              : `${capitalised(titleOf(schema.at))} does not say what ${list(values)} mean.`,
            help: 'Say what each value means, in the `description` or in `x-enum-descriptions`.',
          };
        }
      },
    },
  },
});

/** The values that a table of explanations leaves out; undefined where there is no table. */
function undescribed(schema: JsonObject, values: readonly unknown[]): unknown[] | undefined {
  for (const key of tables) {
    const table = schema[key];
    if (isObject(table)) return values.filter((value) => get(table, asText(value)) === undefined);
    if (Array.isArray(table)) return values.slice(table.length);
  }
  return isObject(schema['x-ms-enum']) ? [] : undefined;
}

const tables = ['x-enum-descriptions', 'x-enumDescriptions', 'x-enum-varnames', 'x-enumNames', 'x-enum-names'];

/** Whether the values are codes: single letters, or numbers that count up from 0 or 1. Other numbers are amounts. */
function areCodes(values: readonly unknown[]): boolean {
  const texts = values.map(asText);
  if (texts.every((text) => /^[A-Za-z]$/.test(text))) return true;
  if (texts.length < 3 || !texts.every((text) => /^\d{1,3}$/.test(text))) return false;
  const numbers = texts.map(Number);
  return numbers[0]! <= 1 && numbers.every((number, i) => i === 0 || number === numbers[i - 1]! + 1);
}

/** Whether what is said of the schema, or of what holds it, mentions each value. */
function isExplainedInText(schema: Node, values: readonly unknown[]): boolean {
  const texts: string[] = [];
  for (let node: Node | null = schema; node; node = node.parent) {
    for (const key of ['description', 'title', 'summary']) texts.push(textOf(node.value, key) ?? '');
    if (node !== schema && (node.kind !== 'Schema' || node.field === 'properties')) break;
    if (node.field === 'properties') break;
  }
  const said = new Set(texts.join(' ').match(/[\p{L}\p{N}]+/gu));
  return values.every((value) => said.has(asText(value)));
}

function list(values: readonly unknown[]): string {
  const shown = values.slice(0, 3).map((value) => `\`${asText(value)}\``);
  const more = values.length - shown.length;
  if (more > 0) return `${shown.join(', ')} and ${more} more`;
  return shown.length < 2 ? shown.join('') : `${shown.slice(0, -1).join(', ')} and ${shown.at(-1)}`;
}
