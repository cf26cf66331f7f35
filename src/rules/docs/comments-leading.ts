import { documentable } from '../../conventions/protobuf/documentation.ts';
import { commentsOf } from '../../languages/protobuf/comments.ts';
import { saidIn } from '../../languages/protobuf/descriptions.ts';
import { raiseComment } from '../../languages/protobuf/edit.ts';
import { placeOf } from '../../languages/protobuf/tree.ts';
import { defineRule } from '../rule.ts';

export default defineRule({
  id: 'docs/comments-leading',
  summary: 'comments stand directly above what they describe',
  why: `Comments are published. One that stands behind what it describes, or by itself, is shown in one generated page and not in the
next, or as part of something else.`,
  sources: ['AIP-192'],
  equivalents: ['aip:0192::only-leading-comments', 'aip:0192::has-comments'],
  checks: {
    protobuf: {
      good: `
// Copyright 2031 Shop Inc.

syntax = "proto3";

// (-- Orders start here. --)

// What a customer buys at once.
message Order {
  // What the customer pays.
  string total = 1; // buf:lint:ignore FIELD_LOWER_SNAKE_CASE
}
`,
      bad: `
syntax = "proto3";

// Orders start here.

// What a customer buys at once.
message Order {
  string total = 1; // What the customer pays.
}
`,
      fixable: 'safe',
      *find(api) {
        for (const { kind, name, node } of documentable(api)) {
          const { detached, trailing } = commentsOf(node);
          for (const comment of detached) {
            if (saidIn(comment) === '') continue;
            yield {
              at: placeOf(node, comment),
              message: `A comment above the ${kind} \`${name}\` belongs to nothing.`,
              help: 'Join it to the comment below, or set it in `(--` and `--)` where it is for the authors only.',
            };
          }
          if (trailing === null || saidIn(trailing) === '') continue;
          yield {
            at: placeOf(node, trailing),
            message: `The comment on the ${kind} \`${name}\` stands behind it.`,
            help: 'Put it on the line above.',
            fix: { title: 'Put the comment above', safe: true, edits: () => raiseComment(node) },
          };
        }
      },
    },
  },
});
