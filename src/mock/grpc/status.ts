import { descriptorsOf } from '../../languages/protobuf/descriptors.ts';
import { read } from '../../languages/protobuf/protobuf.ts';
import { Source } from '../../text/source.ts';
import type { Json, JsonObject } from '../json.ts';
import { bundledText } from './bundled.ts';
import { Codec } from './codec.ts';
import { type CodeName, codes } from './codes.ts';
import { Schema } from './schema.ts';

/** The HTTP status for each code, as google/rpc/code.proto pairs them. */
const httpStatuses: Readonly<Record<CodeName, number>> = {
  OK: 200,
  CANCELLED: 499,
  UNKNOWN: 500,
  INVALID_ARGUMENT: 400,
  DEADLINE_EXCEEDED: 504,
  NOT_FOUND: 404,
  ALREADY_EXISTS: 409,
  PERMISSION_DENIED: 403,
  RESOURCE_EXHAUSTED: 429,
  FAILED_PRECONDITION: 400,
  ABORTED: 409,
  OUT_OF_RANGE: 400,
  UNIMPLEMENTED: 501,
  INTERNAL: 500,
  UNAVAILABLE: 503,
  DATA_LOSS: 500,
  UNAUTHENTICATED: 401,
};

/** What is wrong with a field of a request. */
export interface FieldViolation {
  /** The way to it, as the `.proto` writes it: `order.lines[0].quantity`. */
  readonly field: string;
  /** A sentence. */
  readonly description: string;
}

/** An answer that is no success. */
export class StatusError extends Error {
  override readonly name = 'StatusError';
  readonly code: CodeName;
  /** Messages of google/rpc/error_details.proto as `Any`s in JSON. */
  readonly details: readonly JsonObject[];

  constructor(code: CodeName, message: string, details: readonly JsonObject[] = []) {
    super(message);
    this.code = code;
    this.details = details;
  }

  /** The HTTP status that stands for the code. */
  get httpStatus(): number {
    return httpStatuses[this.code];
  }

  /** google.rpc.Status in JSON. */
  get status(): JsonObject {
    return { code: codes[this.code], message: this.message, details: this.details };
  }
}

/** The code of a name or a number, in any case: `NOT_FOUND`, `not found`, `5`; undefined of anything else. */
export function codeNamed(text: string): CodeName | undefined {
  const name = text.trim().toUpperCase().replace(/[ -]/g, '_');
  if (Object.hasOwn(codes, name)) return name as CodeName;
  return (Object.keys(codes) as CodeName[]).find((known) => /^\d+$/.test(name) && codes[known] === Number(name));
}

/** INVALID_ARGUMENT with a google.rpc.BadRequest that says what is wrong with each field. */
export function badRequest(...violations: readonly FieldViolation[]): StatusError {
  const [first] = violations;
  const more = violations.length > 1 ? ` (and ${violations.length - 1} more)` : '';
  const message = first
    ? `${first.field === '' ? '' : `${first.field}: `}${first.description}${more}`
    : 'The request is not valid.';
  return new StatusError('INVALID_ARGUMENT', message, [
    detail('BadRequest', { field_violations: violations as unknown as Json }),
  ]);
}

/** NOT_FOUND with a google.rpc.ResourceInfo. @param type what it is, in words @param name which one */
export function notFound(type: string, name: string): StatusError {
  return new StatusError('NOT_FOUND', `There is no ${type} \`${name}\`.`, [resourceInfo(type, name)]);
}

/** ALREADY_EXISTS with a google.rpc.ResourceInfo. */
export function alreadyExists(type: string, name: string): StatusError {
  return new StatusError('ALREADY_EXISTS', `The ${type} \`${name}\` exists already.`, [resourceInfo(type, name)]);
}

/** RESOURCE_EXHAUSTED with a google.rpc.RetryInfo. @param wait in milliseconds */
export function exhausted(message: string, wait: number): StatusError {
  const delay = `${(Math.ceil(wait) / 1000).toFixed(3).replace(/\.?0+$/, '')}s`;
  return new StatusError('RESOURCE_EXHAUSTED', message, [detail('RetryInfo', { retry_delay: delay })]);
}

/** A message of google/rpc/error_details.proto as `Any`. */
export function detail(name: string, fields: JsonObject): JsonObject {
  return { '@type': `type.googleapis.com/google.rpc.${name}`, ...fields };
}

/** The bytes of a google.rpc.Status, for the metadata `grpc-status-details-bin`. */
export function statusBytes({ status }: StatusError): Buffer {
  codec ??= new Codec(statusSchema());
  return codec.encode(codec.schema.message('google.rpc.Status')!, status);
}
let codec: Codec | undefined;

/** The types that statuses are made of. */
export function statusSchema(): Schema {
  if (!schema) {
    const paths = ['google/rpc/status.proto', 'google/rpc/error_details.proto'];
    const sources = paths.map((path) => new Source(path, bundledText(path)!));
    const [api] = read(sources, { read: () => ({ refused: 'It is bundled.' }) }, [''], true);
    schema = new Schema(descriptorsOf(api!, bundledText).files);
  }
  return schema;
}
let schema: Schema | undefined;

function resourceInfo(type: string, name: string): JsonObject {
  return detail('ResourceInfo', { resource_type: type, resource_name: name });
}
