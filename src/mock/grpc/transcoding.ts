import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Context } from '../context.ts';
import { incomingBytes } from '../incoming.ts';
import { isObject, type Json, type JsonObject } from '../json.ts';
import { type Admission, admissionOf, type Knock } from './admission.ts';
import { type Behavior, behaviorOf } from './behavior.ts';
import { statusOf } from './calls.ts';
import { type Found, type HttpRule, HttpRules } from './http-rules.ts';
import { fromProtoJson, toProtoJson } from './proto-json.ts';
import type { FieldType, MessageType } from './schema.ts';
import { servicesOf } from './services.ts';
import { hasBehavior } from './shape-of.ts';
import { badRequest, StatusError, statusSchema } from './status.ts';
import { validate } from './validation.ts';
import { isWellKnown } from './well-known.ts';

const httpBody = 'google.api.HttpBody';
/** Query parameters that all Google APIs know, and those that mean something to mocks; none is a field. */
const systemParameters =
  /^(?:\$?\.?(?:alt|callback|fields|key|prettyPrint|quotaUser|uploadType|xgafv|access_token|oauth_token|upload_protocol)$|__)/;

/**
 * Serves rpcs as REST, by their `google.api.http` annotations (AIP-127): JSON in and out, errors as google.rpc.Status with the
 * HTTP status of their code (AIP-193). A stream of answers is a JSON array that grows, or NDJSON for those who accept it.
 * @returns what answers a request, or leaves it: false where no rpc has that path
 */
export function transcodingHandler(
  context: Context,
): (request: IncomingMessage, response: ServerResponse) => boolean | Promise<boolean> {
  const rules = new HttpRules(servicesOf(context));
  if (rules.size === 0) return () => false;
  const behavior = behaviorOf(context);
  const admission = admissionOf(context);
  return (request, response) => {
    const { url = '/', method = 'GET' } = request;
    const mark = url.indexOf('?');
    const path = mark === -1 ? url : url.slice(0, mark);
    const found = rules.find(method, path);
    if (!found) return false;
    head(context, request, response);
    if (!('rule' in found)) return answerNone(found, method, response);
    context.traffic.name(response, found.rule.template);
    const query = new URLSearchParams(mark === -1 ? '' : url.slice(mark + 1));
    return new Transcoding(context, behavior, admission, found, query).answer(request, response);
  };
}

/** What every answer has. */
function head({ settings }: Context, request: IncomingMessage, response: ServerResponse): void {
  const given = request.headers['x-request-id'];
  response.setHeader(
    'x-request-id',
    typeof given === 'string' && /^[\x21-\x7e]{1,200}$/.test(given) ? given : crypto.randomUUID(),
  );
  if (settings.cors && request.headers.origin !== undefined) {
    response.setHeader('access-control-allow-origin', '*');
    response.setHeader('access-control-expose-headers', '*');
  }
}

function answerNone(
  { allowed }: Extract<Found, { allowed: unknown }>,
  method: string,
  response: ServerResponse,
): boolean {
  response.setHeader('allow', [...allowed, 'OPTIONS'].join(', '));
  if (method === 'OPTIONS') {
    response.setHeader('access-control-allow-methods', [...allowed, 'OPTIONS'].join(', '));
    response.setHeader('access-control-allow-headers', '*, authorization');
    response.writeHead(204).end();
  } else {
    sendJson(response, 405, {
      error: { code: 405, message: `${method} is not allowed here.`, status: 'UNIMPLEMENTED' },
    });
  }
  return true;
}

/** One request on its way to an answer. */
class Transcoding {
  readonly #context: Context;
  readonly #behavior: Behavior;
  readonly #admission: Admission;
  readonly #rule: HttpRule;
  readonly #variables: Readonly<Record<string, string>>;
  readonly #query: URLSearchParams;

  constructor(
    context: Context,
    behavior: Behavior,
    admission: Admission,
    { rule, variables }: Extract<Found, { rule: unknown }>,
    query: URLSearchParams,
  ) {
    this.#context = context;
    this.#behavior = behavior;
    this.#admission = admission;
    this.#rule = rule;
    this.#variables = variables;
    this.#query = query;
  }

