import { documented } from '../../conventions/graphql/documentation.ts';
import { capitalise } from '../../languages/graphql/edit.ts';
import { defineRule } from '../rule.ts';

export default defineRule({
  id: 'docs/description-capitalised',
  summary: 'descriptions begin with a capital',
  why: `Descriptions stand next to each other in editors and on web pages. There one sees at a glance which of them were written with
care.`,
  sources: ['graphql-schema-linter, descriptions-are-capitalized'],
  equivalents: ['graphql-schema-linter:descriptions-are-capitalized'],
  absent: {
    openapi: 'Descriptions are CommonMark there, and may begin with anything.',
    protobuf: 'Comments often begin with the name of what they describe, as Go has it.',
  },
  checks: {
    graphql: {
      good: `
"What a customer buys at once."
type Order {
  "createdAt of the first item."
  since: DateTime
  "iOS and Android alike."
  apps: [App!]
  "note for the courier; printed as it is."
  note: String
  "3 to 30 characters."
  code: String
}
`,
      bad: `
"what a customer buys at once."
type Order {
  """
  with tax, in the customer's currency
  """
  total: Money
}
`,
      fixable: 'safe',
      *find(api) {
        for (const { name, node, text, at } of documented(api)) {
          const [, word] = /^([a-z]+)(?:['’-][a-z]+)*[,;:!?]?(?:\s|\.?$)/.exec(text) ?? [];
          // A text may begin with the name of what it describes.
          if (word === undefined || word === name) continue;
          yield {
            at,
            message: `The description of \`${at.element}\` begins with a small letter.`,
            help: 'Begin it with a capital.',
            fix: { title: 'Begin the description with a capital', safe: true, edits: () => capitalise(node) },
          };
        }
      },
    },
  },
});
