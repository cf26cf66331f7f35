import type { OpenApi } from '../../../languages/openapi/openapi.ts';
import type { Context } from '../../context.ts';
import { bodyStage } from '../body.ts';
import { bodyPlanOf } from '../body-plan.ts';
import type { Answer, Exchange, Violation } from '../exchange.ts';
import { mediaTypeOf } from '../media-types.ts';
import { refusalOf, refuse } from '../refusal.ts';
import { Router } from '../router.ts';
import { routeStage } from '../routing.ts';
import { securityStage } from '../security.ts';
import { type Admissions, admissions } from '../security-tokens.ts';
import { bodyViolations, isJudged, parameterViolations, refuseInvalid } from '../validation.ts';

/** Something in which a request departs from the document, and what the mock would answer to it. */
export interface Departure {
  readonly violations: readonly Violation[];
  readonly answer: Answer;
}

/** What came of looking at the content of a request. */
export interface ContentCheck {
  readonly departure: Departure | null;
  /** Why the body was not looked at, in a sentence. */
  readonly unchecked: string | null;
}

/** Holds requests against the documents, in the order in which the mock does. */
export interface RequestCheck {
  /** Finds the operation. */
  route(exchange: Exchange): Departure | null;
  /** Looks for credentials: whether they are there and of the right form. Whether they are good is for the upstream to say. */
  security(exchange: Exchange): Departure | null;
  /** Whether the body of a request is one that can be held against a schema. */
  judgesBody(exchange: Exchange): boolean;
  /** Looks at parameters and body. @param isRead whether the body can be read from the request */
  content(exchange: Exchange, isRead: boolean): Promise<ContentCheck>;
}

/** @param context of the mock that would answer in the upstream's place */
export function requestCheck(context: Context): RequestCheck {
  const router = new Router(context.apis.filter((api): api is OpenApi => api.language === 'openapi'));
  const routing = routeStage(router);
  const { tokens, jwks } = context.settings;
  const security = securityStage(context, tokens === null && (jwks ?? null) === null ? presence : admissions(context));
  const body = bodyStage(context);
  const isGraphql = context.apis.some(({ language }) => language === 'graphql');

  return {
    route(exchange) {
      // What GraphQL documents describe is passed on as it is.
      if (isGraphql && /\/graphql\/?$/.test(exchange.path)) return null;
      const departure = departureIn(routing.before?.(exchange) as Answer | undefined);
      return departure && { ...departure, violations: departure.violations.map(asUndeclared) };
    },
    security: (exchange) => departureIn(security.before?.(exchange) as Answer | undefined),
    judgesBody(exchange) {
      if (!exchange.route) return false;
      const { media, mediaFor, usual } = bodyPlanOf(exchange.route);
      if (media.length === 0) return false;
      const sent = mediaTypeOf(exchange.request.headers['content-type'] ?? usual);
      return sent !== null && isJudged(sent.name) && mediaFor(sent.name) !== undefined;
    },
    async content(exchange, isRead) {
      const departure = isRead ? departureIn(await body.before?.(exchange)) : unreadBody(exchange);
      const refusal = departure && refusalOf(departure.answer)!;
      // Neither is the document's business.
      if (refusal && unreadable.has(refusal.code)) return { departure: null, unchecked: refusal.message };
      if (departure && refusal!.status !== 400) return { departure, unchecked: null };
      const inBody = departure?.violations ?? (isRead ? bodyViolations(exchange) : []);
      const all = [...parameterViolations(exchange), ...inBody];
      const answer = departure?.answer ?? (all.length > 0 ? refuseInvalid(exchange, all) : null);
      return { departure: answer && { violations: all, answer }, unchecked: null };
    },
  };
}

/** Why a body that the mock would refuse was not looked at: it is too large when unpacked, or packed in a way that is not known here. */
const unreadable = new Set(['body_too_large', 'unsupported_encoding']);

/** What an answer of the mock refuses; null where it refuses nothing. */
function departureIn(answer: Answer | undefined): Departure | null {
  const refusal = answer && refusalOf(answer);
  if (!refusal) return null;
  const { status, code, message, violations = [] } = refusal;
  return { answer, violations: violations.length > 0 ? violations : [{ location: placeOf(status), code, message }] };
}

/** What the upstream has and no document is there all the same. */
function asUndeclared(violation: Violation): Violation {
  if (violation.code !== 'not_found') return violation;
  return { ...violation, message: 'No document declares this path.' };
}

/** What of a request a status is about. */
function placeOf(status: number): readonly string[] {
  if (status === 404) return ['path'];
  if (status === 405) return ['method'];
  if (status === 401 || status === 403) return ['security'];
  return status === 415 ? ['header', 'content-type'] : ['body'];
}

/** Bodies that are passed on as they come are held against the document by their media type alone. */
function unreadBody(exchange: Exchange): Departure | null {
  const { headers } = exchange.request;
  const plan = bodyPlanOf(exchange.route!);
  const sent = headers['content-type'];
  const isEmpty = headers['transfer-encoding'] === undefined && Number(headers['content-length'] ?? 0) === 0;
  if (isEmpty || sent === undefined || plan.media.length === 0) return null;
  if (plan.takes(mediaTypeOf(sent)?.name ?? '')) return null;
  const wanted = plan.media.map(({ name }) => `\`${name}\``).join(' or ');
  const message = `The body must be ${wanted}, not \`${sent.slice(0, 100)}\`.`;
  const violation = { location: ['header', 'content-type'], code: 'unsupported_media_type', message };
  return { violations: [violation], answer: refuse(exchange, { status: 415, code: violation.code, message }) };
}

/** Believes what has the right form. */
const presence: Admissions = {
  ofToken: () => ({ caller: { key: 'anybody', scopes: null } }),
  ofKey: () => ({ caller: { key: 'anybody', scopes: null } }),
};
