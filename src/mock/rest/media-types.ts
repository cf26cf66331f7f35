/** A media type taken apart (RFC 9110, section 8.3.1). */
export interface MediaTypeParts {
  /** In lower case, without parameters: `application/json`. May be a range: `text/*`. */
  readonly name: string;
  readonly parameters: ReadonlyMap<string, string>;
}

/** Takes a media type apart; null for what is none. */
export function mediaTypeOf(text: string): MediaTypeParts | null {
  const known = parsed.get(text);
  if (known !== undefined) return known;
  const read = parse(text.slice(0, 1000));
  if (parsed.size >= mostParsed) parsed.clear();
  parsed.set(text, read);
  return read;
}

const parsed = new Map<string, MediaTypeParts | null>();
const mostParsed = 500;

function parse(text: string): MediaTypeParts | null {
  const name = /^\s*([\w!#$%&'*+.^`|~-]+\/[\w!#$%&'*+.^`|~-]+)\s*(?:;|$)/.exec(text);
  if (!name) return null;
  const parameters = new Map<string, string>();
  const pattern = /;\s*([\w!#$%&'*+.^`|~-]+)\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^\s;"]+))/g;
  for (const [, key, quoted, plain] of text.matchAll(pattern)) {
    parameters.set(key!.toLowerCase(), quoted === undefined ? plain! : quoted.replace(/\\(.)/g, '$1'));
  }
  return { name: name[1]!.toLowerCase(), parameters };
}

/** Whether a name without parameters is JSON: `application/json`, `application/vnd.shop+json`. */
export const isJsonName = (name: string): boolean => /[/+]json$/.test(name) || name === 'application/*+json';

/** Whether it is XML: `application/xml`, `text/xml`, `application/atom+xml`. */
export const isXmlName = (name: string): boolean => /[/+]xml$/.test(name);

/** How well a declared media type, which may be a range, stands for a sent one: 0 not at all, more for the more definite. */
export function suits(declared: string, sent: string): number {
  if (declared === sent) return 4;
  if (declared === '*/*' || declared === '*') return 1;
  if (declared.endsWith('/*')) return sent.startsWith(declared.slice(0, -1)) ? 2 : 0;
  // `application/*+json` is no range of RFC 9110, but what people write.
  if (declared.includes('/*+')) {
    const [type, suffix] = declared.split('*') as [string, string];
    return sent.startsWith(type) && sent.endsWith(suffix) ? 3 : 0;
  }
  return 0;
}

/** One member of an `Accept` header. */
interface Range {
  readonly name: string;
  readonly parameters: ReadonlyMap<string, string>;
  /** From 0 to 1. */
  readonly weight: number;
}

/** The ranges of an `Accept` header (RFC 9110, section 12.5.1). What is no range is passed over. */
function rangesOf(accept: string): readonly Range[] {
  const known = accepted.get(accept);
  if (known) return known;
  const read = splitList(accept.slice(0, 4096)).flatMap((text): Range[] => {
    const type = mediaTypeOf(text.trim() === '*' ? '*/*' : text);
    if (!type) return [];
    const q = type.parameters.get('q');
    const weight = q === undefined ? 1 : Number(q);
    const parameters = new Map([...type.parameters].filter(([name]) => name !== 'q' && name !== 'charset'));
    return [{ name: type.name, parameters, weight: weight >= 0 && weight <= 1 ? weight : 1 }];
  });
  if (accepted.size >= mostParsed) accepted.clear();
  accepted.set(accept, read);
  return read;
}

const accepted = new Map<string, readonly Range[]>();

/** Splits at commas that are not within quotes. */
function splitList(text: string): string[] {
  return text.match(/(?:[^",]|"(?:[^"\\]|\\.)*"?)+/g) ?? [];
}

/**
 * The offer that the caller likes best: by weight, then by how definitely it was asked for, then JSON, then in the order offered.
 * @param offers declared media types, which may have parameters or be ranges
 * @returns undefined when the caller takes none of them
 */
export function preferred(accept: string | undefined, offers: readonly string[]): string | undefined {
  if (offers.length === 0) return undefined;
  const ranges = accept === undefined ? [] : rangesOf(accept);
  if (ranges.length === 0) return usual(offers);
  let best: { offer: string; weight: number; closeness: number } | undefined;
  for (const offer of offers) {
    const { weight, closeness } = judged(offer, ranges);
    if (weight === 0) continue;
    if (!best || weight > best.weight || (weight === best.weight && closeness > best.closeness)) {
      best = { offer, weight, closeness };
    }
  }
  return best?.offer;
}

/** JSON where it is offered, plain rather than of a certain kind, else the first. */
const usual = (offers: readonly string[]): string =>
  offers.find((offer) => bare(offer) === 'application/json') ??
  offers.find((offer) => isJsonName(bare(offer))) ??
  offers.find((offer) => bare(offer) === '*/*') ??
  offers[0]!;

const bare = (offer: string): string => mediaTypeOf(offer)?.name ?? offer.toLowerCase();

/** What the most definite of the ranges that fit says of an offer. */
function judged(offer: string, ranges: readonly Range[]): { weight: number; closeness: number } {
  const type = mediaTypeOf(offer);
  const name = type?.name ?? offer.toLowerCase();
  let weight = 0;
  let closeness = 0;
  for (const range of ranges) {
    if (contradicts(range.parameters, type?.parameters)) continue;
    // What a document leaves open is served as what was asked for.
    const near = Math.max(
      suits(range.name, name),
      name.includes('*') ? suits(name, range.name) : 0,
      loose(range.name, name),
    );
    const close = near === 0 ? 0 : near + range.parameters.size;
    if (close > closeness) {
      closeness = close;
      weight = range.weight;
    }
  }
  return { weight, closeness: closeness + (closeness > 0 && isJsonName(name) ? 0.25 : 0) };
}

/** Who asks for JSON takes JSON of a certain kind as well, though less gladly. */
const loose = (range: string, name: string): number =>
  (range === 'application/json' && isJsonName(name)) || (range === 'application/xml' && isXmlName(name)) ? 0.5 : 0;

function contradicts(asked: ReadonlyMap<string, string>, offered: ReadonlyMap<string, string> | undefined): boolean {
  for (const [name, value] of asked) {
    const own = offered?.get(name);
    if (own !== undefined && own.toLowerCase() !== value.toLowerCase()) return true;
  }
  return false;
}
