import type { Random } from '../random.ts';
import { currencies, firstNames, languages, locales, mediaTypes, places, words } from './lexicon.ts';

/**
 * The moment that made-up dates are drawn around, in milliseconds since 1970: the clock would make the same seed give
 * other data tomorrow.
 */
export const baseTime = Date.UTC(2026, 0, 15, 9, 30);

/** Whether made-up moments lie before the base, as what has happened, or after it, as what is due. */
export type Tense = 'past' | 'future';

/** A moment in whole seconds, in milliseconds since 1970. */
export function momentOf(tense: Tense, random: Random): number {
  const distance = random.integer(1, 300 * 86_400) * 1000;
  return tense === 'past' ? baseTime - distance : baseTime + distance;
}

/** A text in one of the formats of OpenAPI's registry, of JSON Schema, or in common use; undefined for unknown ones. */
export function textInFormat(format: string, tense: Tense, random: Random): string | undefined {
  const make = Object.hasOwn(makers, format) ? makers[format] : undefined;
  return make?.(random, tense);
}

/** The shortest text of a format that comes to mind, for schemas that allow few characters. */
export function shortInFormat(format: string): string | undefined {
  return Object.hasOwn(shortest, format) ? shortest[format] : undefined;
}

const shortest: Readonly<Record<string, string>> = {
  email: 'a@b.co',
  'idn-email': 'a@b.co',
  hostname: 'a',
  'idn-hostname': 'a',
  ipv4: '8.8.8.8',
  ipv6: '::1',
  uri: 'a:b',
  url: 'http://a.co',
  iri: 'a:b',
  'uri-reference': '/',
  'iri-reference': '/',
  'uri-template': '/',
  'json-pointer': '',
  'relative-json-pointer': '0',
  regex: 'a',
  duration: 'P1D',
  'date-time': '2026-01-15T09:30:00Z',
  time: '09:30:00Z',
  byte: 'YQ==',
  binary: 'a',
  password: 'a',
};

type Maker = (random: Random, tense: Tense) => string;

const iso = (moment: number): string => `${new Date(moment).toISOString().slice(0, 19)}Z`;
const word = (random: Random): string => random.pick(words)!;
const domain = (random: Random): string => `${word(random)}.example.${random.pick(['com', 'org', 'net'])}`;
const uri: Maker = (random) => `https://${domain(random)}/${word(random)}/${word(random)}`;
const path: Maker = (random) => `/${word(random)}/${word(random)}`;
const email: Maker = (random) =>
  `${random.pick(firstNames)!.toLowerCase()}.${word(random)}@example.${random.pick(['com', 'org', 'net'])}`;
const digits = (count: number, random: Random): string =>
  Array.from({ length: count }, () => random.integer(0, 9)).join('');
const base64 = (random: Random, encoding: 'base64' | 'base64url'): string =>
  Buffer.from(`${word(random)} ${word(random)} ${word(random)}`).toString(encoding);

const makers: Readonly<Record<string, Maker>> = {
  'date-time': (random, tense) => iso(momentOf(tense, random)),
  'iso-date-time': (random, tense) => iso(momentOf(tense, random)),
  datetime: (random, tense) => iso(momentOf(tense, random)),
  'date-time-local': (random, tense) => iso(momentOf(tense, random)).slice(0, 19),
  date: (random, tense) => iso(momentOf(tense, random)).slice(0, 10),
  'full-date': (random, tense) => iso(momentOf(tense, random)).slice(0, 10),
  time: (random) => iso(momentOf('past', random)).slice(11),
  'iso-time': (random) => iso(momentOf('past', random)).slice(11),
  'time-local': (random) => iso(momentOf('past', random)).slice(11, 19),
  'partial-time': (random) => iso(momentOf('past', random)).slice(11, 19),
  'http-date': (random, tense) => new Date(momentOf(tense, random)).toUTCString(),
  'unix-time': (random, tense) => String(momentOf(tense, random) / 1000),
  duration: (random) => random.pick(['P1D', 'P2W', 'P3M', 'P1Y', 'PT30M', 'PT1H', 'P1DT12H', 'PT45S'])!,
  email,
  'idn-email': email,
  hostname: domain,
  'idn-hostname': domain,
  domain,
  ipv4: (random) => `192.0.2.${random.integer(1, 254)}`,
  ip: (random) => `192.0.2.${random.integer(1, 254)}`,
  ipv6: (random) => `2001:db8::${random.integer(1, 0xffff).toString(16)}:${random.integer(1, 0xffff).toString(16)}`,
  cidr: (random) => `10.${random.integer(0, 255)}.0.0/16`,
  mac: (random) => `02:${Array.from({ length: 5 }, () => hex(2, random)).join(':')}`,
  uri,
  url: uri,
  iri: uri,
  'uri-reference': path,
  'iri-reference': path,
  'uri-template': (random) => `/${word(random)}/{id}`,
  uuid: uuidOf,
  guid: uuidOf,
  'json-pointer': path,
  'json-pointer-uri-fragment': (random) => `#${path(random, 'past')}`,
  'relative-json-pointer': (random) => `${random.integer(0, 3)}/${word(random)}`,
  regex: (random) => `^${word(random)}-[0-9]+$`,
  byte: (random) => base64(random, 'base64'),
  base64: (random) => base64(random, 'base64'),
  base64url: (random) => base64(random, 'base64url'),
  binary: (random) => `${word(random)} ${word(random)}`,
  password: (random) => `${word(random)}-${word(random)}-${random.integer(10, 99)}`,
  char: (random) => random.pick([...'abcdefghijklmnopqrstuvwxyz'])!,
  int32: (random) => String(random.integer(1, 10_000)),
  int64: (random) => String(random.integer(1, 10_000_000)),
  uint64: (random) => String(random.integer(1, 10_000_000)),
  decimal: (random) => (random.integer(100, 99_999) / 100).toFixed(2),
  currency: (random) => random.pick(currencies)!,
  'country-code': (random) => random.pick(places)![2],
  language: (random) => random.pick(languages)!,
  locale: (random) => random.pick(locales)!,
  phone: (random) => `+1555${digits(7, random)}`,
  'phone-number': (random) => `+1555${digits(7, random)}`,
  e164: (random) => `+1555${digits(7, random)}`,
  slug: (random) => `${word(random)}-${word(random)}`,
  color: (random) => `#${hex(6, random)}`,
  'media-range': (random) => random.pick(mediaTypes)!,
  html: (random) => `<p>${word(random)}</p>`,
  ulid: (random) =>
    Array.from({ length: 26 }, (_, i) => (i ? random.pick([...'0123456789ABCDEFGHJKMNPQRSTVWXYZ']) : '0')).join(''),
};

/** Digits of the base 16, in lower case. */
export function hex(count: number, random: Random): string {
  return Array.from({ length: count }, () => random.integer(0, 15).toString(16)).join('');
}

/** RFC 9562, version 4. */
export function uuidOf(random: Random): string {
  return `${hex(8, random)}-${hex(4, random)}-4${hex(3, random)}-${random.pick(['8', '9', 'a', 'b'])}${hex(3, random)}-${hex(12, random)}`;
}
