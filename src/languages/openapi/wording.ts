/** How the objects and shapes of the specification are named in sentences. */
import type { KindName, Shape } from './grammar.ts';

/** The sections of a 2.0 document that hold named things, and what they hold. */
export const sections20: Readonly<Record<string, KindName>> = {
  definitions: 'Schema',
  parameters: 'Parameter',
  responses: 'Response',
  securityDefinitions: 'SecurityScheme',
};

/** How a kind is named where one of many is meant, and where this one is meant. */
export interface Noun {
  readonly phrase: string;
  readonly this: string;
}

/** How each object is called: by itself, as in "the contact", and as one of its kind, as in "an operation". */
export const nouns: Readonly<Record<KindName, Noun>> = Object.fromEntries(
  Object.entries({
    Document: 'the document',
    Info: '`info`',
    Contact: 'the contact',
    License: 'the license',
    Server: 'a server',
    ServerVariable: 'a server variable',
    Components: '`components`',
    Paths: '`paths`',
    PathItem: 'a path item',
    Operation: 'an operation',
    ExternalDocs: '`externalDocs`',
    Parameter: 'a parameter',
    Items: '`items`',
    RequestBody: 'a request body',
    MediaType: 'a media type',
    Encoding: 'an encoding',
    Responses: '`responses`',
    Response: 'a response',
    Callback: 'a callback',
    Example: 'an example',
    Link: 'a link',
    Header: 'a header',
    Tag: 'a tag',
    Schema: 'a schema',
    Discriminator: 'a discriminator',
    Xml: '`xml`',
    SecurityScheme: 'a security scheme',
    OAuthFlows: '`flows`',
    OAuthFlow: 'an OAuth flow',
    SecurityRequirement: 'a security requirement',
  } satisfies Record<KindName, string>).map(([kind, phrase]) => [
    kind,
    { phrase, this: phrase.replace(/^an? /, 'the ').replace(/^the /, 'The ') },
  ]),
) as never;

/** "The parameter `limit`". */
export function named(kind: KindName, name: unknown, subject?: string): string {
  const noun = nouns[kind].this;
  if (kind === 'Parameter' || kind === 'Tag')
    return typeof name === 'string' && name ? `${noun} \`${shown(name)}\`` : noun;
  return subject ?? noun;
}

/** Names in backticks, the last one joined by `word`: "`a`, `b` or `c`". */
export function quoted(names: readonly string[], word: string): string {
  const quotedNames = names.map((name) => `\`${name}\``);
  const last = quotedNames.pop()!;
  return quotedNames.length ? `${quotedNames.join(', ')} ${word} ${last}` : last;
}

const scalarWords: Readonly<Record<string, string>> = {
  string: 'a string',
  boolean: 'a boolean',
  number: 'a number',
  count: 'an integer of 0 or more',
  positive: 'a number above 0',
  url: 'a URL without spaces',
  uri: 'a URI with its scheme',
  email: 'an email address',
  regex: 'a regular expression',
};

/** What a place asks for, with its article. */
export function describe(shape: Shape): string {
  if (typeof shape === 'string')
    return scalarWords[shape] ?? (shape === 'Schema' ? 'a schema, which is an object' : 'an object');
  if ('values' in shape) return quoted(shape.values, 'or');
  if ('list' in shape) return 'a list';
  if ('map' in shape) return 'an object';
  return shape.either.map(describe).join(' or ');
}

/** What stands there instead. A scalar of the right type is quoted: its value is what is wrong. */
export function describeValue(value: unknown, shape: Shape): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'a list';
  if (typeof value === 'object') return 'an object';
  if (typeof value === 'string' && value === '') return 'empty';
  const isJudged = typeof shape === 'object' || ['url', 'uri', 'email', 'count', 'positive'].includes(shape);
  if (isJudged && (typeof value === 'string' || typeof value === 'number')) {
    const asksForList = typeof shape === 'object' && ('list' in shape || 'map' in shape);
    if (!asksForList) return typeof value === 'string' ? `\`${shown(value)}\`` : `the number ${value}`;
  }
  return `a ${typeof value}`;
}

/** What is wrong with a list of which each item has the right form. */
export function listFault(name: string, value: readonly unknown[]): string {
  return value.length === 0 ? `\`${name}\` must not be empty.` : `\`${name}\` lists the same item twice.`;
}

/** The words that a shape allows, for suggestions. */
export function wordsFor(shape: Shape): readonly string[] {
  if (typeof shape === 'string') return [];
  if ('values' in shape) return shape.values;
  return 'either' in shape ? shape.either.flatMap(wordsFor) : [];
}

/** A value as messages show it: on one line, cut short. */
export function shown(text: string): string {
  const line = text.replace(/\s+/g, ' ').replaceAll('`', "'");
  return line.length > 60 ? `${line.slice(0, 57)}…` : line;
}
