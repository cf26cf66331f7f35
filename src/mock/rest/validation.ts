import { judging } from '../../languages/openapi/examples.ts';
import { codesOf } from '../../languages/openapi/select.ts';
import { mismatches } from '../../languages/openapi/values.ts';
import type { Context } from '../context.ts';
import { bodyPlanOf } from './body-plan.ts';
import { notAcceptable, usualOf } from './examples.ts';
import type { Answer, Exchange, Route, Stage, Violation } from './exchange.ts';
import { isJsonName, isXmlName } from './media-types.ts';
import { chosenMedia, responseFor } from './negotiation.ts';
import { readParameters } from './parameters.ts';
import { perRoute } from './per-route.ts';
import { refuse } from './refusal.ts';
import { violationsOf } from './violations.ts';

/**
 * Holds parameters and body against the document, and tells of everything that is wrong at once; then asks whether the answer can
 * be had in a form that the caller takes (406). `readOnly` properties in requests are let through: clients send back what they got,
 * and what is theirs to set is for the writes to decide.
 */
export function validationStage(_context: Context): Stage {
  return {
    name: 'validation',
    before(exchange) {
      const all = [...parameterViolations(exchange), ...bodyViolations(exchange)];
      if (all.length > 0) return refuseInvalid(exchange, all);
      if (exchange.request.headers.accept === undefined) return undefined;
      const { wishes, route } = exchange;
      const response = wishes.code === undefined ? usualOf(route!).response : responseFor(route!, wishes.code);
      return response && chosenMedia(exchange, response) === undefined ? notAcceptable(exchange, response) : undefined;
    },
  };
}

/** Refuses a request for what is wrong with it. */
export function refuseInvalid(exchange: Exchange, violations: readonly Violation[]): Answer {
  return refuse(exchange, {
    status: refusalStatus(exchange.route!),
    code: 'validation_failed',
    message: summary(violations),
    violations,
  });
}

/** What is wrong with the parameters of a request; they are kept in the exchange. */
export function parameterViolations(exchange: Exchange): readonly Violation[] {
  const { parameters, violations } = readParameters(exchange);
  exchange.parameters = parameters;
  return violations;
}

/** What is wrong with the body of a request, once it was read. */
export function bodyViolations(exchange: Exchange): Violation[] {
  const { body, bytes, mediaType } = exchange;
  const { api } = exchange.route!;
  const plan = bodyPlanOf(exchange.route!);
  if (body === undefined) {
    // What was sent and could not be read has been told of.
    if (bytes && bytes.length > 0) return [];
    return plan.required ? [{ location: ['body'], code: 'required', message: 'A body is required.' }] : [];
  }
  const schema = mediaType === null ? undefined : plan.mediaFor(mediaType)?.schema;
  if (!schema || !isJudged(mediaType!) || Buffer.isBuffer(body)) return [];
  return violationsOf(mismatches(body, schema, judging(api, 'request')), body, ['body']);
}

/** Bodies that can be held against a schema; others are bytes. */
export const isJudged = (name: string): boolean =>
  isJsonName(name) ||
  isXmlName(name) ||
  name.startsWith('text/') ||
  name.startsWith('multipart/form-data') ||
  name === 'application/x-www-form-urlencoded';

/**
 * The status for what does not fit: 422, unless the operation declares 400 and not 422. In this order: 422 declared; 400 declared;
 * `4XX` or `default`, which both take 422; nothing declared: 422.
 */
export const refusalStatus = perRoute(({ api, operation }: Route): number => {
  const codes = codesOf(api, operation);
  return codes.includes('400') && !codes.includes('422') ? 400 : 422;
});

/** The first three violations in one line: callers may get no more than a message to see. */
export function summary(all: readonly Violation[]): string {
  const told = all.slice(0, 3).map(({ message }) => message);
  const more = all.length - told.length;
  return more > 0 ? `${told.join(' ')} And ${more} more.` : told.join(' ');
}
