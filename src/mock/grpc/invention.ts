import type { Context } from '../context.ts';
import { isObject, type Json, type JsonObject } from '../json.ts';
import { inventShape } from '../lens/invent.ts';
import { Random } from '../random.ts';
import type { MessageType } from './schema.ts';
import type { Rpc } from './services.ts';
import { shapeToInvent } from './shape-of.ts';
import { isWellKnown } from './well-known.ts';

const operation = 'google.longrunning.Operation';

/**
 * An answer that is made up, the same for the same request. What a field of the request holds that is called like one of the
 * answer is repeated there.
 * @param index which of several
 */
export function madeUp(context: Context, rpc: Rpc, request: JsonObject, index = 0): JsonObject {
  const { method } = rpc;
  const { settings } = context;
  if (method.response.fullName === operation) return operationOf(context, rpc, (type) => made(type, index)) ?? {};
  function made(type: MessageType, nth: number): JsonObject {
    const random = new Random(settings.seed, method.fullName, JSON.stringify(request), nth);
    const value = inventShape(shapeToInvent(type), random, [simpleName(type)]);
    return isObject(value) ? value : {};
  }
  if (isWellKnown(method.response.fullName)) {
    // What has a form of its own in JSON is no object.
    const random = new Random(settings.seed, method.fullName, JSON.stringify(request), index);
    return inventShape(shapeToInvent(method.response), random, [method.name]) as unknown as JsonObject;
  }
  return { ...made(method.response, index), ...repeated(method.response, method.request, request) };
}

/**
 * A google.longrunning.Operation that is done, where an rpc answers with one; null where it does not.
 * @param result what it came to, by its type
 */
export function operationOf(context: Context, rpc: Rpc, result: (type: MessageType) => JsonObject): JsonObject | null {
  const { method, codec } = rpc;
  if (method.response.fullName !== operation) return null;
  const info = method.options['[google.longrunning.operation_info]'];
  const named = isObject(info) ? info.response_type : undefined;
  const [pkg] = /^.*(?=\.[^.]+$)/.exec(method.service) ?? [''];
  const type =
    typeof named === 'string' ? (codec.schema.message(named) ?? codec.schema.message(`${pkg}.${named}`)) : undefined;
  const random = new Random(context.settings.seed, 'operation', method.fullName, context.now());
  const id = Array.from({ length: 12 }, () => random.integer(0, 15).toString(16)).join('');
  const response = type && {
    '@type': `type.googleapis.com/${type.fullName}`,
    ...(isWellKnown(type.fullName) ? { value: null } : result(type)),
  };
  return { name: `operations/${id}`, done: true, ...(response && { response }) };
}

/** The plain fields of a request that the answer has as well. */
function repeated(response: MessageType, asked: MessageType, request: JsonObject): JsonObject {
  const found: Record<string, Json> = {};
  for (const field of response.fields) {
    const value = Object.hasOwn(request, field.name) ? request[field.name] : undefined;
    const same = asked.byName.get(field.name);
    const isSame =
      same?.kind === field.kind &&
      same.repeated === field.repeated &&
      same.kind !== 'message' &&
      same.enum === field.enum;
    if (value !== undefined && isSame && field.oneof === null) found[field.name] = value;
  }
  return found;
}

function simpleName({ fullName }: MessageType): string {
  return fullName.slice(fullName.lastIndexOf('.') + 1);
}
