interface Format {
  /** What a value must be, with its article. */
  readonly words: string;
  readonly accepts: (value: never) => boolean;
  readonly of: 'string' | 'number';
  /** Whether the test is the specification's own; otherwise it lets some through that are none. */
  readonly exact: boolean;
  /** Whether only JSON Schema defines it: before OpenAPI 3.1 the same name was free for any meaning. */
  readonly modern?: true;
}

/**
 * Whether a value meets a format: no ("false"), yes ("true"), or not known, because the format is not, or because it
 * is tested by halves.
 * @param isModern whether schemas are JSON Schema 2020-12
 */
export function meetsFormat(name: string, value: string | number, isModern: boolean): boolean | 'unknown' {
  if (unbounded.has(name)) return true;
  const format = formats.get(name);
  if (!format || (format.modern && !isModern)) return 'unknown';
  if (format.of !== typeof value) return true;
  if (!format.accepts(value as never)) return false;
  return format.exact || 'unknown';
}

/** What a value of a known format is: "an email address". */
export function formatWords(name: string): string {
  return formats.get(name)?.words ?? `in the format \`${name}\``;
}

/** Formats that tell how a value is meant and exclude none. */
const unbounded = new Set(['float', 'double', 'password', 'binary']);

const formats = new Map<string, Format>([
  ['date', { words: 'a date such as 2024-12-31', accepts: isDate, of: 'string', exact: true }],
  [
    'date-time',
    { words: 'a date and time such as 2024-12-31T23:59:59Z', accepts: isDateTime, of: 'string', exact: false },
  ],
  ['time', { words: 'a time such as 23:59:59Z', accepts: isTime, of: 'string', exact: false, modern: true }],
  ['duration', { words: 'a duration such as P1DT12H', accepts: isDuration, of: 'string', exact: true, modern: true }],
  ['email', { words: 'an email address', accepts: isEmail, of: 'string', exact: false }],
  ['uuid', { words: 'a UUID', accepts: isUuid, of: 'string', exact: true }],
  ['uri', { words: 'a URI with its scheme', accepts: isUri, of: 'string', exact: false }],
  ['uri-reference', { words: 'a URI or a relative reference', accepts: isUriReference, of: 'string', exact: false }],
  ['ipv4', { words: 'an IPv4 address', accepts: isIpv4, of: 'string', exact: true }],
  ['ipv6', { words: 'an IPv6 address', accepts: isIpv6, of: 'string', exact: false }],
  ['hostname', { words: 'a host name', accepts: isHostname, of: 'string', exact: false }],
  ['byte', { words: 'Base64', accepts: isBase64, of: 'string', exact: false }],
  ['regex', { words: 'a regular expression', accepts: isRegex, of: 'string', exact: false, modern: true }],
  ['json-pointer', { words: 'a JSON pointer', accepts: isJsonPointer, of: 'string', exact: true, modern: true }],
  ['int32', { words: 'a 32-bit integer', accepts: isInt32, of: 'number', exact: true }],
  ['int64', { words: 'a 64-bit integer', accepts: isInt64, of: 'number', exact: true }],
]);

