import { toCase } from '../../words/cases.ts';
import { plural, singular } from '../../words/plurals.ts';
import { split } from '../../words/split.ts';
import { timeMeaning } from '../store/stamps.ts';

/**
 * What a field's name means, as text: names that mean the same give the same. `createdAt` and `create_time` do, `orderStatus`
 * and `status` of an order, `is_active` and `active`, `qty` and `quantity`.
 * @param thing the words of what the field belongs to
 */
export function meaningOf(name: string, thing: readonly string[]): string {
  const time = timeMeaning(name);
  if (time !== null) return `@${time}`;
  const words = withoutQuestion(withoutThing(split(name), thing));
  return synonyms.get(words.join(' ')) ?? words.map((word) => synonyms.get(word) ?? word).join(' ');
}

/** The words of a link's name without those that say that it is one: `product_id`, `productName` of AIP-122 and `product`. */
export function linkWords(name: string): string {
  const words = split(name);
  return (words.length > 1 && idWords.has(words.at(-1)!) ? words.slice(0, -1) : words).join(' ');
}

/** Whether a name is that of the field that tells things of a kind apart: `id`, `order_id` of an order. */
export function namesIdentity(name: string, thing: readonly string[]): boolean {
  const words = split(name);
  return idWords.has(words.at(-1) ?? '') && ['', thing.join(' ')].includes(words.slice(0, -1).join(' '));
}

/** Whether a name is one of those that things are shown to people by. */
export function isTitle(name: string): boolean {
  return titles.has(split(name).join(' '));
}

/** The words of a type's name without those that say what it is for: `CreateOrderInput` is order, `shop.v1.OrderLine` order line. */
export function thingOf(typeName: string): readonly string[] {
  const words = [...split(typeName.slice(typeName.lastIndexOf('.') + 1))];
  while (words.length > 1 && purposes.has(words.at(-1)!)) words.pop();
  while (words.length > 1 && verbs.has(words[0]!)) words.shift();
  return words;
}

/** How things of a kind are called in resource names (AIP-122): `orderLines` for `order_line`. */
export function collectionOf(words: readonly string[]): string {
  return toCase([...words.slice(0, -1), plural(singular(words.at(-1) ?? ''))], 'camel');
}

function withoutThing(words: readonly string[], thing: readonly string[]): readonly string[] {
  const isPrefixed = thing.length > 0 && words.length > thing.length && thing.every((word, i) => words[i] === word);
  return isPrefixed ? words.slice(thing.length) : words;
}

function withoutQuestion(words: readonly string[]): readonly string[] {
  return words.length > 1 && (words[0] === 'is' || words[0] === 'has') ? words.slice(1) : words;
}

const idWords = set('id uuid guid ulid');
const titles: ReadonlySet<string> = new Set(['name', 'display name', 'title', 'label', 'full name']);
const purposes = set('input payload request response dto patch update data type message');
const verbs = set('create update new add patch replace upsert');

const synonyms: ReadonlyMap<string, string> = new Map(
  Object.entries({
    quantity: 'qty',
    email: 'email address,e mail,mail',
    phone: 'phone number,telephone,telephone number,mobile,mobile number',
    url: 'uri,href,link,web url',
    'first name': 'given name,forename,firstname',
    'last name': 'family name,surname,lastname',
    'postal code': 'zip,zip code,postcode,post code',
    country: 'country code',
    currency: 'currency code',
    language: 'language code,locale',
    description: 'desc',
    image: 'picture,photo,image url,photo url,picture url',
    avatar: 'avatar url',
    address: 'addr',
    organization: 'organisation,org',
    color: 'colour',
    cancelled: 'canceled',
    '@expires': 'expires at,expire time,expiration time,expiry,expiration,expires on,expiration date,expiry date',
    '@deleted': 'deleted at,delete time,deletion time',
    latitude: 'lat',
    longitude: 'lng,lon,long',
  }).flatMap(([meaning, names]) => names.split(',').map((name) => [name, meaning] as const)),
);

function set(list: string): ReadonlySet<string> {
  return new Set(list.split(' '));
}
