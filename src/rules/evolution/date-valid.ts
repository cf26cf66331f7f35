import * as graphql from '../../conventions/graphql/deprecations.ts';
import { dateExtensions, deprecations } from '../../conventions/openapi/deprecations.ts';
import { asString, entriesOf, get, itemsOf } from '../../languages/openapi/json.ts';
import type { OpenApi } from '../../languages/openapi/openapi.ts';
import type { Pointer } from '../../languages/openapi/pointer.ts';
import type { At } from '../../languages/openapi/references.ts';
import { parameters, responses } from '../../languages/openapi/select.ts';
import { dayIn, numericDaysIn } from '../../words/deprecations.ts';
import { defineRule } from '../rule.ts';

export default defineRule({
  id: 'evolution/date-valid',
  summary: 'dates of deprecations and in headers are dates, in the format that is prescribed',
  why: `Programs read these dates to warn in time. One that they can't parse, or a Sunday that was a Saturday, is dropped in silence,
and nobody is warned.`,
  sources: [
    'guide S4, Deprecation Strategy',
    'RFC 8594, section 3',
    'RFC 9745, section 2.1',
    'RFC 9110, section 5.6.7',
  ],
  equivalents: ['graphql-eslint:require-deprecation-date'],
  checks: {
    openapi: {
      good: `
openapi: 3.1.0
paths:
  /orders/search:
    get:
      deprecated: true
      x-sunset: 2031-06-30
      responses:
        '200':
          headers:
            Sunset: { schema: { type: string }, example: 'Sat, 01 Jun 2024 00:00:00 GMT' }
            Deprecation: { schema: { type: string }, example: '@1688169599' }
            Retry-After: { schema: { type: integer }, example: 30 }
`,
      bad: `
openapi: 3.1.0
paths:
  /orders/search:
    get:
      deprecated: true
      x-sunset: 2031-06-31
      responses:
        '200':
          headers:
            Sunset: { schema: { type: string, example: 'Sun, 01 Jun 2024 00:00:00 GMT' } }
            Deprecation: { schema: { type: string }, example: Version v1 is deprecated }
            Last-Modified: { schema: { type: string }, example: '2024-06-01T00:00:00Z' }
`,
      *find(api) {
        for (const deprecation of deprecations(api)) {
          for (const { value, at } of dateExtensions(deprecation)) {
            if (isDay(value) || httpDateFault(value) === undefined || !/\d/.test(value)) continue;
            yield { at, message: `\`${value}\` is no date.`, help: 'Write a day of the calendar, as `2031-06-30`.' };
          }
        }
        for (const { name, value, at } of headerExamples(api)) {
          const wrong = faultOf(name, value);
          if (wrong) yield { at, ...wrong };
        }
      },
    },
    graphql: {
      good: `
type Order {
  total: Float @deprecated(reason: "Use \`price\`. Removal on 2031-06-30, see release 2031-13.")
  sum: Float @deprecated(reason: "Use \`price\`.", deletionDate: "30/06/2031")
}
`,
      bad: `
type Order {
  total: Float @deprecated(reason: "Use \`price\`. Removal on 2031-06-31.")
  sum: Float @deprecated(reason: "Use \`price\`.", deletionDate: "soon")
}
`,
      *find(api) {
        for (const { dates, texts } of graphql.deprecations(api)) {
          for (const { value, at } of dates) {
            const [first] = numericDaysIn(value);
            if (first ? first.day !== undefined : dayIn(value) !== undefined) continue;
            yield { at, message: `\`${value}\` is no date.`, help: 'Write a day of the calendar, as `2031-06-30`.' };
          }
          for (const { value, at } of texts) {
            const wrong = numericDaysIn(value).find(({ day }) => day === undefined);
            if (!wrong) continue;
            const help = 'Write a day of the calendar, as `2031-06-30`.';
            yield { at, message: `\`${wrong.text}\` is a day that does not exist.`, help };
          }
        }
      },
    },
  },
});

