import { errorBodies, isPrescribed } from '../../conventions/openapi/error-bodies.ts';
import { judging } from '../../languages/openapi/examples.ts';
import { isObject } from '../../languages/openapi/json.ts';
import type { OpenApi } from '../../languages/openapi/openapi.ts';
import { codesOf, isJson, isSuccess, type MediaType, memoised, type Response } from '../../languages/openapi/select.ts';
import { mismatches, type SchemaAt } from '../../languages/openapi/values.ts';
import { Random } from '../random.ts';
import { completeValue } from '../sample/sample.ts';
import { fieldOf, fillError, type Telling, titleOf } from './error-fields.ts';
import type { Answer, Exchange, Headers, Refusal, Route, Violation } from './exchange.ts';
import { isXmlName, mediaTypeOf } from './media-types.ts';
import { chosenMedia, responseFor } from './negotiation.ts';
import { prismRefusal } from './prism.ts';

/**
 * The one place where errors get their shape: that of the document for this status of this operation; where it declares none, the
 * commonest error of the document; where there is none either, an envelope `{ error: { code, message, request_id, details } }`
 * or, if the settings say so, a problem (RFC 9457). What the shape has fields for is filled in by their names and always valid by
 * the schema; violations for which it has no place go into the header `x-violations`, as JSON.
 */
export function refuse(exchange: Exchange, refusal: Refusal): Answer {
  const answer = shaped(exchange, refusal);
  refusals.set(answer, refusal);
  return answer;
}

const refusals = new WeakMap<Answer, Refusal>();

/** What an answer of `refuse` says, before it got its shape; undefined for answers that are no refusals. */
export const refusalOf = (answer: Answer): Refusal | undefined => refusals.get(answer);

function shaped(exchange: Exchange, refusal: Refusal): Answer {
  if (exchange.context.settings.compat === 'prism') return prismRefusal(exchange, refusal);
  const shape = shapeFor(exchange, refusal.status);
  return (shape && declaredError(exchange, refusal, shape)) ?? ownError(exchange, refusal);
}

/** How the document's errors look. */
interface Shape {
  readonly api: OpenApi;
  readonly schema: SchemaAt;
  readonly mediaType: string;
}

function shapeFor(exchange: Exchange, status: number): Shape | undefined {
  const { route } = exchange;
  const api = route?.api ?? exchange.api;
  if (!api) return undefined;
  const response = route ? responseFor(route, status) : undefined;
  const media = response && isForErrors(route!, response) ? errorMedia(exchange, response) : undefined;
  if (media) return { api, schema: media.schema!, mediaType: media.name };
  const common = commonError(api);
  return common ? { api, ...common } : undefined;
}

/** Alone, a `default` stands for successes as well. */
function isForErrors({ api, operation }: Route, { code }: Response): boolean {
  return code !== 'default' || codesOf(api, operation).some(isSuccess);
}

/** The representation of an error that the caller takes and that can carry one; JSON before all else. */
function errorMedia(exchange: Exchange, response: Response): MediaType | undefined {
  const chosen = chosenMedia(exchange, response);
  const canTell = ({ name, schema }: MediaType) =>
    schema !== undefined && (isJson(name) || isXmlName(mediaTypeOf(name)?.name ?? name));
  if (chosen && canTell(chosen)) return chosen;
  return response.media.find((media) => canTell(media)) ?? response.media.find(({ schema }) => schema !== undefined);
}

/** The error that most answers of a document have. That of OAuth and the like, only where there is no other. */
const commonError = memoised((api): Omit<Shape, 'api'> | null => {
  const told = errorBodies(api).filter(({ shape }) => shape.style !== 'unknown');
  const own = told.filter(({ shape }) => !isPrescribed(shape));
  const candidates = own.length > 0 ? own : told;
  const most = candidates.reduce<(typeof candidates)[number] | undefined>(
    (best, next) => (best && best.answers.length >= next.answers.length ? best : next),
    undefined,
  );
  return most ? { schema: most.schema, mediaType: most.media.name } : null;
});

function declaredError(exchange: Exchange, refusal: Refusal, { api, schema, mediaType }: Shape): Answer | undefined {
  const { status, violations = [] } = refusal;
  const filled = fillError(api, schema, tellingOf(exchange, refusal));
  if (filled.value === undefined) return undefined;
  const random = new Random('error', exchange.context.settings.seed, status);
  let value = completeValue(schema, filled.value, {
    api,
    direction: 'response',
    random,
    examples: true,
    called: ['error'],
  });
  let isTold = filled.tellsViolations || violations.length === 0;
  if (!isTold) {
    const richer = withDetails(value, violations);
    if (richer !== undefined && mismatches(richer, schema, judging(api, 'response')).length === 0) {
      value = richer;
      isTold = true;
    }
  }
  const headers = isTold ? (refusal.headers ?? {}) : { ...refusal.headers, ...violationsHeader(violations) };
  const type = mediaType.includes('*') ? 'application/json' : mediaType;
  return { status, headers, body: { value, mediaType: type, schema } };
}

/** Puts details where the message is: beside it in `error`, or in the body. */
function withDetails(value: unknown, violations: readonly Violation[]): unknown {
  if (!isObject(value)) return undefined;
  const inner = Object.entries(value).find(([name, part]) => /^(?:error|fault)$/i.test(name) && isObject(part));
  const details = detailsOf(violations);
  if (inner) return { ...value, [inner[0]]: { ...(inner[1] as object), details } };
  return 'details' in value || 'errors' in value ? { ...value, violations: details } : { ...value, details };
}

function detailsOf(violations: readonly Violation[]): unknown[] {
  return violations.map((violation) => ({
    field: fieldOf(violation),
    in: violation.location[0],
    code: violation.code,
    message: violation.message,
  }));
}

/** Bytes of a header that no client stumbles over. */
const longestHeader = 4000;

/** Violations as JSON in ASCII; as many as there is room for. */
function violationsHeader(violations: readonly Violation[]): Headers {
  for (let count = violations.length; count > 0; count = Math.floor(count / 2)) {
    const text = inAscii(JSON.stringify(detailsOf(violations.slice(0, count))));
    if (text.length <= longestHeader) return { 'x-violations': text };
  }
  return {};
}

const inAscii = (text: string): string =>
  text.replace(/[^\x20-\x7e]/g, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`);

function tellingOf(exchange: Exchange, { status, code, message, violations = [] }: Refusal): Telling {
  const { id, method, path, at } = exchange;
  return { status, code, message, violations, requestId: id, method, path, at };
}

function ownError(exchange: Exchange, { status, code, message, violations = [], headers = {} }: Refusal): Answer {
  const details = violations.length > 0 ? detailsOf(violations) : undefined;
  if (exchange.context.settings.errorStyle === 'problem') {
    const value = {
      type: 'about:blank',
      title: titleOf(status),
      status,
      detail: message,
      code,
      request_id: exchange.id,
      ...(details && { errors: details }),
    };
    return { status, headers, body: { value, mediaType: 'application/problem+json' } };
  }
  const error = { code, message, request_id: exchange.id, ...(details && { details }) };
  return { status, headers, body: { value: { error }, mediaType: 'application/json' } };
}
