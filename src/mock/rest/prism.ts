import { responsesOf } from '../../languages/openapi/select.ts';
import { titleOf } from './error-fields.ts';
import { exampleAnswer } from './examples.ts';
import type { Answer, Exchange, Refusal, Stage, Violation } from './exchange.ts';
import { chosenMedia, responseFor } from './negotiation.ts';
import { inPrismWords, type PrismViolation, violationsHeader } from './prism-violations.ts';

/**
 * Errors as Prism has them (its guide on mocking, "Response Generation"): for what is wrong with a request, the first response that
 * the operation declares of those that could be meant, else its `default`, filled with its example; where it declares none of them
 * and for all else, a problem (RFC 9457) whose type is one of Prism's, with the violations under `validation`. What is wrong with a
 * request that is answered with a declared response is told in the header `sl-violations`.
 */
export function prismRefusal(exchange: Exchange, refusal: Refusal): Answer {
  const answer = answerFor(exchange, refusal);
  refusals.set(answer, refusal);
  return answer;
}

function answerFor(exchange: Exchange, refusal: Refusal): Answer {
  const violations = [...standingFor(refusal), ...(refusal.violations ?? []).map(inPrismWords)];
  const declared = declaredCode(exchange, refusal);
  if (declared === undefined) return problem(exchange, refusal, violations);
  const answer = exampleAnswer(askingFor(exchange, declared));
  const told = violationsHeader(
    violations.map(({ location, ...rest }) => ({ location: inRequest(location), ...rest })),
  );
  return { ...answer, headers: { ...answer.headers, ...refusal.headers, ...told } };
}

/** As if the caller had asked for a status; and, where it takes none of its media types, for no media type. */
function askingFor(exchange: Exchange, code: number): Exchange {
  const changed: PropertyDescriptorMap = { wishes: { value: { code } } };
  const { request, route } = exchange;
  if (chosenMedia(exchange, responseFor(route!, code)) === undefined) {
    const { accept: _, ...headers } = request.headers;
    changed['request'] = { value: Object.create(request, { headers: { value: headers } }) };
  }
  return Object.create(exchange, changed) as Exchange;
}

/** What answers were meant to refuse, for `collected`. */
const refusals = new WeakMap<Answer, Refusal>();

/**
 * Stages as one that lets each of them look, and answers with the first refusal and the violations of all: Prism tells callers
 * without credentials what else is wrong.
 */
export function collected(stages: readonly Stage[]): Stage {
  return {
    name: stages.map(({ name }) => name).join(', '),
    async before(exchange) {
      let first: Refusal | undefined;
      const violations: Violation[] = [];
      for (const stage of stages) {
        const answer = await stage.before?.(exchange);
        if (answer === undefined) continue;
        const refusal = refusals.get(answer);
        if (!refusal || !collectable.has(refusal.status)) return first ? undefined : answer;
        if (first && refusal.status === 415) violations.push(unsupported(refusal));
        first ??= refusal;
        violations.push(...(refusal.violations ?? []));
      }
      return first && prismRefusal(exchange, { ...first, violations });
    },
  };
}

const collectable = new Set([401, 415, 422, 400]);

/** The codes that could be meant, the likeliest first. */
const expected: Readonly<Record<number, readonly number[]>> = {
  401: [401],
  415: [415, 422, 400],
  422: [422, 400],
  400: [400],
};

/** The declared code that a refusal is answered with; undefined where the operation declares none. */
function declaredCode({ route }: Exchange, { status, code }: Refusal): number | undefined {
  const wanted = code === 'invalid_preference' ? undefined : expected[status];
  if (!route || !wanted) return undefined;
  const codes = responsesOf(route.api, route.operation).map((response) => response.code);
  const found = wanted.find((one) => codes.includes(String(one)));
  return found ?? (codes.includes('default') ? wanted[0] : undefined);
}

function problem(
  exchange: Exchange,
  { status, code, message, headers = {} }: Refusal,
  violations: readonly PrismViolation[],
): Answer {
  const value = {
    type: `https://stoplight.io/prism/errors#${typeOf(status, code, exchange)}`,
    title: titleOf(status),
    status,
    detail: message,
    ...(violations.length > 0 && judging.has(status) && { validation: violations }),
  };
  return { status, headers, body: { value, mediaType: 'application/problem+json' } };
}

/** The statuses of problems that list what is wrong. */
const judging = new Set([422, 400]);

/** What Prism calls an error. */
function typeOf(status: number, code: string, { route }: Exchange): string {
  if (code === 'no_server_matched') return 'NO_SERVER_MATCHED_ERROR';
  if (code === 'violations') return 'VIOLATIONS';
  if (status === 404) return route ? 'NOT_FOUND' : 'NO_PATH_MATCHED_ERROR';
  return types[status] ?? code.toUpperCase();
}

const types: Readonly<Record<number, string>> = {
  400: 'UNPROCESSABLE_ENTITY',
  401: 'UNAUTHORIZED',
  405: 'NO_METHOD_MATCHED_ERROR',
  406: 'NOT_ACCEPTABLE',
  415: 'INVALID_CONTENT_TYPE',
  422: 'UNPROCESSABLE_ENTITY',
  500: 'NO_RESPONSE_RESPONSE_DEFINED',
};

/** Refusals that are violations of the request as a whole. */
function standingFor({ status, message }: Refusal): PrismViolation[] {
  if (status !== 401 && status !== 415) return [];
  return [{ location: ['request'], severity: 'Error', code: status, message }];
}

/** A body of a kind that is not taken, beside something worse. */
const unsupported = ({ message }: Refusal): Violation => ({ location: ['request'], code: '415', message });

const inRequest = (location: readonly string[]): readonly string[] =>
  location[0] === 'request' ? location : ['request', ...location];
