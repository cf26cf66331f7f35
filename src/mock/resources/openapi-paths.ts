/** How paths speak of resources: what they name, and which of their parameters say which record is meant. */
import { type Segment, segmentsOf } from '../../languages/openapi/paths.ts';
import { split } from '../../words/split.ts';
import { canBeVerb, leadingVerb } from '../../words/verbs.ts';
import { nounOf } from './draft.ts';

/** A path as far as it tells of resources. */
export interface PathReading {
  /**
   * What it addresses, the same for all ways to write it: `/customer/{}/order` for `/v1/customers/{id}/orders/{order}.json`
   * and for `/v1/customers/{id}/createOrder`.
   */
  readonly site: string;
  /** What the site is called: the words of its last literal, in the singular. */
  readonly noun: string;
  /** The parameters that stand directly behind the site, the last of which tells records apart. None for the whole of it. */
  readonly own: readonly string[];
  /** The parameters before those, outermost first. */
  readonly before: readonly string[];
  /** The words of the last literal, as it is written. */
  readonly words: readonly string[];
  /** What the path says is done: the words of `createOrder`, of a last `search`, of `:cancel`; none for plain nouns. */
  readonly verb: readonly string[];
}

/** @returns null for paths that no resource can be read from: `/`, `/files/{name}.{extension}`, `/chat.postMessage` */
export function readPath(path: string): PathReading | null {
  const segments = [...segmentsOf(path)].filter(({ text }) => text !== '').map(readSegment);
  if (segments.length === 0 || segments.includes(null)) return null;
  return readSegments(segments as ReadSegment[]);
}

type ReadSegment =
  | { readonly kind: 'parameter'; readonly name: string; readonly suffix: string | null }
  | { readonly kind: 'noun'; readonly words: readonly string[]; readonly suffix: string | null };

function readSegment({ text, placeholders, literal }: Segment): ReadSegment | null {
  const [plain, suffix = null] = withoutExtension(text).split(/:(?=[A-Za-z])/, 2) as [string, string?];
  if (literal) {
    const words = split(plain);
    // `chat.postMessage` is an rpc, `a,b` and `(x)` are lists and calls.
    return words.length === 0 || /[.,()=*]/.test(plain) ? null : { kind: 'noun', words, suffix };
  }
  const [name] = placeholders;
  if (placeholders.length !== 1 || plain !== `{${name}}`) return null;
  return { kind: 'parameter', name: name!.replace(/^[+#./;?&]|[*+]$/g, ''), suffix };
}

/** `/orders.json` and `/orders/{id}.json` are what they are without. */
function withoutExtension(text: string): string {
  return text
    .replace(/\.(?:json|xml|csv|ya?ml)$/i, '')
    .replace(/\.\{(?:format|_?format|ext|extension|mediaTypeExtension)\}$/i, '');
}

function readSegments(segments: readonly ReadSegment[]): PathReading | null {
  const own: string[] = [];
  let end = segments.length;
  for (let segment = segments[end - 1]; segment?.kind === 'parameter'; segment = segments[--end - 1])
    own.unshift(segment.name);
  const suffix = segments.at(-1)!.suffix;
  const last = segments[end - 1];
  if (last?.kind !== 'noun') return null;
  const called = verbIn(last.words, end > 1 ? segments[end - 2]! : null);
  const verb = suffix === null ? called.verb : split(suffix);
  if (called.noun !== null) {
    return { ...siteOf(segments.slice(0, end - 1), called.noun), own, verb };
  }
  // `/orders/search`, `/orders/get/{id}`: of the site before it.
  const inner = readSegments(segments.slice(0, end - 1));
  if (!inner || (inner.own.length > 0 && own.length > 0)) return null;
  return { ...inner, own: inner.own.length > 0 ? inner.own : own, verb };
}

/** Splits `createOrder`, `findPetsByStatus` and `search` into what is done and what it is done to. */
function verbIn(
  words: readonly string[],
  before: ReadSegment | null,
): { readonly verb: readonly string[]; readonly noun: readonly string[] | null } {
  const first = words[0]!;
  const by = words.findIndex((word, i) => i > 0 && (word === 'by' || word === 'with'));
  const head = by > 0 ? words.slice(0, by) : words;
  if (before?.kind === 'noun' && head.length === 1 && plainVerbs.has(first)) return { verb: words, noun: null };
  if (before?.kind === 'noun' && head.length === 1 && words.length > 1 && leadingVerb([first]))
    return { verb: words, noun: null };
  if (head.length > 1 && crudVerbs.has(first) && leadingVerb(head) !== null && before?.kind !== 'parameter') {
    return { verb: [first], noun: head.slice(1).filter((word) => word !== 'new' && word !== 'all') };
  }
  return { verb: [], noun: words };
}

/** Last segments that say what is done to the collection before them. */
const plainVerbs = new Set(
  'create add new insert list get find update edit modify delete remove search query save all lookup fetch retrieve show describe batch bulk filter'.split(
    ' ',
  ),
);

/** Verbs in front of a noun that name one of the standard methods. */
const crudVerbs = new Set(
  'create add insert register list get find fetch retrieve read show search query update edit modify change patch save set delete remove destroy batch bulk'.split(
    ' ',
  ),
);

function siteOf(
  before: readonly ReadSegment[],
  words: readonly string[],
): Pick<PathReading, 'site' | 'noun' | 'words' | 'before'> {
  const noun = nounOf(words);
  const kept = before.filter((segment) => segment.kind === 'parameter' || !isPrefix(segment.words));
  const outer = kept.map((segment) => (segment.kind === 'parameter' ? '/{}' : `/${nounOf(segment.words)}`)).join('');
  const parameters = kept.flatMap((segment) => (segment.kind === 'parameter' ? [segment.name] : []));
  return { site: `${outer}/${noun}`, noun, words, before: parameters };
}

/** What only says which API this is: `api`, `v2`, `2010-04-01`. */
function isPrefix(words: readonly string[]): boolean {
  return words.every((word) => /^(?:api|rest|v?\d[\d.]*|v\d+(?:alpha|beta)?\d*|latest)$/.test(word));
}

/** The site of which another is a part, without the parameters between them: `/customer` of `/customer/{}/order`; null at the top. */
export function siteAround(site: string): string | null {
  const outer = site.slice(0, site.lastIndexOf('/')).replace(/(?:\/\{\})+$/, '');
  return outer === '' ? null : outer;
}

/** Whether a site is part of single records of the one around it, as `/order/{}/cancel` is. */
export function isBelowItem(site: string): boolean {
  return site.slice(0, site.lastIndexOf('/')).endsWith('/{}');
}

/** The site whose records a site is part of, however far up: `/customer` of `/customer/{}/billing/invoice`. */
export function siteAbove(site: string): string | null {
  const end = site.lastIndexOf('/{}');
  return end < 0 ? null : site.slice(0, end).replace(/(?:\/\{\})+$/, '') || null;
}

/** Whether words tell what to do rather than name a thing: `cancel`, `mark as read`, `merge`. */
export function speaksOfAction(words: readonly string[]): boolean {
  return words.length > 0 && (leadingVerb(words) !== null || canBeVerb(words[0]!));
}
