import { isIdName } from '../../words/ids.ts';
import { isMoneyName } from '../../words/money.ts';
import { wordsOf } from '../../words/split.ts';
import { timeOf } from '../../words/times.ts';
import type { Random } from '../random.ts';
import { hex, momentOf, type Tense, textInFormat, uuidOf } from './formats.ts';
import * as lexicon from './lexicon.ts';

/** What is known of a value besides its name. */
export interface Hint {
  readonly kind: 'string' | 'integer' | 'number';
  /** In the words of OpenAPI's registry. */
  readonly format?: string;
  readonly minimum?: number;
  readonly maximum?: number;
  /** In characters. */
  readonly maxLength?: number;
}

/**
 * A value as its name leads one to expect: an address for `email`, cents for `total_cents`. Bounds are heeded where that is
 * easy; whoever needs them kept checks.
 * @param called the resource, then the names of properties on the way: `['order', 'customer', 'email']`
 * @returns undefined where neither name nor format says anything
 */
export function plausible(called: readonly string[], hint: Hint, random: Random): string | number | undefined {
  const words = wordsOf(called.at(-1) ?? '');
  if (hint.kind !== 'string') return numberCalled(words, hint, random);
  if (hint.format !== undefined) {
    const made = textInFormat(hint.format, tenseOf(words), random);
    if (made !== undefined) return made;
  }
  return textCalled(words, called, random);
}

/** Some words that say nothing in particular. */
export function plainText(called: readonly string[], random: Random): string {
  const count = called.length > 0 ? 2 : 1;
  return Array.from({ length: count }, () => random.pick(lexicon.words)).join(' ');
}

/** Whether something named so is usually true; null where names don't tell. */
export function usuallyTrue(name: string): boolean | null {
  const words = wordsOf(name);
  if (words.some((word) => off.has(word))) return false;
  return words.some((word) => on.has(word)) ? true : null;
}

const off = new Set(
  'deleted archived blocked disabled suspended deprecated hidden locked banned error failed expired'.split(' '),
);
const on = new Set('active enabled verified available valid visible published ok success'.split(' '));

/** Whether something named so has yet to come. */
export function tenseOf(words: readonly string[]): Tense {
  return words.some((word) => future.has(word)) ? 'future' : 'past';
}

const future = new Set(
  'expires expiry expiration expire due deadline until end ends next renewal renews sunset scheduled'.split(' '),
);

// Texts.

function textCalled(words: readonly string[], called: readonly string[], random: Random): string | undefined {
  const last = words.at(-1) ?? '';
  const phrase = words.join(' ');
  if (isIdName(words)) return idOf(words, called, random);
  const time = timeOf(words);
  if (time) return textInFormat(time, tenseOf(words), random);
  for (const key of [phrase, words.slice(-2).join(' '), last]) {
    const make = texts.get(key);
    if (make) return make(random, called);
  }
  return isMoneyName(words) ? (random.integer(100, 50_000) / 100).toFixed(2) : undefined;
}

/** `ord_8f14e45fceea` for the `id` of an order, and for an `order_id` elsewhere. */
function idOf(words: readonly string[], called: readonly string[], random: Random): string {
  const last = words.at(-1)!;
  if (last === 'uuid' || last === 'guid') return uuidOf(random);
  if (last === 'ulid') return textInFormat('ulid', 'past', random)!;
  const owner = words.length > 1 ? words.slice(0, -1) : ownerOf(called);
  const prefix = (owner.at(-1) ?? '').replace(/[^a-z]/g, '').slice(0, 3);
  return prefix === '' ? hex(12, random) : `${prefix}_${hex(12, random)}`;
}

/** The words of what a property belongs to: the nearest name above that is no list. */
function ownerOf(called: readonly string[]): readonly string[] {
  const above = wordsOf(called.at(-2) ?? '');
  const last = above.at(-1) ?? '';
  return last.endsWith('s') && last.length > 3 && !last.endsWith('ss')
    ? [...above.slice(0, -1), last.slice(0, -1)]
    : above;
}

type TextMaker = (random: Random, called: readonly string[]) => string;

const name: TextMaker = (random) => `${random.pick(lexicon.firstNames)} ${random.pick(lexicon.lastNames)}`;
const word: TextMaker = (random) => random.pick(lexicon.words)!;
const two: TextMaker = (random) => `${random.pick(lexicon.words)}-${random.pick(lexicon.words)}`;
const sentence: TextMaker = (random) => random.pick(lexicon.sentences)!;
const paragraph: TextMaker = (random) => `${random.pick(lexicon.sentences)} ${random.pick(lexicon.sentences)}`;
const place =
  (column: 0 | 1 | 2 | 3 | 4 | 5): TextMaker =>
  (random) =>
    random.pick(lexicon.places)![column];
