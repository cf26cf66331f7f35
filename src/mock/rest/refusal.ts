import type { Answer, Exchange, Refusal } from './exchange.ts';

/** The one place where errors get their shape. */
export function refuse(exchange: Exchange, refusal: Refusal): Answer {
  const { status, code, message, violations = [], headers = {} } = refusal;
  const details = violations.map(({ location, code, message }) => ({ field: location.join('.'), code, message }));
  const value = { error: { code, message, request_id: exchange.id, ...(details.length > 0 && { details }) } };
  return { status, headers, body: { value, mediaType: 'application/json' } };
}
