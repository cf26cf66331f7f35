import { defineRule } from '../rule.ts';

/** Raised by the engine when a rule throws. It has no check, since no document is meant to bring that about. */
export default defineRule({
  id: 'structure/rule-completed',
  summary: 'every rule came to its end',
  why: `A rule that broke down has judged nothing, and silence must not be taken for praise. The other rules run on.`,
  sources: ['apiarch, ARCHITECTURE.md'],
  equivalents: [],
  checks: {},
  absent: {
    openapi: 'the engine raises it when a rule throws',
    graphql: 'the engine raises it when a rule throws',
    protobuf: 'the engine raises it when a rule throws',
  },
});
