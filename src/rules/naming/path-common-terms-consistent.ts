import { literalSegments, type PlacedSegment } from '../../languages/openapi/segments.ts';
import { plural, singular } from '../../words/plurals.ts';
import { split } from '../../words/split.ts';
import { defineRule } from '../rule.ts';

export default defineRule({
  id: 'naming/path-common-terms-consistent',
  summary: 'a resource has one name in all paths',
  why: `\`/orders\` and \`/order-details/{id}\`, \`/lineitems\` and \`/line-items\`: callers cannot tell whether that is one thing or two, and
find out by trying.`,
  sources: ['guide S4, Consistency Over Cleverness', 'guide S1, REST API Design', 'AIP-190'],
  equivalents: [],
  checks: {
    openapi: {
      good: `
openapi: 3.1.0
paths:
  /products/{id}: {}
  /products/{id}/details: {}
  /order-items/{id}: {}
  /user: {}
  /users/{id}: {}
`,
      bad: `
openapi: 3.1.0
paths:
  /products: {}
  /product_info/{id}: {}
  /line-items: {}
  /orders/{id}/lineitems: {}
  /organizations/{id}: {}
  /organisations: {}
`,
      *find(api) {
        const spellings = new Map<string, PlacedSegment>();
        for (const segment of literalSegments(api)) {
          const name = nameOf(segment.text);
          const known = spellings.get(name);
          if (!known || (!known.after && segment.after)) spellings.set(name, segment);
        }
        yield* paddedNames(spellings);
        yield* otherSpellings(spellings);
      },
    },
  },
});

/** `product_info` and `order-details`: what is addressed by an id is the product, the order. */
function* paddedNames(spellings: ReadonlyMap<string, PlacedSegment>) {
  for (const [name, { at, after }] of spellings) {
    const words = split(name);
    const noun = words.slice(0, -1);
    if (noun.length === 0 || !padding.has(words.at(-1)!) || !after?.text.startsWith('{')) continue;
    const resource = [...spellings.keys()].find((other) => other !== name && sameNoun(split(other), noun));
    const proper = [...noun.slice(0, -1), plural(noun.at(-1)!)].join('-');
    const beside = resource === undefined ? undefined : spellings.get(resource);
    yield {
      at,
      message: beside
        ? `The path segment \`${name}\` is another name for \`${resource}\`.`
        : `The path segment \`${name}\` says \`${words.at(-1)}\`, which goes for every resource.`,
      help: beside ? `Use \`${resource}\` for both.` : `Call it \`${proper}\`.`,
      ...(beside && { related: [{ message: `\`${resource}\` is here`, at: beside.at }] }),
    };
  }
}

/** Words that add nothing to the name of a thing. */
const padding: ReadonlySet<string> = new Set(['detail', 'details', 'info', 'infos', 'information']);

function sameNoun(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((word, i) => singular(word) === singular(b[i]!));
}

/** Words run together or apart, and British beside American. What differs in case alone is up to `naming/path-case`. */
function* otherSpellings(spellings: ReadonlyMap<string, PlacedSegment>) {
  const first = new Map<string, [name: string, segment: PlacedSegment]>();
  for (const [name, segment] of spellings) {
    const words = split(name).map(american);
    const key = words.join('');
    const known = first.get(key);
    if (!known) {
      first.set(key, [name, segment]);
      continue;
    }
    const [other, { at }] = known;
    if (split(other).join(' ') === split(name).join(' ')) continue;
    yield {
      at: segment.at,
      message: `The path segment \`${name}\` is spelled \`${other}\` elsewhere.`,
      help: 'Choose one spelling.',
      related: [{ message: `\`${other}\` is here`, at }],
    };
  }
}

function american(word: string): string {
  return word
    .replace(/isation(s?)$/, 'ization$1')
    .replace(/^(col|fav|behavi|lab)our/, '$1or')
    .replace(/^(cent)re(s?)$/, '$1er$2')
    .replace(/^catalogue(s?)$/, 'catalog$1')
    .replace(/^licence(s?)$/, 'license$1')
    .replace(/^enrolment(s?)$/, 'enrollment$1')
    .replace(/^fulfilment(s?)$/, 'fulfillment$1');
}

/** Without a file extension and a custom verb. */
const nameOf = (text: string): string => text.replace(/[.:(].*$/s, '');
