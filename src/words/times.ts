import { isBooleanName } from './booleans.ts';
import { wordsOf } from './split.ts';
import { isPastTense } from './tenses.ts';

/**
 * What a name denotes a point of time with: `created_at` a date-time, `birth_date` a date; null for all else
 * (`timeout`, `time_zone`, `date_format`, `duration`) and where it isn't certain. What is called a date may well be a
 * date-time.
 */
export function timeOf(name: string | readonly string[]): 'date' | 'date-time' | null {
  const words = wordsOf(name);
  if (isBooleanName(words) || words.some((word) => onCards.has(word))) return null;
  if (whole.has(words.join(' '))) return 'date-time';
  const before = words.at(-2) ?? '';
  const last = words.at(-1) ?? '';
  if (/^time/.test(last) && words.some((word) => vague.has(word))) return null;
  switch (last) {
    case 'at':
      return happens(before) || marks.has(words[0]!) ? 'date-time' : null;
    case 'time':
      return isEventTime(words) ? 'date-time' : null;
    case 'timestamp':
    case 'datetime':
      return 'date-time';
    case 'until':
      return before === 'valid' || isPastTense(before) ? 'date-time' : null;
    case 'on':
      return words.length > 1 && dated.has(before) ? 'date' : null;
    case 'date':
      return words.length > 2 && before === 'to' ? null : 'date';
    case 'birthdate':
    case 'dob':
      return 'date';
    default:
      return leadingDate(words);
  }
}

/** `date_created`, `date_of_birth`, `date_from`, and `timestamp_utc`. */
function leadingDate(words: readonly string[]): 'date' | 'date-time' | null {
  if (words[0] === 'date' && words[1] === 'of' && words.length === 3) return 'date';
  if (words[0] === 'date' && words.length === 2 && happens(words[1]!)) return 'date-time';
  const last = words.at(-1) ?? '';
  if (words.at(-2) === 'date' && afterDate.has(last)) return 'date';
  return words.at(-2) === 'timestamp' && afterTimestamp.has(last) ? 'date-time' : null;
}

/** `update_time` and `last_login_time`. */
function isEventTime(words: readonly string[]): boolean {
  if (words.length > 2 && marks.has(words[0]!)) return true;
  return eventTimes.has(words.at(-2) ?? '') || words.join(' ') === 'date time';
}

function happens(word: string): boolean {
  return (isPastTense(word) && !placed.has(word)) || upcoming.has(word);
}

/** Words behind `date` that say which one it is, rather than what about it. */
const afterDate = set('from to start end begin first last next previous when until');

/** Words behind `timestamp` that say how it is written. */
const afterTimestamp = set('value utc iso epoch unix ms millis seconds');

/** Words with which a date is the month and year on a card. */
const onCards = set('card expiry');

/** Participles before `at` that speak of a place or a value. */
const placed = set('aimed based capped formatted hosted located looked pointed priced rated valued');

/** Words that make of a time a time of day, a length or a setting. */
const vague = set(`
  average avg business closing daily day elapsed estimated execution expected hour hours max maximum mean median min
  minimum opening per preferred processing remaining response run running total track wait weekday working
`);

/** Names that are points of time as a whole. */
const whole: ReadonlySet<string> = new Set([
  'created',
  'expired',
  'expires',
  'first seen',
  'last modified',
  'last seen',
  'last updated',
  'modified',
  'not after',
  'not before',
  'updated',
  'valid from',
  'valid till',
]);

/** First words that make of an occurrence one point of time: `last_failure_at`, `next_run_at`. */
const marks = set('first last latest next previous');

/** Words before `at` that are no participles. */
const upcoming = set(`
  available cancel departs due effective end ends execute expire expires renews resets resumes start starts valid
`);

/** Words before `time` that tell when something happens rather than how long. */
const eventTimes = set(`
  abandoned accepted activation archived arrival canceled cancelled changed closed completed create created creation
  deactivation deadline delete deleted departure due effective end ended event expiration expire expired expires
  finished issued joined modification modified publish published posted received registration rejected renewal
  requested resolved scheduled sent start started submitted update updated
`);

/** Words before `on` and after `date`: what is said of days. */
const dated = set(`
  added approved archived canceled cancelled closed completed created deleted delivered due ended ends expired expires
  issued joined modified paid posted published received registered sent shipped signed started starts submitted
  updated
`);

function set(list: string): ReadonlySet<string> {
  return new Set(list.trim().split(/\s+/));
}
