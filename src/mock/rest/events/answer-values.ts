import type { Answer } from '../exchange.ts';

/** Bytes of an answer that are read again. */
const longestRead = 1_000_000;

/** What an answer says, as a value; undefined where it is no JSON. */
export function bodyValue({ body }: Answer): unknown {
  if (!body) return undefined;
  if ('value' in body) return body.value;
  if (!('bytes' in body) || !/\bjson\b/i.test(body.mediaType) || body.bytes.length > longestRead) return undefined;
  try {
    return JSON.parse(body.bytes.toString());
  } catch {
    return undefined;
  }
}