  async answer(request: IncomingMessage, response: ServerResponse): Promise<true> {
    try {
      const knock = knockOf(request);
      const delay = this.#admission.delay(knock);
      if (delay > 0) await waited(delay, response);
      const { rpc } = this.#rule;
      this.#admission.judge(rpc, knock);
      if (rpc.method.clientStreaming)
        throw new StatusError('UNIMPLEMENTED', `${rpc.method.fullName} takes a stream, which HTTP has none for.`);
      const message = this.#message(
        this.#rule.body === null ? null : await bodyOf(request, this.#context.settings.maxBody),
      );
      validate(rpc.method.request, message);
      if (rpc.method.serverStreaming) this.#stream(message, request, response);
      else this.#send(this.#behavior.answer(rpc, message), request, response);
    } catch (error) {
      this.#refuse(error, response);
    }
    return true;
  }

  /** The request's message: from the body, the path and the query. */
  #message(body: Json | null): JsonObject {
    const { rpc, body: bodyField } = this.#rule;
    const { request: type } = rpc.method;
    const { schema } = rpc.codec;
    const asked: Mutable = {};
    if (bodyField === '*') {
      if (body !== null && !isObject(body))
        throw badRequest({ field: '', description: 'The body has to be an object.' });
      Object.assign(asked, body ?? {});
    } else if (bodyField !== null && body !== null) {
      const field = type.byName.get(bodyField);
      if (field) asked[field.name] = this.#bodyOf(field, body);
    }
    for (const name of new Set(this.#query.keys())) {
      if (!systemParameters.test(name)) put(asked, type, name, this.#query.getAll(name));
    }
    for (const [name, value] of Object.entries(this.#variables)) put(asked, type, name, [value], true);
    const message = fromProtoJson(schema, type, asked);
    return isObject(message) ? this.#withMask(message, type) : {};
  }

  #bodyOf(field: FieldType, body: Json): Json {
    return field.message?.fullName === httpBody && typeof body === 'string' ? { data: body } : body;
  }

  /** A PATCH without a mask changes what its body has, deep down: AIP-134. */
  #withMask(message: JsonObject, type: MessageType): JsonObject {
    const { method, body } = this.#rule;
    const field = body === null || body === '*' ? undefined : type.byName.get(body);
    const mask = type.fields.find(
      (one) =>
        one.message?.fullName === 'google.protobuf.FieldMask' && /^(?:update_)?mask$|^field_mask$/.test(one.name),
    );
    const written = field && message[field.name];
    if (method !== 'PATCH' || !mask || message[mask.name] !== undefined || !field?.message || !isObject(written))
      return message;
    const named = new Set(Object.keys(this.#variables));
    const paths = leaves(field.message, written, '').filter((path) => !named.has(`${field.name}.${path}`));
    return paths.length === 0 ? message : { ...message, [mask.name]: paths.join(',') };
  }

  #send(answer: JsonObject, request: IncomingMessage, response: ServerResponse): void {
    const { rpc, responseBody } = this.#rule;
    const { response: type } = rpc.method;
    if (type.fullName === httpBody) {
      const { content_type = 'application/octet-stream', data = '' } = answer;
      send(
        response,
        200,
        Buffer.from(String(data), 'base64'),
        isMediaType(content_type) ? content_type : 'application/octet-stream',
        request.method,
      );
      return;
    }
    // As a client of gRPC would read it.
    const read = rpc.codec.decode(type, rpc.codec.encode(type, answer));
    const written = toProtoJson(rpc.codec.schema, type, read);
    const field = responseBody === null ? undefined : type.byName.get(responseBody);
    const part =
      field && isObject(written) ? (written[field.jsonName] ?? (field.repeated && !field.map ? [] : {})) : written;
    sendJson(response, 200, part, request.method);
  }

  #stream(message: JsonObject, request: IncomingMessage, response: ServerResponse): void {
    const { rpc } = this.#rule;
    const { response: type } = rpc.method;
    const isLines = /ndjson|jsonl|json-seq/.test(request.headers.accept ?? '');
    let count = 0;
    let stop: (() => void) | undefined;
    let isOver = false;
    const begin = () => {
      if (!response.headersSent)
        response.writeHead(200, {
          'content-type': isLines ? 'application/x-ndjson' : 'application/json',
          'cache-control': 'no-store',
        });
    };
    const write = (answer: JsonObject) => {
      if (isOver || response.destroyed) return;
      const read = rpc.codec.decode(type, rpc.codec.encode(type, answer));
      const text = JSON.stringify(toProtoJson(rpc.codec.schema, type, read));
      begin();
      response.write(isLines ? `${text}\n` : `${count === 0 ? '[' : ',\n'}${text}`);
      count++;
      // A caller who does not read must not fill the memory.
      if (response.writableLength > 16_000_000) response.destroy();
    };
    const end = () => {
      if (isOver) return;
      isOver = true;
      stop?.();
      begin();
      response.end(isLines ? '' : count === 0 ? '[]' : ']\n');
    };
    response.once('close', () => {
      isOver = true;
      stop?.();
    });
    stop = this.#behavior.stream(rpc, message, write, end);
    if (isOver) stop();
  }

  #refuse(error: unknown, response: ServerResponse): void {
    if (response.headersSent || response.destroyed) {
      response.destroy();
      return;
    }
    const status = statusOf(error, this.#context);
    if (status.code === 'UNAUTHENTICATED') response.setHeader('www-authenticate', 'Bearer realm="api"');
    const delay = status.details.find((one) => typeof one.retry_delay === 'string')?.retry_delay;
    if (delay !== undefined)
      response.setHeader('retry-after', String(Math.max(1, Math.ceil(Number.parseFloat(String(delay))))));
    const schema = statusSchema();
    const details = status.details.map((one) => toProtoJson(schema, schema.message('google.protobuf.Any')!, one));
    const code = error instanceof TooLarge ? 413 : status.httpStatus;
    // What could not be read to its end is no place for another request.
    if (error instanceof TooLarge) response.setHeader('connection', 'close');
    sendJson(response, code, { error: { code, message: status.message, status: status.code, details } });
  }
}

