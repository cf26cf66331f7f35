import { asString, itemsOf } from '../../languages/openapi/json.ts';
import type { OpenApi } from '../../languages/openapi/openapi.ts';
import type { Pointer } from '../../languages/openapi/pointer.ts';
import { operations, tags } from '../../languages/openapi/select.ts';
import { type Case, caseLabels, isCase, majority } from '../../words/cases.ts';
import { defineRule } from '../rule.ts';

const styles = ['title', 'sentence', 'lower-words', 'pascal', 'camel', 'kebab', 'snake'] as const;
type Style = (typeof styles)[number];

export default defineRule({
  id: 'naming/tag-case',
  summary: 'tags are written in one case',
  why: `Tags are the headings of the documentation and the modules of generated clients. \`User Groups\` beside \`user-orders\` looks like two
documents glued together.`,
  sources: ['OpenAPI 3.1.1, Tag Object', 'guide S4, Consistency Over Cleverness'],
  equivalents: ['zally:M010'],
  options: {
    style: {
      description: 'The case of tags; `majority` is the one that most of them have, `title` is `User Groups`.',
      default: 'majority' as 'majority' | Style,
      schema: { enum: ['majority', ...styles] },
    },
  },
  checks: {
    openapi: {
      good: `
openapi: 3.1.0
tags:
  - name: Orders
  - name: User Groups
  - name: Terms of Use
`,
      bad: `
openapi: 3.1.0
tags:
  - name: Orders
  - name: User Groups
  - name: gift-cards
paths:
  /users:
    get: { tags: [user groups] }
`,
      *find(api, { style }) {
        const all = tagsOf(api);
        const wanted = style === 'majority' ? commonest([...all.keys()]) : style;
        if (wanted === null) return;
        for (const [name, at] of all) {
          if (fits(name, wanted)) continue;
          const most = style === 'majority' ? ', as most tags of this API are' : '';
          yield {
            at,
            message: `The tag \`${name}\` is not in ${labelOf(wanted)}${most}.`,
            help: 'Rename it where it is declared and where it is used.',
          };
        }
      },
    },
  },
});

/** The tags that are declared or used, where they stand first. */
function tagsOf(api: OpenApi): Map<string, Pointer> {
  const found = new Map<string, Pointer>();
  for (const { name, at } of tags(api)) if (!found.has(name)) found.set(name, at.child('name'));
  for (const { value, at } of operations(api)) {
    for (const [i, tag] of itemsOf(value['tags']).entries()) {
      const name = asString(tag);
      if (name !== undefined && !found.has(name)) found.set(name, at.child('tags').child(i));
    }
  }
  return found;
}

/** The style that more tags fit than any other, the earliest of equals. */
function commonest(names: readonly string[]): Style | null {
  if (!names.some((name) => name.includes(' '))) {
    const style = majority(names);
    return styles.find((known) => known === style) ?? null;
  }
  const counts = styles.map((style) => [style, names.filter((name) => fits(name, style)).length] as const);
  const [style, count] = counts.reduce((best, other) => (other[1] > best[1] ? other : best));
  return count * 2 >= names.length ? style : null;
}

/** Proper names may have capitals anywhere, so of a sentence only the beginning is judged. */
function fits(name: string, style: Style): boolean {
  const words = name.split(/\s+/);
  if (style === 'title') return words.every((word, i) => /^[^\p{Ll}]/u.test(word) || (i > 0 && small.has(word)));
  if (style === 'sentence') return /^[^\p{Ll}]/u.test(name) && !/_/.test(name);
  if (style === 'lower-words') return name === name.toLowerCase();
  return isCase(name, style);
}

/** Words that stay small in a title. */
const small: ReadonlySet<string> = new Set('a an and as at by for from in of on or the to via with'.split(' '));

function labelOf(style: Style): string {
  if (style === 'title') return 'Title Case';
  if (style === 'sentence') return 'Sentence case';
  return style === 'lower-words' ? 'lower case' : caseLabels[style satisfies Case];
}
