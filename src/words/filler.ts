import { isIdName } from './ids.ts';
import { forLetters } from './letters.ts';
import { singular } from './plurals.ts';
import { split } from './split.ts';

/** Whether a text stands where a description will be written one day: `TODO`, `TBD`, `string`, `Lorem ipsum dolor …`. */
export function isPlaceholder(text: string): boolean {
  if (text.length > longestPlaceholder) return /^lorem ipsum\b/i.test(text) || isNoteToOneself(text);
  const bare = text.toLowerCase().replace(betweenWordsFor(text), ' ').trim();
  return bare === '' || bare.startsWith('lorem ipsum') || placeholders.has(bare) || isNoteToOneself(text);
}

const betweenWordsFor = forLetters(({ letter, digit }, flags) => new RegExp(`[^${letter}${digit}/]+`, `g${flags}`));

const longestPlaceholder = 45;

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

/** `TODO: …`, in capitals. `TODO lists` are a thing that APIs offer. */
function isNoteToOneself(text: string): boolean {
  return /TODO|FIXME|TBD|XXX/.test(text) && note.test(text);
}

const note =
  /^(?:TODO|FIXME|TBD|XXX)(?:\s*[-:(–—.]|\s+(?:add|write|describe|document|explain|fill|fix|update|check|define)\b|\s*$)|\b(?:TODO|FIXME)\s*[:(]/;

/**
 * Whether a text is the name over again, apart from an article and the form of the words: `The order's state.` for `order_state`.
 * A text that puts the words in another order (`The state of the order`) has read the name for the reader.
 */
export function saysOnly(text: string, name: string): boolean {
  if (text.length > 1.5 * name.length + 8) return false;
  const bare = text.replace(/^\s*(?:an?|the)\s/i, '');
  // Words in all their forms begin with the same letter, and most texts with another.
  if (firstLetter(bare) !== firstLetter(name)) return false;
  const said = split(bare.replace(/['’]s\b/g, ''));
  const named = split(name);
  return (
    said.length > 0 && said.length === named.length && said.every((word, i) => singular(word) === singular(named[i]!))
  );
}

function firstLetter(text: string): string | undefined {
  return /[^\W_]/.exec(text)?.[0].toLowerCase();
}

/** Whether a name says all there is to say, as `first_name`, `postalCode` and `car_ids` do, so that a description can only repeat it. */
export function isSelfExplanatory(name: string): boolean {
  const words = split(name);
  return (
    everyday.has(words.join(' ')) || (words.length > 1 && isIdName([...words.slice(0, -1), singular(words.at(-1)!)]))
  );
}

const everyday: ReadonlySet<string> = new Set(
  `first name|last name|middle name|full name|given name|family name|surname|nickname|gender|date of birth|birth date
birthday|birthdate|email|email address|phone|phone number|telephone number|mobile number|fax number|street|street name
house number|house number or name|postal code|postcode|zip code|zip|city|state or province|country|username|user name
password|website|company name|bank name|latitude|longitude
page token|next page token`
    .split(/[|\n]/)
    .map((entry) => entry.trim()),
);

/** Whether a name is that of its type, or the end of it: `status` of `OrderStatus`, `line_items` of `LineItem`. */
export function isCalledLike(name: string, type: string): boolean {
  const said = split(name).map(singular).join(' ');
  return said !== '' && ` ${split(type).map(singular).join(' ')}`.endsWith(` ${said}`);
}
