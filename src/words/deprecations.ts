/** What people write about something that is to go: until when it is there, why it goes, and what comes instead. */

import { isPlaceholder } from './filler.ts';

/** A day that a text names, as `2024-06-01`, with the text. */
export interface Day {
  readonly text: string;
  readonly day: string;
}

const months = 'jan feb mar apr may jun jul aug sep oct nov dec'.split(' ');
const month = '(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}';
const dayPattern = new RegExp(
  [
    '(?<iso>\\b20\\d\\d-(?:0\\d|1[0-2])-(?:[0-2]\\d|3[01])\\b)',
    `\\b(?<m1>${month})\\.? (?<d1>\\d{1,2})(?:st|nd|rd|th)?,? (?<y1>20\\d\\d)\\b`,
    `\\b(?<d2>\\d{1,2})(?:st|nd|rd|th)? (?:of )?(?<m2>${month})\\.?,? (?<y2>20\\d\\d)\\b`,
    `\\b(?<m3>${month})\\.?,? (?<y3>20\\d\\d)\\b`,
  ].join('|'),
  'i',
);

/** The first day that a text names: ISO 8601, as English writes it, or only a month, which stands for its last day. */
export function dayIn(text: string): Day | undefined {
  const found = dayPattern.exec(text);
  if (!found?.groups) return undefined;
  const { iso, m1, d1, y1, m2, d2, y2, m3, y3 } = found.groups;
  if (iso) return { text: found[0], day: iso };
  const index = months.indexOf((m1 ?? m2 ?? m3 ?? '').slice(0, 3).toLowerCase()) + 1;
  const date = d1 ?? d2 ?? '31';
  return { text: found[0], day: `${y1 ?? y2 ?? y3}-${String(index).padStart(2, '0')}-${date.padStart(2, '0')}` };
}

/** Whether any text names a time by which something is to be gone: a day, a month, a quarter or a year. */
export function namesTime(text: string): boolean {
  return (
    dayIn(text) !== undefined ||
    /\b20\d\d-(?:0\d|1[0-2])\b|\bQ[1-4],? ?(?:of )?20\d\d\b|\b\d{1,2}[./]\d{1,2}[./]20\d\d\b/.test(text)
  );
}

/** Whether a text names the release in which something is to be gone: `will be removed in Saleor 4.0`. */
export function namesRelease(text: string): boolean {
  return /\b(?:remov(?:ed?|al)|dropped|deleted|discontinued)\b[^.\n]{0,40}(?:\bv\d+|\d\.\d)/i.test(text);
}

/** Words with which a text says what happens on the day that follows. */
const ending =
  /\b(?:sunset|remov(?:ed?|al)|retired?|shut ?down|turned off|switched off|discontinued|end of life|eol|stop(?:s|ped)? working|no longer (?:be )?(?:available|supported|work))\b[^.\n]{0,60}/gi;

/** The day on which a text says that something is to be gone. */
export function endIn(text: string): Day | undefined {
  for (const [stretch] of text.matchAll(ending)) {
    const day = /\bsince\b/i.test(stretch) ? undefined : dayIn(stretch);
    if (day) return day;
  }
  return undefined;
}

/** Words that speak of a replacement, or say that nothing comes after. Each stretch is bounded. */
const explains = new RegExp(
  [
    '\\binstead\\b',
    '\\brepla(?:ce[ds]?|cement|cing)\\b',
    '\\bsupersed',
    '\\bin favou?r of\\b',
    '\\bmigrat',
    '\\bswitch(?:ing)? to\\b',
    '\\bmov(?:ed|ing) to\\b',
    '\\brenamed\\b',
    '\\bpreferred\\b|\\bprefer\\b',
    '\\bplease (?:use|see|refer)\\b',
    '\\buse (?:the )?(?:new\\b|[`"\'*[])',
    '\\buse \\S{1,60} or \\S',
    '\\balternative',
    '\\bno (?:longer|replacement|effect)\\b|\\bnot used\\b|\\bunused\\b|\\bignored\\b|\\balways\\b|\\bhas no effect\\b',
    '\\bremov(?:ed|al)\\b|\\bretired?\\b|\\bsunset\\b|\\bclosing down\\b|\\bdiscontinued\\b|\\blegacy\\b',
    '\\bdeprecated\\b[^.]{0,200}\\b(?:use|see|refer|because|since|due|as)\\b',
    '\\bdeprecated\\b[^\\n]{0,80}[.:;,–—-] *(?:use|see)\\b',
  ].join('|'),
  'i',
);

/** Whether a text says what to use instead, that nothing comes instead, or why something goes. */
export function saysWhatNow(text: string): boolean {
  return explains.test(text);
}

/** Whether a text is blank, a placeholder, or tells only that something is deprecated, as the default reason of GraphQL does. */
export function saysNothingOfDeprecation(text: string): boolean {
  const words = text.toLowerCase().match(/[a-z0-9]+/g) ?? [];
  return words.every((word) => sayingNothing.has(word)) || isPlaceholder(text);
}

const sayingNothing: ReadonlySet<string> = new Set(
  `deprecated deprecation obsolete outdated this the a an is are was has been now it field fields argument value type enum message
method operation query mutation and no longer supported do not don t dont use any more anymore old please avoid using will be soon
going to yes true`.split(/\s+/),
);

/** Words in front of the name of a replacement. */
const named =
  /\b(?:use|replaced (?:by|with)|in favou?r of|superseded by|renamed to|moved to|switch to|migrate to)\s+(?:the\s+|new\s+|our\s+)*`((?:(?:GET|PUT|POST|DELETE|PATCH|HEAD)\s+)?[^`\s]{2,150})`/gi;

/** The names that a text gives in backticks for what to use instead. */
export function replacementsIn(text: string): string[] {
  return [...text.matchAll(named)].map((match) => match[1]!);
}

/** What looks like a day written in numbers, and the day that it means; undefined where the calendar has no such day. */
export interface NumericDay {
  readonly text: string;
  readonly day: string | undefined;
}

/** The days that a text writes in numbers: `2031-06-30`, `30/06/2031`, `30.6.2031`. Where day and month could be either, the later day. */
export function numericDaysIn(text: string): NumericDay[] {
  return [...text.matchAll(numeric)].map(([found, year, month, date, first, second, last]) => ({
    text: found,
    day: year
      ? calendarDay(year, month!, date!)
      : later(calendarDay(last!, first!, second!), calendarDay(last!, second!, first!)),
  }));
}

const numeric =
  /\b([12]\d{3})-(\d\d)-(\d\d)(?!\d|-\d)|(?<![\d./-])(\d{1,2})[./](\d{1,2})[./]([12]\d{3})(?![\d/]|\.\d)/g;

function later(one: string | undefined, other: string | undefined): string | undefined {
  return one === undefined || (other !== undefined && other > one) ? other : one;
}

function calendarDay(year: string, month: string, day: string): string | undefined {
  const time = new Date(Date.UTC(Number(year), Number(month) - 1, Number(day)));
  const exists = time.getUTCMonth() === Number(month) - 1 && time.getUTCDate() === Number(day);
  return exists ? time.toISOString().slice(0, 10) : undefined;
}
