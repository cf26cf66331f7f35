import { responsesOf } from '../../languages/openapi/select.ts';
import { titleOf } from './error-fields.ts';
import { exampleAnswer } from './examples.ts';
import type { Answer, Exchange, Refusal, Violation } from './exchange.ts';

/**
 * Errors as Prism has them (its guide on mocking, "Response Generation"): for what is wrong with a request, the first response that
 * the operation declares of those that could be meant, else its `default`, filled with its example; where it declares none of them
 * and for all else, a problem (RFC 9457) whose type is one of Prism's, with the violations under `validation`. What is wrong is told
 * in the header `sl-violations` too, so that a declared response without details does not hide it.
 */
export function prismRefusal(exchange: Exchange, refusal: Refusal): Answer {
  const violations = (refusal.violations ?? []).map(inPrismWords);
  const told = violations.length > 0 ? { 'sl-violations': shortened(violations) } : {};
  const headers = { ...refusal.headers, ...told };
  const declared = declaredCode(exchange, refusal);
  if (declared !== undefined) {
    const asked = Object.create(exchange, { wishes: { value: { code: declared } } }) as Exchange;
    const answer = exampleAnswer(asked);
    return { ...answer, headers: { ...answer.headers, ...headers } };
  }
  return problem(exchange, refusal, violations, headers);
}

/** The codes that could be meant, the likeliest first. */
const expected: Readonly<Record<number, readonly number[]>> = {
  401: [401],
  415: [415, 422, 400],
  422: [422, 400],
  400: [422, 400],
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
  { status, code, message }: Refusal,
  violations: readonly PrismViolation[],
  headers: Answer['headers'],
): Answer {
  const value = {
    type: `https://stoplight.io/prism/errors#${typeOf(status, code, exchange)}`,
    title: titleOf(status),
    status,
    detail: message,
    ...(violations.length > 0 && { validation: violations }),
  };
  return { status, headers, body: { value, mediaType: 'application/problem+json' } };
}

/** What Prism calls an error. */
function typeOf(status: number, code: string, { route }: Exchange): string {
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

interface PrismViolation {
  readonly location: readonly string[];
  readonly severity: 'Error';
  readonly code: string;
  readonly message: string;
}

function inPrismWords({ location, code, message }: Violation): PrismViolation {
  return { location: location.map(String), severity: 'Error', code, message };
}

/** Prism cuts the header off at about this many bytes. */
const longestHeader = 8000;

function shortened(violations: readonly PrismViolation[]): string {
  for (let count = violations.length; count > 0; count = Math.floor(count / 2)) {
    const text = JSON.stringify(violations.slice(0, count)).replace(
      /[^\x20-\x7e]/g,
      (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
    );
    if (text.length <= longestHeader) return text;
  }
  return '[]';
}
