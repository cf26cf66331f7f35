import { collections } from '../../languages/openapi/collections.ts';
import type { OpenApi } from '../../languages/openapi/openapi.ts';
import { lastSegment, type Segment } from '../../languages/openapi/paths.ts';
import { literalSegments, type PlacedSegment } from '../../languages/openapi/segments.ts';
import { operations } from '../../languages/openapi/select.ts';
import { isIdName } from '../../words/ids.ts';
import { isPlural, isSingular, plural, singular } from '../../words/plurals.ts';
import { split } from '../../words/split.ts';
import { defineRule } from '../rule.ts';

export default defineRule({
  id: 'naming/path-collection-plural',
  summary: 'a collection has a plural name in paths',
  why: `\`/users\` is the collection and \`/users/42\` one of it: who knows one URL can guess the other. With \`/user/42\` beside
\`/orders/7\` every path has to be looked up.`,
  sources: ['guide S1, REST API Design', 'guide S4, Consistency Over Cleverness', 'AIP-122', 'Zalando 134'],
  equivalents: ['zally:134', 'redocly:path-segment-plural'],
  checks: {
    openapi: {
      good: `
openapi: 3.1.0
paths:
  /users/{userId}: {}
  /users/email/{email}: {}
  /user/settings: {}
  /orders/{id}/invoice: {}
  /search/{query}: {}
  /avatar/{size}: {}
  /equipment/{id}: {}
`,
      bad: `
openapi: 3.1.0
paths:
  /user/{id}: {}
  /user/{id}/orders: {}
  /branch/{branch}: {}
  /order:
    get:
      responses:
        '200':
          description: The orders.
          content:
            application/json:
              schema: { type: array, items: { type: object } }
    post: {}
`,
      *find(api) {
        const listing = listingPaths(api);
        const seen = new Set<string>();
        for (const segment of literalSegments(api)) {
          const { text, entry, at, after } = segment;
          if (seen.has(text) || !isSingular(nameOf(text))) continue;
          if (!(after ? holdsItems(segment) : listing.has(entry.path))) continue;
          seen.add(text);
          yield {
            at,
            message: `The collection \`${text}\` has a singular name.`,
            help: `Name it \`${inPlural(text)}\`, wherever it stands in a path.`,
          };
        }
      },
    },
  },
});

/**
 * Whether a placeholder behind the segment picks one item of it: an id, or what the segment is called. Not what chooses
 * a form of the thing (\`/avatar/{size}\`), nor the key behind a collection (\`/users/email/{email}\`).
 */
function holdsItems({ text, before, after }: PlacedSegment): boolean {
  const [placeholder] = after?.placeholders ?? [];
  if (placeholder === undefined || !after!.text.startsWith('{')) return false;
  const noun = split(nameOf(text)).at(-1)!;
  const words = split(placeholder);
  const names = words.at(-1) === noun || words.join('') === split(text).join('');
  if (names) return !isLiteralPlural(before);
  return isIdName(words) || /^(?:slug|sid|key|name|\w*name|number)$/.test(words.at(-1) ?? '') === true
    ? words.length === 1 || words.includes(noun) || words.at(-2) === singular(noun)
    : false;
}

function isLiteralPlural(segment: Segment | undefined): boolean {
  return segment?.literal === true && isPlural(nameOf(segment.text));
}

/** The paths where a GET lists and a POST adds. */
function listingPaths(api: OpenApi): ReadonlySet<string> {
  const posted = new Set(operations(api).flatMap(({ method, path }) => (method === 'post' ? [path] : [])));
  return new Set(
    collections(api)
      .map(({ operation }) => operation.path)
      .filter((path) => posted.has(path) && lastSegment(path)?.literal),
  );
}

/** Without a file extension and a custom verb. */
const nameOf = (text: string): string => text.replace(/[.:(].*$/s, '');

/** The segment with its last word in the plural. */
function inPlural(text: string): string {
  const name = nameOf(text);
  const last = split(name).at(-1)!;
  const many = plural(last);
  const written = name.slice(-last.length);
  const ending = written === written.toUpperCase() ? many.toUpperCase() : keepFirst(written, many);
  return name.slice(0, -last.length) + ending;
}

const keepFirst = (written: string, word: string): string => written.charAt(0) + word.slice(1);
