/** What is known of keys that a version does not have: near misses, other versions, and what replaces them. */
import { closest } from '../../text/closest.ts';
import { grammars, type Kind, type KindName, type Version } from './grammar.ts';

/** Keywords of other drafts and of OpenAPI 3.0: they may stand in schemas of 3.1 and mean nothing there. */
export const legacyKeywords = new Set([
  'additionalItems',
  'dependencies',
  'nullable',
  'id',
  '$recursiveRef',
  '$recursiveAnchor',
  'divisibleBy',
  'extends',
  'optional',
]);

const nearMisses = new Map<string, string | null>();

/** The keyword that is at most two slips away. */
export function nearestKeyword(rule: Kind, key: string): string | null {
  let known = nearMisses.get(key);
  if (known === undefined) {
    if (nearMisses.size > 1000) nearMisses.clear();
    known = key.length > 30 ? null : closest(key, Object.keys(rule.fields));
    if (known !== null && Math.abs(known.length - key.length) > 2) known = null;
    nearMisses.set(key, known);
  }
  return known;
}

const versions: readonly Version[] = ['2.0', '3.0', '3.1', '3.2'];

/** A version as people call it: `OpenAPI 3.1`. */
export const versionName = (version: Version): string => (version === '2.0' ? 'Swagger 2.0' : `OpenAPI ${version}`);

/** The later versions, the nearest first, then the earlier ones. */
export function otherVersions(version: Version): readonly Version[] {
  const here = versions.indexOf(version);
  return [...versions.slice(here + 1), ...versions.slice(0, here).reverse()];
}

/** The version nearest to this one that has the field. */
export function otherVersion(version: Version, kind: KindName, key: string): Version | undefined {
  return otherVersions(version).find((other) => Object.hasOwn(grammars[other][kind].fields, key));
}

/** What later and earlier versions have in the place of a field that this one lacks. */
const replacements: Readonly<Record<string, string>> = {
  'Document.definitions': 'Move it to `components.schemas`.',
  'Document.securityDefinitions': 'Move it to `components.securitySchemes`.',
  'Document.parameters': 'Move it to `components.parameters`.',
  'Document.responses': 'Move it to `components.responses`.',
  'Document.host': 'Write `servers`.',
  'Document.basePath': 'Write `servers`.',
  'Document.schemes': 'Write `servers`.',
  'Document.consumes': 'Name media types in the `content` of each body.',
  'Document.produces': 'Name media types in the `content` of each body.',
  'Operation.consumes': 'Name media types in the `content` of the request body.',
  'Operation.produces': 'Name media types in the `content` of the responses.',
  'Operation.schemes': 'Write `servers`.',
  'Parameter.type': 'Move it into a `schema`.',
  'Parameter.format': 'Move it into a `schema`.',
  'Parameter.items': 'Move it into a `schema`.',
  'Parameter.enum': 'Move it into a `schema`.',
  'Parameter.default': 'Move it into a `schema`.',
  'Header.type': 'Move it into a `schema`.',
  'Header.format': 'Move it into a `schema`.',
  'Response.schema': 'Move it to `content`, below its media type.',
  'Schema.const': 'Write an `enum` with one value.',
  'Schema.examples': 'Write `example`.',
};

/** What to use in place of a field of another version, in one sentence. */
export function replacementFor(version: Version, kind: KindName, key: string): string | undefined {
  const known = replacements[`${kind}.${key}`];
  return version === '2.0' && kind !== 'Schema' ? undefined : known;
}

/** What to write in place of something that is no status code. */
export function codeHelp(key: string): string {
  const upper = key.toUpperCase();
  return /^[1-5]XX$/.test(upper)
    ? `Write \`${upper}\`.`
    : 'Write a code such as `404`, a range such as `4XX`, or `default`.';
}