const oneOf =
  (list: readonly string[]): TextMaker =>
  (random) =>
    random.pick(list)!;
const format =
  (wanted: string): TextMaker =>
  (random) =>
    textInFormat(wanted, 'past', random)!;
const file =
  (extension: string): TextMaker =>
  (random) =>
    `${random.pick(lexicon.words)}.${extension}`;
const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

/** What belongs to people, and to what is made and sold, has names of their kind. */
const named: TextMaker = (random, called) => {
  const owner = ownerOf(called).at(-1) ?? '';
  if (people.has(owner)) return name(random, called);
  if (goods.has(owner)) return random.pick(lexicon.products)!;
  if (firms.has(owner)) return random.pick(lexicon.companies)!;
  const made = texts.get(owner);
  return (
    (made === named ? undefined : made?.(random, called)) ??
    `${capital(random.pick(lexicon.words)!)} ${capital(random.pick(lexicon.words)!)}`
  );
};

const set = (text: string): ReadonlySet<string> => new Set(text.split(' '));
const people = set(
  'user customer person author member contact employee owner client guest patient student teacher driver assignee reviewer sender recipient traveler passenger cardholder admin artist friend creator visitor buyer seller',
);
const goods = set('product item line article sku variant good accessory');
const firms = set(
  'company organization organisation business vendor supplier merchant shop store brand employer manufacturer tenant account',
);

