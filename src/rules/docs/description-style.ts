import { documented } from '../../conventions/graphql/documentation.ts';
import * as protobuf from '../../conventions/protobuf/documentation.ts';
import { placeIn, proseOf } from '../../conventions/protobuf/prose.ts';
import { requote } from '../../languages/graphql/edit.ts';
import { defineRule } from '../rule.ts';

export default defineRule({
  id: 'docs/description-style',
  summary: 'descriptions are written in one form, which tools can show',
  why: `Descriptions are shown in many places: in editors, on web pages, as comments of generated code. HTML, headings, tables and
links to somewhere below an unknown page come out as litter in most of them. And descriptions that all have one form are easier to
read and to add to.`,
  sources: ['GraphQL specification, section 2.9.4 (String Value)', 'AIP-192'],
  equivalents: [
    'graphql-eslint:description-style',
    'aip:0192::absolute-links',
    'aip:0192::no-html',
    'aip:0192::no-markdown-headings',
    'aip:0192::no-markdown-tables',
  ],
  options: {
    style: {
      description: 'How descriptions are quoted in GraphQL: `block` is `"""…"""`, `inline` is `"…"`.',
      default: 'block' as 'block' | 'inline',
      schema: { enum: ['block', 'inline'] },
    },
  },
  checks: {
    graphql: {
      good: `
"""
What a customer buys at once.
"""
type Order {
  """What the customer pays, with tax."""
  amount(currency: String = "EUR"): Money
}
`,
      bad: `
"What a customer buys at once."
type Order {
  """What the customer pays, with tax."""
  amount: Money
}
`,
      fixable: 'safe',
      *find(api, { style }) {
        for (const { node, at } of documented(api)) {
          // In the result of an introspection there are no quotes.
          if (node.block === undefined || node.block === (style === 'block')) continue;
          const quotes = style === 'block' ? '`"""`' : '`"`';
          const title = `Write the description between ${quotes} and ${quotes}`;
          const fix = { title, safe: true, edits: () => requote(node, style) };
          yield style === 'block'
            ? {
                at,
                message: `The description of \`${at.element}\` is no block string.`,
                help: 'Write it between `"""` and `"""`.',
                fix,
              }
            : {
                at,
                message: `The description of \`${at.element}\` is a block string.`,
                help: 'Write it between `"` and `"`.',
                fix,
              };
        }
      },
    },
    protobuf: {
      good: `
syntax = "proto3";

// What a customer buys at once, see [the guide](https://shop.test/orders) and [Customer][shop.v1.Customer].
//
// The name is \`orders/<order>\`, printed as \`<b>\`.
message Order {
  // 1. Found by \`projects/<project>/orders\`.
  // 2. #1 is the oldest.
  string name = 1;
}
`,
      bad: `
syntax = "proto3";

// # Orders
//
// What a <b>customer</b> buys at once, see [the guide](/orders).
//
// | State | Means |
// |-------|-------|
// | PAID  | Done  |
message Order {}
`,
      *find(api) {
        for (const { node, comment } of protobuf.documented(api)) {
          const prose = proseOf(node, comment);
          for (const { form, message, help } of faults) {
            const found = form.exec(prose);
            if (!found) continue;
            const start = found.index + found[0].length - found[1]!.length;
            yield { at: placeIn(node, comment, start, start + found[1]!.length), message, help };
          }
        }
      },
    },
  },
});

const tags =
  'a|abbr|b|blockquote|br|center|code|dd|div|dl|dt|em|font|h[1-6]|hr|i|img|li|ol|p|pre|small|span|strong|sub|sup|table|tbody|td|th|thead|tr|tt|u|ul';

/** What most places that show comments do not understand; the first group is what to underline. */
const faults: readonly { readonly form: RegExp; readonly message: string; readonly help: string }[] = [
  {
    // Behind a slash, as in \`tables/<table>\`, stands a placeholder.
    form: new RegExp(`(?<![/=:.<-])(</?(?:${tags})(?:\\s[^<>\\n]{0,300})?/?>)`, 'i'),
    message: 'The comment holds HTML.',
    help: 'Write it in CommonMark: `*emphasis*`, `` `code` ``, lists with `*`, an empty line between paragraphs.',
  },
  {
    form: /^[ \t]*(?:\/{2,}|\/?\*+)?[ \t]{0,3}(#{1,6} [^\n]{1,200})/m,
    message: 'The comment holds a heading.',
    help: 'Say it in a sentence: the name of what is described is its heading.',
  },
  {
    form: /\|[^\n]{0,300}\n[ \t]*(?:\/{2,}|\*)?[ \t]*(\|?[ \t]*:?-{3,}:?(?:[ \t]*\|[ \t]*:?-{3,}:?){1,50}[ \t]*\|?)[ \t]*$/m,
    message: 'The comment holds a table.',
    help: 'Write a list.',
  },
  {
    form: /\[[^\][\n]{2,200}\](\((?![a-z][a-z0-9+.-]{1,20}:|#)(?:\/|[\w.-]{1,100}\/)[^()\s]{0,300}\))/i,
    message: 'The comment holds a link that is not absolute.',
    help: 'Write the whole address, from `https://` on.',
  },
];
