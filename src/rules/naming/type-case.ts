import { namedSchemas } from '../../languages/openapi/select.ts';
import { type Case, caseLabels, isCase, majority, toCase } from '../../words/cases.ts';
import { defineRule } from '../rule.ts';

const styles = ['pascal', 'camel', 'snake', 'kebab'] as const satisfies readonly Case[];

export default defineRule({
  id: 'naming/type-case',
  summary: 'schemas have names in PascalCase',
  why: `Names of schemas become names of classes in generated clients and headings in documentation. Generators rewrite what does not fit
their language, each in its own way, and names that differ in case alone collide.`,
  sources: ['guide S1, GraphQL API Design', 'guide S4, Consistency Over Cleverness'],
  equivalents: ['ibm:ibm-schema-casing-convention'],
  options: {
    style: {
      description: 'The case of the names of schemas.',
      default: 'pascal' as (typeof styles)[number],
      schema: { enum: styles },
    },
  },
  checks: {
    openapi: {
      good: `
openapi: 3.1.0
components:
  schemas:
    Order: {}
    OrderItem: {}
    IAMCredentials: {}
    google.rpc.Status: {}
`,
      bad: `
openapi: 3.1.0
components:
  schemas:
    Order: {}
    orderItem: {}
    Order_Status: {}
`,
      *find(api, { style }) {
        const schemas = namedSchemas(api);
        const odd = schemas.filter(({ name }) => !isCase(localName(name), style));
        const other = habit(
          odd.map(({ name }) => name),
          schemas.length,
        );
        if (other !== null) {
          const following = odd.filter(({ name }) => isCase(localName(name), other));
          const table = following[0]!.at.parent!;
          const count = following.length === schemas.length ? 'All' : following.length;
          yield {
            at: table.onKey,
            message: `${count} of the ${schemas.length} schemas have names in ${caseLabels[other]} rather than ${caseLabels[style]}.`,
            help: 'Rename them together: references inside the document are all that changes.',
          };
        }
        for (const { name, at } of odd) {
          if (other !== null && isCase(localName(name), other)) continue;
          yield {
            at: at.onKey,
            message: `The schema \`${name}\` is not in ${caseLabels[style]}.`,
            help: `Call it \`${toCase(localName(name), style)}\`.`,
          };
        }
      },
    },
  },
});

/** The name without the namespace before its last dot. */
const localName = (name: string): string => name.slice(name.lastIndexOf('.') + 1);

/** The case that an API of some size has chosen instead: one decision, reported once. */
function habit(odd: readonly string[], total: number): Case | null {
  if (odd.length < 10 || odd.length * 2 < total) return null;
  return majority(odd.map(localName));
}
