import { isForeign, isSelfEvident } from '../../conventions/graphql/documentation.ts';
import * as graphql from '../../languages/graphql/select.ts';
import { defineRule } from '../rule.ts';

export default defineRule({
  id: 'docs/input-field-described',
  summary: 'every field of an input says what it does',
  why: `What a field of an input does to the result can't be seen by asking for it, as with a field of an answer: it has to be tried
out, on data that matters. Which values it takes, and what happens without it, is known to those who wrote it.`,
  sources: ['guide S4, Documentation and Testing', 'GraphQL specification, section 3.10 (Input Objects)'],
  equivalents: ['graphql-eslint:require-description', 'graphql-schema-linter:input-object-values-have-descriptions'],
  absent: {
    openapi: 'A schema may serve requests and answers alike: `docs/field-described` asks for all descriptions.',
    protobuf: 'Any message may be sent either way: `docs/field-described` asks for all comments.',
  },
  options: {
    selfEvident: {
      description:
        'Whether what speaks for itself needs a description, too: `clientMutationId`, and fields called like their described type.',
      default: true,
      schema: { type: 'boolean' },
    },
  },
  checks: {
    graphql: {
      good: `
input OrderFilter {
  "Only orders placed at this time or later."
  since: DateTime
}

type Order {
  note(language: String): String
}
`,
      bad: `
input OrderFilter {
  since: DateTime
  "" status: String
}
`,
      *find(api, { selfEvident }) {
        for (const field of graphql.inputFields(api)) {
          if (graphql.descriptionOf(field.node) !== '' || isForeign(field.owner)) continue;
          if (!selfEvident && isSelfEvident(api, field)) continue;
          const { description } = field.node;
          yield {
            at: description ? field.at.on(description) : field.at,
            message: description
              ? `The description of \`${field.at.element}\` is empty.`
              : `Input field \`${field.at.element}\` has no description.`,
            help: 'Say what it does, which values it takes, and what happens without it.',
          };
        }
      },
    },
  },
});