const texts: ReadonlyMap<string, TextMaker> = new Map<string, TextMaker>(
  Object.entries({
    name: named,
    'full name': name,
    'display name': named,
    'first name': oneOf(lexicon.firstNames),
    'given name': oneOf(lexicon.firstNames),
    forename: oneOf(lexicon.firstNames),
    'middle name': oneOf(lexicon.firstNames),
    'last name': oneOf(lexicon.lastNames),
    'family name': oneOf(lexicon.lastNames),
    surname: oneOf(lexicon.lastNames),
    author: name,
    owner: name,
    recipient: name,
    username: (random: Random) => `${random.pick(lexicon.firstNames)!.toLowerCase()}${random.integer(1, 99)}`,
    'user name': (random: Random) => `${random.pick(lexicon.firstNames)!.toLowerCase()}${random.integer(1, 99)}`,
    login: (random: Random) => `${random.pick(lexicon.firstNames)!.toLowerCase()}${random.integer(1, 99)}`,
    nickname: (random: Random) => random.pick(lexicon.words)!,
    handle: (random: Random) => `${random.pick(lexicon.words)}${random.integer(1, 99)}`,
    email: format('email'),
    'email address': format('email'),
    phone: format('phone'),
    'phone number': format('phone'),
    telephone: format('phone'),
    mobile: format('phone'),
    fax: format('phone'),
    company: oneOf(lexicon.companies),
    'company name': oneOf(lexicon.companies),
    organization: oneOf(lexicon.companies),
    brand: oneOf(lexicon.companies),
    vendor: oneOf(lexicon.companies),
    manufacturer: oneOf(lexicon.companies),
    product: oneOf(lexicon.products),
    'product name': oneOf(lexicon.products),
    'item name': oneOf(lexicon.products),
    'job title': oneOf(lexicon.jobTitles),
    occupation: oneOf(lexicon.jobTitles),
    profession: oneOf(lexicon.jobTitles),
    department: oneOf(lexicon.departments),
    street: (random: Random) => `${random.integer(1, 180)} ${random.pick(lexicon.streets)}`,
    'street address': (random: Random) => `${random.integer(1, 180)} ${random.pick(lexicon.streets)}`,
    address: (random: Random) => `${random.integer(1, 180)} ${random.pick(lexicon.streets)}`,
    line1: (random: Random) => `${random.integer(1, 180)} ${random.pick(lexicon.streets)}`,
    line2: (random: Random) => `Apt ${random.integer(1, 40)}`,
    city: place(0),
    town: place(0),
    location: place(0),
    country: place(1),
    'country name': place(1),
    'country code': place(2),
    region: place(3),
    province: place(3),
    county: place(3),
    zip: place(4),
    'zip code': place(4),
    postcode: place(4),
    'postal code': place(4),
    timezone: place(5),
    'time zone': place(5),
    tz: place(5),
    currency: oneOf(lexicon.currencies),
    'currency code': oneOf(lexicon.currencies),
    language: oneOf(lexicon.languages),
    'language code': oneOf(lexicon.languages),
    lang: oneOf(lexicon.languages),
    locale: oneOf(lexicon.locales),
    color: oneOf(lexicon.colors),
    colour: oneOf(lexicon.colors),
    url: format('uri'),
    uri: format('uri'),
    link: format('uri'),
    href: format('uri'),
    website: format('uri'),
    homepage: format('uri'),
    avatar: (random: Random) => `https://images.example.com/${random.pick(lexicon.words)}.png`,
    image: (random: Random) => `https://images.example.com/${random.pick(lexicon.words)}.png`,
    photo: (random: Random) => `https://images.example.com/${random.pick(lexicon.words)}.png`,
    icon: (random: Random) => `https://images.example.com/${random.pick(lexicon.words)}.png`,
    'image url': (random: Random) => `https://images.example.com/${random.pick(lexicon.words)}.png`,
    'avatar url': (random: Random) => `https://images.example.com/${random.pick(lexicon.words)}.png`,
    domain: format('hostname'),
    hostname: format('hostname'),
    host: format('hostname'),
    ip: format('ipv4'),
    'ip address': format('ipv4'),
    ipv4: format('ipv4'),
    ipv6: format('ipv6'),
    'mac address': format('mac'),
    cidr: format('cidr'),
    'user agent': oneOf(lexicon.userAgents),
    slug: two,
    key: two,
    tag: word,
    tags: word,
    label: word,
    labels: word,
    category: word,
    keyword: word,
    group: word,
    path: (random: Random) => `/${random.pick(lexicon.words)}/${random.pick(lexicon.words)}`,
    filename: file('pdf'),
    'file name': file('pdf'),
    file: file('pdf'),
    'mime type': oneOf(lexicon.mediaTypes),
    'media type': oneOf(lexicon.mediaTypes),
    'content type': oneOf(lexicon.mediaTypes),
    title: oneOf(lexicon.titles),
    subject: oneOf(lexicon.titles),
    headline: oneOf(lexicon.titles),
    summary: sentence,
    description: sentence,
    comment: sentence,
    message: sentence,
    reason: sentence,
    note: sentence,
    notes: sentence,
    detail: sentence,
    text: sentence,
    caption: sentence,
    bio: sentence,
    about: sentence,
    body: paragraph,
    content: paragraph,
    status: oneOf(lexicon.statuses),
    state: oneOf(lexicon.statuses),
    version: (random: Random) => `${random.integer(1, 4)}.${random.integer(0, 12)}.${random.integer(0, 9)}`,
    sku: (random: Random) => `${random.pick(lexicon.words)!.slice(0, 3).toUpperCase()}-${random.integer(1000, 9999)}`,
    isbn: (random: Random) => `978${random.integer(1_000_000_000, 9_999_999_999)}`,
    barcode: (random: Random) => String(random.integer(1_000_000_000_000, 9_999_999_999_999)),
    token: (random: Random) => hex(32, random),
    'access token': (random: Random) => hex(32, random),
    'refresh token': (random: Random) => hex(32, random),
    secret: (random: Random) => hex(32, random),
    'api key': (random: Random) => hex(32, random),
    password: format('password'),
    hash: (random: Random) => hex(40, random),
    sha: (random: Random) => hex(40, random),
    sha1: (random: Random) => hex(40, random),
    sha256: (random: Random) => hex(64, random),
    md5: (random: Random) => hex(32, random),
    checksum: (random: Random) => hex(64, random),
    fingerprint: (random: Random) => hex(40, random),
    etag: (random: Random) => hex(16, random),
    cursor: (random: Random) => Buffer.from(hex(8, random)).toString('base64url'),
    code: (random: Random) => `${random.pick(lexicon.words)!.slice(0, 4).toUpperCase()}${random.integer(10, 99)}`,
    reference: (random: Random) =>
      `${random.pick(lexicon.words)!.slice(0, 3).toUpperCase()}-${random.integer(10_000, 99_999)}`,
    number: (random: Random) => String(random.integer(10_000, 99_999)),
    last4: (random: Random) => String(random.integer(1000, 9999)),
    iban: (random: Random) => `DE89370400440532${random.integer(100_000, 999_999)}`,
    duration: format('duration'),
    date: format('date'),
    time: format('time'),
    gender: oneOf(['female', 'male', 'non-binary']),
    size: oneOf(['S', 'M', 'L', 'XL']),
    unit: oneOf(['kg', 'piece', 'litre', 'metre']),
    latitude: (random: Random) => String(random.pick(lexicon.places)![6]),
    longitude: (random: Random) => String(random.pick(lexicon.places)![7]),
  }),
);

