import type { OpenApi } from '../../languages/openapi/openapi.ts';
import { segmentsOf } from '../../languages/openapi/paths.ts';
import type { Pointer } from '../../languages/openapi/pointer.ts';
import {
  operations,
  type Parameter,
  parameters,
  parametersOf,
  paths,
  responsesOf,
  type Server,
  servers,
} from '../../languages/openapi/select.ts';

/** A version of the API as some part of the document tells it. */
export interface VersionMark {
  readonly where: 'path' | 'server' | 'header' | 'media type' | 'query';
  /** As written: `v1`, `2024-01-01`; of a header or query parameter, its name. */
  readonly text: string;
  readonly at: Pointer;
}

/** `v1`, `v1beta2`, `v2.1`, `1.0`, `2024-01-01`: a whole path segment that tells a version. */
const versionSegment =
  /^(?:v\d+(?:[._]\d+)*(?:[._-]?(?:alpha|beta|rc|preview|p\d)[\w.]*)?|\d+\.\d+(?:\.\d+)?|20\d\d-\d\d(?:-\d\d)?)$/i;

/**
 * The version in a path, or undefined: the first segment that looks like one, among the first four. What stands behind
 * `scim` is the version of that protocol (RFC 7644, section 3.13).
 */
export function versionInPath(path: string): string | undefined {
  const segments = segmentsOf(path).slice(0, 4);
  return segments.find(
    ({ text, literal }, i) => literal && versionSegment.test(text) && segments[i - 1]?.text.toLowerCase() !== 'scim',
  )?.text;
}

/** The version in a server's address: a segment of its path, or a label of its host. */
export function versionInServer(url: string): string | undefined {
  const [, host = '', path = ''] = /^(?:[a-z][a-z0-9+.-]*:)?(?:\/\/([^/]*))?(.*)$/is.exec(url) ?? [];
  return versionInPath(path) ?? host.split('.').find((label) => /^v\d+$/i.test(label));
}

/** Names of headers that tell the version of the API: `API-Version`, `X-Api-Version`, `Stripe-Version`. */
export function isVersionHeader(name: string): boolean {
  return (
    /^(?:x-)?(?:[a-z]+-)?(?:api-|accept-)?version$/i.test(name) &&
    !/^(?:if-|x-schema|schema-|sec-|x-client|client-|x-app|app-)/i.test(name)
  );
}

/** The header parameters that tell the version of the API, where they are defined. */
export function versionHeaders(api: OpenApi): readonly Parameter[] {
  return parameters(api).filter(({ in: place, name }) => place === 'header' && isVersionHeader(name));
}

/**
 * The query parameters that tell the version of the API, where they are defined. A plain `version` counts only where
 * half of the operations take it: else it is that of a thing.
 */
export function versionQueries(api: OpenApi): readonly Parameter[] {
  const candidates = parameters(api).filter(
    ({ in: place, name }) => place === 'query' && /^(?:api[-_]?)?v(?:ersion)?$/i.test(name),
  );
  const takers = (name: string): number =>
    operations(api).filter((operation) => parametersOf(api, operation).some((p) => p.in === 'query' && p.name === name))
      .length;
  return candidates.filter(({ name }) => /^api/i.test(name) || takers(name) * 2 >= Math.max(2, operations(api).length));
}

/** Every place in which the document tells the version of the API, in the document's order for each kind of place. */
export function versionMarks(api: OpenApi): readonly VersionMark[] {
  const known = api.memo.get(versionMarks) as readonly VersionMark[] | undefined;
  if (known) return known;
  const marks: VersionMark[] = [
    ...servers(api)
      .filter(isOurs)
      .flatMap(({ url, urlAt }) => markOf('server', versionInServer(url), urlAt)),
    ...paths(api).flatMap(({ path, at }) => markOf('path', versionInPath(path), at.onKey)),
    ...versionHeaders(api).map(({ name, at }): VersionMark => ({ where: 'header', text: name, at: at.child('name') })),
    ...versionQueries(api).map(({ name, at }): VersionMark => ({ where: 'query', text: name, at: at.child('name') })),
    ...mediaTypeMarks(api),
  ];
  api.memo.set(versionMarks, marks);
  return marks;
}

/** The servers of callbacks and webhooks are those of clients. */
function isOurs({ at }: Server): boolean {
  return !at.path.includes('callbacks') && !at.path.includes('webhooks');
}

function markOf(where: VersionMark['where'], text: string | undefined, at: Pointer): VersionMark[] {
  return text === undefined ? [] : [{ where, text, at }];
}

/** `application/vnd.company.v1+json` and `application/vnd.company+json; version=2`. */
function mediaTypeMarks(api: OpenApi): VersionMark[] {
  return operations(api).flatMap((operation) =>
    responsesOf(api, operation).flatMap(({ media }) =>
      media.flatMap(({ name, at }) => {
        const [, inName, inParameter] = /^[^;]*\/vnd\.[^;]*?\.(v\d+)\b|;\s*version=([\w.]+)/i.exec(name) ?? [];
        return markOf('media type', inName ?? inParameter, at.onKey);
      }),
    ),
  );
}
