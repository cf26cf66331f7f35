import { singular } from './plurals.ts';
import { split } from './split.ts';

/** Whether a text stands where a description will be written one day: `TODO`, `TBD`, `string`, `Lorem ipsum dolor …`. */
export function isPlaceholder(text: string): boolean {
  const bare = text
    .slice(0, 400)
    .toLowerCase()
    .replace(/[^\p{L}\p{N}/]+/gu, ' ')
    .trim();
  return placeholders.has(bare) || bare.startsWith('lorem ipsum') || todo.test(text) || /^[\s.…?*_-]+$/.test(text);
}

const placeholders: ReadonlySet<string> = new Set(
  `todo|fixme|tbd|tba|tbc|xxx|n/a|none|null|undefined|string|description|desc|descr|a description|my description
the description|some description|add description|add a description|add description here|description here|description goes here
your description here|insert description here|enter description|enter description here|enter a description|no description
no description available|no description provided|no description given|missing description|optional description
optional extended description|optional extended description in markdown|placeholder|placeholder text|coming soon
to be done|to be defined|to be described|to be documented|to be determined|write me|describe me|document me|foo|bar
foo bar|foobar|asdf|qwerty|blah|blah blah|blah blah blah|summary|your summary here`
    .split(/[|\n]/)
    .map((entry) => entry.trim()),
);

/** A note to oneself, in capitals. `TODO lists` are a thing that APIs offer. */
const todo =
  /^(?:TODO|FIXME|TBD|XXX)(?:\s*[-:(–—.]|\s+(?:add|write|describe|document|explain|fill|fix|update|check|define)\b|\s*$)|\b(?:TODO|FIXME)\s*[:(]/;

/**
 * Whether a text has the words of a name and no others, in any order and number, small words aside: `The ID of the user.`
 * for `user_id`.
 */
export function saysOnly(text: string, name: string): boolean {
  if (text.length > 2 * name.length + 40) return false;
  const said = contentWords(text);
  return said.length > 0 && said.join(' ') === contentWords(name).join(' ');
}

function contentWords(text: string): string[] {
  const words = split(text.replace(/['’]s\b/g, '')).filter((word) => !smallWords.has(word));
  return [...new Set(words.map(singular))].sort();
}

const smallWords: ReadonlySet<string> = new Set(['a', 'an', 'the', 'this', 'that', 'of', 'is']);