/** RFC 3339, `full-date`. */
function isDate(text: string): boolean {
  const [, year, month, day] = /^(\d{4})-(\d\d)-(\d\d)$/.exec(text) ?? [];
  if (!year) return false;
  const months = [31, isLeap(Number(year)) ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
  return Number(day) >= 1 && Number(day) <= (months[Number(month) - 1] ?? 0);
}

function isLeap(year: number): boolean {
  return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
}

/** RFC 3339, `date-time`; a space for the T is what its section 5.6 allows. */
function isDateTime(text: string): boolean {
  const separator = /[Tt ]/.exec(text.charAt(10));
  return separator !== null && isDate(text.slice(0, 10)) && isClock(text.slice(11), true);
}

/** RFC 3339, `full-time`; the offset may be missing, since many APIs name a time of the day so. */
function isTime(text: string): boolean {
  return isClock(text, false);
}

/** A time with seconds. Offsets may lack their colon or minutes, as in ISO 8601. */
function isClock(text: string, needsOffset: boolean): boolean {
  const match = /^(\d\d):(\d\d):(\d\d)(?:\.\d+)?(z|([+-])(\d\d)(?::?(\d\d))?)?$/i.exec(text);
  if (!match) return false;
  const [hour, minute, second] = [Number(match[1]), Number(match[2]), Number(match[3])];
  const [offsetHour, offsetMinute] = [Number(match[6] ?? 0), Number(match[7] ?? 0)];
  if (hour > 23 || minute > 59 || offsetHour > 23 || offsetMinute > 59) return false;
  if (needsOffset && !match[4]) return false;
  if (second < 60) return true;
  const offset = (match[5] === '-' ? -1 : 1) * (offsetHour * 60 + offsetMinute);
  // Leap seconds come at the end of the day in UTC.
  return second === 60 && (hour * 60 + minute - offset + 2 * 1440) % 1440 === 1439;
}

/** RFC 3339, appendix A; fractions as in ISO 8601. */
function isDuration(text: string): boolean {
  return /^P(?!$)(?:\d+W|(?:\d+Y)?(?:\d+M)?(?:\d+D)?(?:T(?=\d)(?:\d+H)?(?:\d+M)?(?:\d+(?:[.,]\d+)?S)?)?)$/.test(text);
}

/** Something before and after an @, without spaces outside of quotes. */
function isEmail(text: string): boolean {
  return /^(?:"[^"]+"|[^\s@]+)@[^\s@]+$/.test(text);
}

/** RFC 9562, any version and variant. */
function isUuid(text: string): boolean {
  return /^(?:urn:uuid:)?[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/i.test(text);
}

/** A scheme and no spaces: what else RFC 3986 forbids is common in templates and international addresses. */
function isUri(text: string): boolean {
  return /^[a-z][a-z\d+.-]*:\S+$/i.test(text);
}

function isUriReference(text: string): boolean {
  return /^\S*$/.test(text);
}

/** RFC 2673, section 3.2, without leading zeros. */
function isIpv4(text: string): boolean {
  return /^(?:(?:25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)(?:\.(?!$)|$)){4}$/.test(text);
}

/** RFC 4291, section 2.2; a zone (RFC 4007) may follow. */
function isIpv6(text: string): boolean {
  const halves = text.replace(/%[\w.~-]+$/, '').split('::');
  if (halves.length > 2) return false;
  const groups = halves.map((half) => (half === '' ? [] : half.split(':')));
  const size = groups.flat().reduce((sum, group, index, all) => sum + groupSize(group, index === all.length - 1), 0);
  return halves.length === 2 ? size <= 7 : size === 8;
}

/** How many of the eight groups a part stands for; more than there are for what is none. */
function groupSize(group: string, isLast: boolean): number {
  if (/^[\da-f]{1,4}$/i.test(group)) return 1;
  return isLast && isIpv4(group) ? 2 : 9;
}

/** RFC 1123, with underscores and international letters. */
function isHostname(text: string): boolean {
  if (text.length > 254) return false;
  return text.replace(/\.$/, '').split('.').every(isLabel);
}

function isLabel(text: string): boolean {
  return text.length <= 63 && /^[\p{L}\p{N}_](?:[\p{L}\p{M}\p{N}_-]*[\p{L}\p{M}\p{N}_])?$/u.test(text);
}

/** RFC 4648, either alphabet, with or without padding and line breaks. */
function isBase64(text: string): boolean {
  const [, digits] = /^([\w+/-]*)={0,2}$/.exec(text.replace(/\s/g, '')) ?? [];
  return digits !== undefined && digits.length % 4 !== 1;
}

function isRegex(text: string): boolean {
  return ['u', ''].some((flags) => compiles(text, flags));
}

function compiles(text: string, flags: string): boolean {
  try {
    new RegExp(text, flags);
    return true;
  } catch {
    return false;
  }
}

/** RFC 6901, section 3. */
function isJsonPointer(text: string): boolean {
  return /^(?:\/(?:[^~/]|~[01])*)*$/.test(text);
}

function isInt32(value: number): boolean {
  return Number.isInteger(value) && value >= -(2 ** 31) && value < 2 ** 31;
}

/** The largest one is read as 2 ^ 63, the nearest number that there is. */
function isInt64(value: number): boolean {
  return Number.isInteger(value) && Math.abs(value) <= 2 ** 63;
}
