import { isCopied } from '../../conventions/protobuf/packages.ts';
import { type Field, fields } from '../../languages/protobuf/select.ts';
import { canBeVerb } from '../../words/verbs.ts';
import { defineRule } from '../rule.ts';

export default defineRule({
  id: 'naming/field-words-plain',
  summary: 'the words of a field are no keywords, prepositions or numbers',
  why: `A field that is called like a keyword gets another name in that language. A preposition is a sign of a sentence in a name
(\`books_in_library\`), where a message or an adjective says it better, and words that begin with a digit are split differently by each
generator.`,
  sources: ['AIP-140'],
  equivalents: [
    'aip:0140::numbers',
    'aip:0140::prepositions',
    'aip:0140::reserved-words',
    'protolint:FIELD_NAMES_EXCLUDE_PREPOSITIONS',
  ],
  checks: {
    protobuf: {
      good: `
syntax = "proto3";

message Book {
  bool is_public = 1;
  string order_by = 2;
  bool opt_in = 3;
  int32 line1_length = 4;
  int64 start_to_close_timeout = 5;
  string name = 6;
  double stars_per_review = 7;
}
`,
      bad: `
syntax = "proto3";

message Book {
  bool public = 1;
  string written_by_and_for = 2;
  double review_90th_percentile = 3;
}
`,
      *find(api) {
        for (const field of fields(api)) {
          const fault = isCopied(field.file) ? null : faultOf(field.name);
          if (fault) yield { at: field.at, ...fault };
        }
      },
    },
  },
});

function faultOf(name: Field['name']): { message: string; help: string } | null {
  if (keywords.has(name)) {
    return {
      message: `\`${name}\` is a keyword in Java, JavaScript or Python.`,
      help: 'Say more, as `is_public` for `public`.',
    };
  }
  const words = name.toLowerCase().split('_');
  const number = words.find((word) => /^\d/.test(word));
  if (number !== undefined) {
    return {
      message: `The word \`${number}\` of \`${name}\` begins with a digit.`,
      help: 'Begin each word with a letter.',
    };
  }
  const preposition = prepositionIn(words);
  if (preposition === undefined) return null;
  return {
    message: `\`${name}\` has the preposition \`${preposition}\`.`,
    help: 'Say it with an adjective or a noun in front, or group the fields in a message.',
  };
}

function prepositionIn(words: readonly string[]): string | undefined {
  if (isInterval(words) || idioms.some((idiom) => `_${words.join('_')}_`.includes(`_${idiom}_`))) return undefined;
  const last = words.length - 1;
  return words.find(
    (word, index) =>
      words.length > 1 && prepositions.has(word) && !(index > 0 && index === last && canBeVerb(words[index - 1]!)),
  );
}

/** Whether a name says how long it takes from one thing to another: `start_to_close_timeout`. */
function isInterval(words: readonly string[]): boolean {
  const last = words.at(-1)!;
  return words.indexOf('to') > 0 && /^(?:timeout|time|duration|delay|latency|interval|ratio)$/.test(last);
}

/** Set phrases, and `number_of_…`, which has a word of its own (`naming/standard-terms-used`). */
const idioms = `
  add_on at_rest built_in day_of_month day_of_week day_of_year end_to_end in_flight in_progress in_transit in_use log_in
  not_after not_before number_of opt_in plug_in point_in_time sign_in time_of_day time_to_live
`
  .trim()
  .split(/\s+/);

const prepositions = words(`
  after at before between for from in into of on onto over since to toward under upon with within without
`);

/** The keywords of Java, JavaScript and Python. */
const keywords = words(`
  abstract and as assert async await boolean break byte case catch char class const continue debugger def default del
  delete do double elif else enum except export extends final finally float for from function global goto if implements
  import in instanceof int interface is lambda long native new nonlocal not or package pass private protected public
  raise return short static strictfp super switch synchronized this throw throws transient try typeof var void volatile
  while with yield
`);

function words(list: string): ReadonlySet<string> {
  return new Set(list.trim().split(/\s+/));
}
