import { textOf } from '../../languages/openapi/descriptions.ts';
import { everyOperation } from '../../languages/openapi/select.ts';
import { defineRule } from '../rule.ts';

export default defineRule({
  id: 'docs/operation-summary-short',
  summary: 'the summary of an operation is one short phrase',
  why: `Summaries stand in menus and lists, where long ones are cut off and full stops look like mistakes. What needs a
second sentence belongs in the description.`,
  sources: ['guide S4, Documentation and Testing', 'OpenAPI 3.1.1, Operation Object'],
  equivalents: ['ibm:ibm-operation-summary-length', 'ibm:ibm-summary-sentence-style'],
  options: {
    maxLength: {
      description: 'How many characters a summary may have.',
      default: 80,
      schema: { type: 'integer', minimum: 1 },
    },
    fullStop: {
      description: 'Whether a summary may end with a full stop: `never`, or `allowed`.',
      default: 'never' as 'never' | 'allowed',
      schema: { enum: ['never', 'allowed'] },
    },
  },
  checks: {
    openapi: {
      good: `
openapi: 3.1.0
paths:
  /orders:
    get: { summary: 'List orders, invoices, etc.' }
    post: { summary: Place an order (e.g. Express or Standard) }
    delete: {}
`,
      bad: `
openapi: 3.1.0
paths:
  /orders:
    get: { summary: List orders. }
    post: { summary: Place an order. It is charged at once }
    delete: { summary: 'Delete all orders that the caller has placed, paid, returned or cancelled in the last month' }
`,
      *find(api, { maxLength, fullStop }) {
        for (const { value, at, name } of everyOperation(api)) {
          const summary = textOf(value, 'summary');
          if (summary === undefined) continue;
          const length = [...summary].length;
          const fault =
            length > maxLength
              ? `is ${length} characters long, which is more than ${maxLength}`
              : hasSeveralSentences(summary)
                ? 'has more than one sentence'
                : fullStop === 'never' && endsWithFullStop(summary)
                  ? 'ends with a full stop'
                  : undefined;
          if (fault === undefined) continue;
          yield {
            at: at.child('summary'),
            message: `The summary of \`${name}\` ${fault}.`,
            help: fault.startsWith('ends')
              ? 'Leave out the full stop.'
              : 'Shorten it, and move the rest to the description.',
          };
        }
      },
    },
  },
});

/** A sentence ends after a word of some length: `e.g.`, `vs.` and `v1.` end none. */
function hasSeveralSentences(summary: string): boolean {
  return /\p{Ll}{4}[.!?]\s+\p{Lu}/u.test(summary);
}

function endsWithFullStop(summary: string): boolean {
  return summary.endsWith('.') && !/(?:\.\.|\b(?:etc|e\.g|i\.e|inc|ltd|vs|p\.m|a\.m))\.$/i.test(summary);
}
