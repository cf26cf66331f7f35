import type { ASTNode, StringValueNode } from 'graphql';
import type { Coordinate } from '../../languages/graphql/coordinate.ts';
import { describe } from '../../languages/graphql/edit.ts';
import type { GraphQl } from '../../languages/graphql/graphql.ts';
import * as graphql from '../../languages/graphql/select.ts';
import { defineRule } from '../rule.ts';

export default defineRule({
  id: 'docs/description-not-in-comment',
  summary: 'what documents an element is its description, not a comment',
  why: `Comments stay in the file. Those who use the API see descriptions: by introspection, in their editor, on the pages that are made
of them. What somebody took the trouble to write down does not reach anybody.`,
  sources: ['GraphQL specification, section 2.1.4 (Comments) and section 3.3 (Descriptions)'],
  equivalents: ['graphql-eslint:no-hashtag-description'],
  absent: {
    openapi: 'Comments of YAML stand for many things, and fields of their own for descriptions.',
    protobuf: 'Comments are the documentation there.',
  },
  checks: {
    graphql: {
      good: `
# Copyright 2031 Shop Inc.
type Query {
  "The orders of the caller, newest first."
  # @cost 10
  orders: [Order!]
  # search(text: String): [Order!]
  # Not before 2.0:

  allOrders: [Order!]
}

# ---- Orders ----
type Order {
  id: ID! # Given when the order is placed.
}
`,
      bad: `
type Order {
  # What the customer pays,
  # with tax.
  total: Money
}

# How far an order has come.
enum OrderStatus {
  PLACED
}
`,
      fixable: 'safe',
      *find(api) {
        for (const { node, at } of describable(api)) {
          if (node.description) continue;
          const comments = graphql.commentsAbove(node).filter(({ text }) => !isForTools(text));
          const last = comments.at(-1);
          if (!last || !comments.some(({ text }) => isProse(text)) || comments.some(({ text }) => isRuler(text)))
            continue;
          if (!isProse(last.text)) continue;
          yield {
            at: { element: at.element, range: () => last.range },
            message: `What is said of \`${at.element}\` stands in a comment.`,
            help: 'Make it a description: put it between `"""` and `"""`.',
            fix: { title: 'Make the comment a description', safe: true, edits: () => describe(api, node, comments) },
          };
        }
      },
    },
  },
});

interface Describable {
  readonly node: ASTNode & { readonly description?: StringValueNode | undefined };
  readonly at: Coordinate;
}

function describable(api: GraphQl): Describable[] {
  const definitions = graphql.types(api).flatMap(({ base, at }) => (base ? [{ node: base, at }] : []));
  return [
    ...definitions,
    ...graphql.directiveDefinitions(api),
    ...graphql.fields(api),
    ...graphql.everyArgument(api),
    ...graphql.inputFields(api),
    ...graphql.enumValues(api),
  ];
}

const tools =
  /^(?:@|eslint|lint-|prettier|apiarch|import\b|cspell|spell-?check|graphql-codegen|biome|noinspection|region\b|endregion\b|microcks|generated\b|do not edit|!|\$)/i;

function isForTools(text: string): boolean {
  return tools.test(text) || /\b(?:copyright|licen[cs]ed?|spdx)\b/i.test(text);
}

/** `-----`, `=== Orders ===`, `## Orders`: what parts a file into sections. */
function isRuler(text: string): boolean {
  return /^[-=*#~_+]{2,}|[-=*#~_+]{3,}$/.test(text);
}

/** Words rather than a definition that was taken out, a note of its author to himself, or nothing. */
function isProse(text: string): boolean {
  if (!/\p{L}{2,}/u.test(text) || /^(?:TODO|FIXME|XXX|HACK|NOTE)\b/i.test(text)) return false;
  const isMember = /^\w+\s*(?:\([^)]*\)?)?\s*:\s*\[?\w+[\]!]*(?:\s*[=@].*)?$/.test(text) && !/^\w+: \w+$/.test(text);
  const isDefinition =
    /^(?:extend\s+)?(?:type|input|enum|interface|union|scalar|directive|schema|query|mutation|subscription)\b.*[{=@]/.test(
      text,
    ) || /^(?:extend\s+)?(?:type|input|enum|interface|union|scalar)\s+\w+$/.test(text);
  return !isMember && !isDefinition && !/^[A-Z][A-Z0-9_]*$/.test(text) && !/^[{}()\]|&]|[{(]$/.test(text);
}
