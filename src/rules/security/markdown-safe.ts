import { descriptions } from '../../languages/graphql/texts.ts';
import { asString } from '../../languages/openapi/json.ts';
import type { Node } from '../../languages/openapi/select.ts';
import { docCommentOf } from '../../languages/protobuf/select.ts';
import { placeOf, statements } from '../../languages/protobuf/tree.ts';
import type { Place } from '../../text/place.ts';
import type { Finding } from '../../text/problem.ts';
import { defineRule } from '../rule.ts';

export default defineRule({
  id: 'security/markdown-safe',
  summary: 'descriptions hold no scripts',
  why: `Descriptions are rendered as HTML in portals and consoles where developers are signed in. A script in one of them runs with their
rights.`,
  sources: ['OpenAPI 3.1.1, Markdown and HTML Sanitization', 'CommonMark 0.31.2, section 4.6', 'CWE-79'],
  equivalents: ['spectral:no-eval-in-markdown', 'spectral:no-script-tags-in-markdown', 'redocly:no-unsafe-markdown'],
  checks: {
    openapi: {
      good: `
openapi: 3.1.0
info:
  title: Orders
  description: |
    See the [guide](https://example.com) and the *evaluation* of orders. JavaScript: see below. Put

        <script src="https://example.com/orders.js"></script>

    into the page, which is \`<script>\` with a \`src\`, or write
    \`\`\`js
    eval(orders)
    \`\`\`
`,
      bad: `
openapi: 3.1.0
info:
  title: Orders <script>alert(1)</script>
  description: Call eval(orders) now.
tags:
  - name: orders
    description: '[Orders](javascript:alert(1))'
`,
      *find(api) {
        if (!api.sources.some(({ text }) => suspicious.test(text) || escaped.test(text))) return;
        for (const nodes of Object.values(api.index.nodes) as (readonly Node[])[]) {
          for (const { value, at } of nodes) {
            for (const field of fields) {
              const text = asString(value[field]);
              if (text !== undefined) yield* danger(field, text, at.child(field));
            }
          }
        }
      },
    },
    graphql: {
      good: `
"""
An order, which a page shows by \`<script>\`. See [JavaScript: the guide](https://example.com).
"""
type Order {
  "The *evaluation* of the order."
  rating: Int
}
`,
      bad: `
"An order <script>alert(1)</script>"
type Order {
  "See [the guide](javascript:alert(1))."
  rating: Int
}
`,
      *find(api) {
        if (!api.sources.some(({ text }) => suspicious.test(text) || escaped.test(text))) return;
        for (const { value, at } of descriptions(api)) yield* danger('description', value, at);
      },
    },
    protobuf: {
      good: `
syntax = "proto3";
package orders.v1;

// An order, which a page shows by \`<script>\`. See JavaScript: the guide.
message Order {
  string name = 1;
}
`,
      bad: `
syntax = "proto3";
package orders.v1;

// An order <script>alert(1)</script>
message Order {
  // Call eval(rating) now.
  int32 rating = 1;
}
`,
      *find(api) {
        for (const file of api.files) {
          if (!suspicious.test(file.tokens.text)) continue;
          for (const node of statements(file)) {
            const comment = docCommentOf(node);
            if (comment) yield* danger('comment', comment.text, placeOf(node, comment));
          }
        }
      },
    },
  },
});

const fields = ['title', 'summary', 'description'];

/** What in a text a browser may run once the text is rendered; undefined for nothing. */
function dangerIn(text: string): string | undefined {
  if (!suspicious.test(text)) return undefined;
  const prose = withoutCode(text);
  return dangers.find(([, pattern]) => pattern.test(prose))?.[0];
}

const suspicious = /<script|eval\(|javascript:/i;
/** Letters that JSON and YAML spell by their numbers, which could spell any of these. */
const escaped = /\\[uUx][0-9a-fA-F]/;
const dangers: readonly (readonly [string, RegExp])[] = [
  ['a `<script>` tag', /<script/i],
  ['a call of `eval`', /\beval\(/],
  ['a `javascript:` link', /(?:\]\(\s*<?|=\s*(?:["']\s*)?|<)javascript:/i],
];

/** A text without what Markdown shows as code: fenced blocks, indented blocks after an empty line, and code spans. */
function withoutCode(text: string): string {
  const kept: string[] = [];
  let fence: string | undefined;
  let mayBeIndented = true;
  for (const line of text.split('\n')) {
    const mark = /^ {0,3}(`{3,}|~{3,})/.exec(line)?.[1];
    if (fence !== undefined) {
      if (mark?.startsWith(fence)) fence = undefined;
    } else if (mark !== undefined) {
      fence = mark;
    } else if (mayBeIndented && /^(?: {4}|\t)/.test(line)) {
    } else {
      kept.push(line);
      mayBeIndented = line.trim() === '';
    }
  }
  return kept
    .join('\n')
    .split(/\n[ \t\r]*\n/)
    .map(withoutCodeSpans)
    .join('\n\n');
}

/** A paragraph without its code spans: from some backticks, unless escaped, to the next as many. */
function withoutCodeSpans(paragraph: string): string {
  const runs = [...paragraph.matchAll(/`+/g)].map(({ 0: { length }, index }) => ({ length, index }));
  const closing: (number | undefined)[] = [];
  const nextOfLength = new Map<number, number>();
  for (let i = runs.length - 1; i >= 0; i--) {
    closing[i] = nextOfLength.get(runs[i]!.length);
    nextOfLength.set(runs[i]!.length, i);
  }
  let prose = '';
  let end = 0;
  for (let i = 0; i < runs.length; i++) {
    const { index } = runs[i]!;
    const close = closing[i];
    if (close === undefined || /(?:^|[^\\])\\$/.test(paragraph.slice(Math.max(0, index - 2), index))) continue;
    prose += paragraph.slice(end, index);
    end = runs[close]!.index + runs[close]!.length;
    i = close;
  }
  return prose + paragraph.slice(end);
}

function* danger(what: string, text: string, at: Place): Generator<Finding> {
  const found = dangerIn(text);
  if (found === undefined) return;
  yield {
    at,
    message: `The ${what} holds ${found}, which a browser may run.`,
    help: 'Take it out, or write it as code, between backticks.',
  };
}