type Mutable = { [name: string]: Json };

class TooLarge extends StatusError {}

/** Sets a field that a path or a query names: `order.name`, `orderId`. */
function put(into: Mutable, type: MessageType, name: string, texts: readonly string[], isCertain = false): void {
  const [first = '', ...rest] = name.split('.');
  const field = type.byName.get(first);
  const inner = field && !field.repeated ? field.message : null;
  if (field && rest.length > 0 && inner && !isWellKnown(inner.fullName)) {
    const known = into[field.name] ?? into[field.jsonName];
    const below: Mutable = isObject(known) ? { ...known } : {};
    delete into[field.jsonName];
    into[field.name] = below;
    put(below, inner, rest.join('.'), texts, isCertain);
    return;
  }
  const isStruct = inner !== null && inner !== undefined && !isWellKnown(inner.fullName);
  if (!field || rest.length > 0 || field.map || isStruct) {
    throw badRequest({ field: name, description: 'There is no such field that a parameter could set.' });
  }
  const values = texts.map((text) => parameterValue(field, text));
  delete into[field.jsonName];
  if (field.repeated) into[field.name] = values;
  else if (values.length > 1 && !isCertain) throw badRequest({ field: name, description: 'The field is there twice.' });
  else into[field.name] = values[0]!;
}

/** Texts are read by their fields, but for flags and the numbers of enums. */
function parameterValue(field: FieldType, text: string): Json {
  const isFlag = field.kind === 'bool' || field.message?.fullName === 'google.protobuf.BoolValue';
  if (isFlag && (text === 'true' || text === 'false')) return text === 'true';
  return field.kind === 'enum' && /^-?\d{1,10}$/.test(text) ? Number(text) : text;
}

/** The ways to what is set in a message, without what is the server's. */
function leaves(type: MessageType, value: JsonObject, path: string): string[] {
  return type.fields.flatMap((field) => {
    const inner = Object.hasOwn(value, field.name) ? value[field.name] : undefined;
    if (inner === undefined || hasBehavior(field, 'OUTPUT_ONLY') || hasBehavior(field, 'IDENTIFIER')) return [];
    const at = path === '' ? field.name : `${path}.${field.name}`;
    const isNested =
      field.message &&
      !field.repeated &&
      !isWellKnown(field.message.fullName) &&
      isObject(inner) &&
      Object.keys(inner).length > 0;
    return isNested ? leaves(field.message!, inner as JsonObject, at) : [at];
  });
}

function knockOf(request: IncomingMessage): Knock {
  return {
    metadata: (name) => {
      const value = request.headers[name];
      return Array.isArray(value) ? value[0] : value;
    },
    peer: request.socket.remoteAddress ?? '',
  };
}

/** @throws StatusError when it is no JSON, or too large */
async function bodyOf(request: IncomingMessage, most: number): Promise<Json | null> {
  const bytes = await incomingBytes(request, most);
  if (bytes === 'too large') throw new TooLarge('RESOURCE_EXHAUSTED', `The body is larger than ${most} bytes.`);
  if (bytes === 'aborted') throw badRequest({ field: '', description: 'The body ended too early.' });
  if (bytes.length === 0) return null;
  try {
    return JSON.parse(bytes.toString('utf8')) as Json;
  } catch {
    throw badRequest({ field: '', description: 'The body is no JSON.' });
  }
}

function waited(delay: number, response: ServerResponse): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      clearTimeout(timer);
      response.off('close', done);
      resolve();
    };
    const timer = setTimeout(done, delay);
    response.once('close', done);
  });
}

function isMediaType(value: Json): value is string {
  return typeof value === 'string' && /^[\w.+-]+\/[\w.+-]+(?:;[ -~]*)?$/.test(value);
}

function sendJson(response: ServerResponse, status: number, value: unknown, method?: string): void {
  send(response, status, Buffer.from(JSON.stringify(value)), 'application/json', method);
}

function send(response: ServerResponse, status: number, bytes: Buffer, mediaType: string, method?: string): void {
  response.writeHead(status, { 'content-type': mediaType, 'content-length': bytes.length });
  response.end(method === 'HEAD' ? undefined : bytes);
}
