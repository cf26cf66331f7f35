import type { Context } from '../context.ts';
import type { Resource } from '../resources/resource.ts';
import type { Item } from '../store/store.ts';
import { declaresExactly } from './behavior/declared.ts';
import { httpDate, itemTag, listTag } from './behavior/entity-tags.ts';
import { addressed, type Site } from './behavior/places.ts';
import type { Answer, Exchange, Headers, Refusal, Stage } from './exchange.ts';
import { perRoute } from './per-route.ts';
import { refuse } from './refusal.ts';

/**
 * Conditional requests (RFC 9110, section 13), in the order of precedence of its section 13.2.2. Writes are held against the
 * state of the record that they would change, at once before they change it; reads against what they would answer. A
 * condition that is missing where the operation declares 428 is asked for (RFC 6585, section 3).
 */
export function conditionsStage(context: Context): Stage {
  const siteOf = perRoute((route): Site | undefined => {
    const role = context.settings.compat === 'prism' ? undefined : context.roles.rest.get(route.operation);
    return role && { context, route, role };
  });
  const demands = perRoute(({ api, operation }) => declaresExactly(api, operation, 428));
  return {
    name: 'conditions',
    before(exchange) {
      const { route, wishes, request } = exchange;
      if (!route || wishes.code !== undefined) return undefined;
      const { headers } = request;
      const isRead = exchange.method === 'GET' || exchange.method === 'HEAD';
      if (isRead && headers['if-match'] === undefined && headers['if-unmodified-since'] === undefined) return undefined;
      const site = siteOf(route);
      if (!site || !(isRead || writing.has(site.role.kind))) return undefined;
      const refusal = refusalOf(site, exchange, !isRead && demands(route));
      return refusal && refuse(exchange, refusal);
    },
    after(exchange, answer) {
      if (exchange.method !== 'GET' && exchange.method !== 'HEAD') return answer;
      if (answer.status !== 200) return answer;
      const tagged = withTag(answer);
      return isUnchanged(exchange, tagged.headers) ? notModified(tagged.headers) : tagged;
    },
  };
}

/** What changes records that are there. */
const writing: ReadonlySet<string> = new Set(['replace', 'update', 'delete', 'action']);

function refusalOf(site: Site, exchange: Exchange, isDemanded: boolean): Refusal | undefined {
  const { headers } = exchange.request;
  const [ifMatch, ifNoneMatch, since] = [headers['if-match'], headers['if-none-match'], headers['if-unmodified-since']];
  if (ifMatch === undefined && ifNoneMatch === undefined && since === undefined)
    return isDemanded ? demand(site) : undefined;
  const current = stateOf(site, exchange);
  // What is not found is told so, whatever the conditions are (section 13.2.1); PUT may be about to make it.
  if (!current && site.role.kind !== 'replace') return undefined;
  const { name } = site.role.resource;
  if (ifMatch !== undefined) {
    if (current && matches(ifMatch, current.tag, 'strong')) return undefined;
    return failed(
      current ? `The ${name} has changed since: its entity tag is ${current.tag}.` : `There is no such ${name}.`,
    );
  }
  if (since !== undefined && current) {
    const time = Date.parse(since);
    const isChanged = !Number.isNaN(time) && current.modified !== null && seconds(current.modified) > seconds(time);
    if (isChanged) return failed(`The ${name} has changed since: at ${httpDate(current.modified!)}.`);
  }
  const isRead = exchange.method === 'GET' || exchange.method === 'HEAD';
  if (!isRead && ifNoneMatch !== undefined && current && matches(ifNoneMatch, current.tag, 'weak')) {
    return failed(`There is such a ${name} already: its entity tag is ${current.tag}.`);
  }
  return undefined;
}

const failed = (message: string): Refusal => ({ status: 412, code: 'precondition_failed', message });

const demand = ({ role }: Site): Refusal => ({
  status: 428,
  code: 'precondition_required',
  message: `Say which state of the ${role.resource.name} you mean: send its entity tag in If-Match.`,
});

interface State {
  readonly tag: string;
  /** Milliseconds since 1970; null where nobody knows. */
  readonly modified: number | null;
}

/** The state of what a request addresses; undefined where there is none. */
function stateOf(site: Site, exchange: Exchange): State | undefined {
  const { context, role } = site;
  if (role.kind === 'list') return { tag: listTag(context.store, role.resource as Resource, exchange), modified: null };
  const item: Item | undefined = addressed(site, exchange);
  return item && { tag: itemTag(item), modified: item.modified };
}

const seconds = (milliseconds: number): number => Math.floor(milliseconds / 1000);

/**
 * Whether a list of entity tags has this one (section 8.8.3.2).
 * @param how strong comparison takes no weak tags
 */
function matches(list: string, tag: string, how: 'strong' | 'weak'): boolean {
  if (list.trim() === '*') return true;
  const weakly = (one: string): string => one.replace(/^W\//, '');
  // Entity tags may hold commas.
  const tags = list.match(/(?:W\/)?"[^"]*"/g) ?? list.split(',').map((one) => `"${one.trim()}"`);
  if (how === 'strong') return !tag.startsWith('W/') && tags.includes(tag);
  return tags.some((one) => weakly(one) === weakly(tag));
}

/** Whether what a read would answer is what the caller has already. */
function isUnchanged({ request }: Exchange, answered: Headers): boolean {
  const ifNoneMatch = request.headers['if-none-match'];
  const { etag, 'last-modified': modified } = answered;
  if (ifNoneMatch !== undefined) return typeof etag === 'string' && matches(ifNoneMatch, etag, 'weak');
  const since = request.headers['if-modified-since'];
  if (since === undefined || typeof modified !== 'string') return false;
  const [mine, theirs] = [Date.parse(modified), Date.parse(since)];
  return !Number.isNaN(theirs) && mine <= theirs;
}

/** RFC 9110, section 15.4.5: without what only speaks of the body. */
function notModified(headers: Headers): Answer {
  const kept = Object.entries(headers).filter(([name]) => !/^content-(?!location)/.test(name));
  return { status: 304, headers: Object.fromEntries(kept), body: null };
}

/** An answer with an entity tag, where one can be had without writing the body: of bytes that are ready. */
function withTag(answer: Answer): Answer {
  const { headers, body } = answer;
  if (headers['etag'] !== undefined || body === null || !('bytes' in body)) return answer;
  const bytes = body.bytes;
  if (typeof bytes === 'string') return answer;
  let tag = tags.get(bytes);
  if (tag === undefined) {
    tag = `"${hashOf(bytes)}"`;
    tags.set(bytes, tag);
  }
  return { ...answer, headers: { ...headers, etag: tag } };
}

/** The tags of bytes that are sent again and again. */
const tags = new WeakMap<Buffer, string>();

/** FNV-1a twice, and the length: told apart is what differs by chance, not what somebody has made to look alike. */
function hashOf(bytes: Buffer): string {
  let [a, b] = [0x811c9dc5, 0x01000193];
  for (const byte of bytes) {
    a = Math.imul(a ^ byte, 0x01000193);
    b = Math.imul(b ^ byte, 0x85ebca6b);
  }
  return [a >>> 0, b >>> 0, bytes.length].map((part) => part.toString(36)).join('-');
}