/** What is wrong with a value of a header that tells a time. */
function faultOf(header: string, value: string): { message: string; help: string } | undefined {
  if (header === 'deprecation') {
    if (/^@-?\d+$/.test(value)) return undefined;
    return {
      message: `\`${value}\` is no value of \`Deprecation\`, which is a time in seconds since 1970.`,
      help: 'Write it as `@1688169599` (RFC 9745).',
    };
  }
  const fault = httpDateFault(value);
  return fault === undefined
    ? undefined
    : { message: `\`${value}\` ${fault}.`, help: 'Write it as `Sat, 01 Jun 2024 00:00:00 GMT`.' };
}

const timed = new Set([
  'sunset',
  'deprecation',
  'last-modified',
  'expires',
  'date',
  'if-modified-since',
  'if-unmodified-since',
]);

interface HeaderExample extends At<string> {
  readonly name: string;
}

/** The examples of headers and header parameters that tell a time. */
function* headerExamples(api: OpenApi): Generator<HeaderExample> {
  const seen = new Set<unknown>();
  const headers = [...responses(api).flatMap((response) => response.headers), ...parameters(api).filter(isHeader)];
  for (const header of headers) {
    const name = header.name.toLowerCase();
    if (!timed.has(name) || seen.has(header.value)) continue;
    seen.add(header.value);
    for (const holder of [header, ...(header.schema && header.schema.value !== header.value ? [header.schema] : [])]) {
      for (const { value, at } of examplesAt(holder)) {
        if (typeof value === 'string') yield { name, value, at };
      }
    }
  }
}

const isHeader = (parameter: { readonly in: string }): boolean => parameter.in === 'header';

function* examplesAt({ value, at }: At): Generator<{ readonly value: unknown; readonly at: Pointer }> {
  yield { value: get(value, 'example'), at: at.child('example') };
  const list = at.child('examples');
  for (const [i, example] of itemsOf(get(value, 'examples')).entries()) yield { value: example, at: list.child(i) };
  for (const [name, example] of entriesOf(get(value, 'examples'))) {
    yield { value: asString(get(example, 'value')), at: list.child(name).child('value') };
  }
}

const days = 'Sun Mon Tue Wed Thu Fri Sat'.split(' ');
const longDays = 'Sunday Monday Tuesday Wednesday Thursday Friday Saturday'.split(' ');
const months = 'Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec'.split(' ');

/** Why a text is no HTTP date (IMF-fixdate of RFC 9110), or undefined. */
function httpDateFault(value: string): string | undefined {
  const parts = /^([A-Z][a-z]{2}), (\d\d) ([A-Z][a-z]{2}) (\d{4}) ([01]\d|2[0-3]):[0-5]\d:(?:[0-5]\d|60) GMT$/.exec(
    value,
  );
  if (!parts) return 'is no HTTP date';
  const [, day, date, month, year] = parts;
  const time = dateOf(Number(year), months.indexOf(month!), Number(date));
  if (!time) return 'is a day that does not exist';
  return days[time.getUTCDay()] === day ? undefined : `was a ${longDays[time.getUTCDay()]}`;
}

/** `2031-06-30`, alone or before a time (RFC 3339). */
function isDay(value: string): boolean {
  const parts = /^(\d{4})-(\d\d)-(\d\d)(?:[Tt ]\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:[Zz]|[+-]\d\d:\d\d)?)?$/.exec(value);
  return parts !== null && dateOf(Number(parts[1]), Number(parts[2]) - 1, Number(parts[3])) !== undefined;
}

/** The day, or undefined where the calendar has no such day. */
function dateOf(year: number, month: number, day: number): Date | undefined {
  const date = new Date(Date.UTC(year, month, day));
  return month >= 0 && date.getUTCMonth() === month && date.getUTCDate() === day ? date : undefined;
}