// Numbers.

function numberCalled(words: readonly string[], hint: Hint, random: Random): number | undefined {
  const isWhole = hint.kind === 'integer';
  if (hint.format === 'unix-time') return momentOf(tenseOf(words), random) / 1000;
  const last = words.at(-1) ?? '';
  const unit = minorUnits.has(last);
  const made =
    numberOf(words, last, isWhole, random) ?? (unit || isMoneyName(words) ? money(unit || isWhole, random) : undefined);
  return made !== undefined && isWhole ? Math.round(made) : made;
}

const minorUnits = set('cents cent minor pence');

function money(isMinor: boolean, random: Random): number {
  const cents = random.integer(2, 400) * 50 - (random.chance(0.5) ? 10 : 1);
  return isMinor ? cents : cents / 100;
}

function numberOf(words: readonly string[], last: string, isWhole: boolean, random: Random): number | undefined {
  if (isIdName(words)) return random.integer(1000, 99_999);
  if (isPoint(words)) return momentOf(tenseOf(words), random) / (words.at(-1) === 'ms' ? 1 : 1000);
  for (const key of [words.slice(-2).join(' '), last]) {
    const range = numbers.get(key);
    if (!range) continue;
    const [least, most, decimals = 0] = range;
    if (isWhole || decimals === 0) return random.integer(Math.ceil(least), Math.floor(most));
    return Number((least + random.fraction() * (most - least)).toFixed(decimals));
  }
  return undefined;
}

/** Whether a number so named is a point of time. */
function isPoint(words: readonly string[]): boolean {
  const plain = words.at(-1) === 'ms' ? words.slice(0, -1) : words;
  return (
    timeOf(plain) !== null || (plain.length === 1 && /^(?:created|updated|modified|timestamp|expires)$/.test(plain[0]!))
  );
}

/** From, to, and how many decimals where the number need not be whole. */
const numbers: ReadonlyMap<string, readonly [number, number, number?]> = new Map(
  Object.entries<readonly [number, number, number?]>({
    percent: [0, 100, 1],
    percentage: [0, 100, 1],
    progress: [0, 100, 1],
    discount: [0, 50, 1],
    rate: [0, 1, 2],
    ratio: [0, 1, 2],
    probability: [0, 1, 2],
    confidence: [0, 1, 2],
    score: [0, 100, 1],
    rating: [1, 5, 1],
    stars: [1, 5, 0],
    lat: [-60, 70, 4],
    latitude: [-60, 70, 4],
    lng: [-180, 180, 4],
    lon: [-180, 180, 4],
    long: [-180, 180, 4],
    longitude: [-180, 180, 4],
    altitude: [0, 2500, 1],
    age: [18, 80],
    year: [2015, 2026],
    month: [1, 12],
    day: [1, 28],
    hour: [0, 23],
    minute: [0, 59],
    quantity: [1, 5],
    qty: [1, 5],
    count: [0, 40],
    total: [1, 200],
    stock: [0, 250],
    inventory: [0, 250],
    capacity: [10, 500],
    seats: [1, 8],
    guests: [1, 6],
    position: [1, 20],
    rank: [1, 100],
    order: [1, 20],
    index: [0, 20],
    priority: [1, 5],
    level: [1, 10],
    page: [1, 1],
    'per page': [20, 20],
    'page size': [20, 20],
    limit: [20, 20],
    offset: [0, 0],
    version: [1, 5],
    port: [1024, 49_151],
    'status code': [200, 200],
    width: [200, 1920],
    height: [200, 1080],
    length: [1, 200, 1],
    weight: [0.1, 20, 2],
    temperature: [-10, 35, 1],
    distance: [0.5, 500, 1],
    duration: [10, 7200],
    seconds: [1, 3600],
    minutes: [1, 90],
    hours: [1, 48],
    days: [1, 30],
    size: [1000, 5_000_000],
    bytes: [1000, 5_000_000],
    views: [0, 10_000],
    likes: [0, 1000],
    tax: [1, 40, 2],
  }),
);
