import type * as Grpc from '@grpc/grpc-js';
import type { Context } from '../context.ts';
import type { Json, JsonObject } from '../json.ts';
import type { Admission, Knock } from './admission.ts';
import type { Behavior } from './behavior.ts';
import { codes } from './codes.ts';
import type { Rpc } from './services.ts';
import { StatusError, statusBytes } from './status.ts';
import { validate } from './validation.ts';
import { DecodeError } from './wire.ts';

/** A call of any kind as the library hands it over, its messages as bytes. */
export type RawCall = Grpc.ServerUnaryCall<Buffer, Buffer> &
  Grpc.ServerReadableStream<Buffer, Buffer> &
  Grpc.ServerWritableStream<Buffer, Buffer> &
  Grpc.ServerDuplexStream<Buffer, Buffer>;
type Handler = (call: RawCall, callback?: Grpc.sendUnaryData<Buffer>) => void;

/** What a stream of answers to one request sends. @returns what stops it */
type Streaming = (request: JsonObject, send: (answer: JsonObject) => void, end: () => void) => () => void;

/** So many answers may wait for a caller who does not read them. */
const mostWaiting = 10_000;
/** Of a stream of requests, so many are told of in the answer. */
const mostTold = 1000;
/** The metadata of an answer should stay below 8 KiB, which clients take. */
const mostDetails = 4096;
const longestMessage = 1000;

/** Turns what rpcs do into handlers of the library: reads and writes messages, waits, and keeps count. */
export class Calls {
  readonly #grpc: typeof Grpc;
  readonly #context: Context;
  /** What ends the calls that would go on for ever. */
  readonly #open = new Set<() => void>();

  constructor(grpc: typeof Grpc, context: Context) {
    this.#grpc = grpc;
    this.#context = context;
  }

  /** Ends all calls that wait for something to happen. */
  stop(): void {
    for (const end of [...this.#open]) end();
  }

  /** What serves an rpc of a document. */
  handler(rpc: Rpc, behavior: Behavior, admission: Admission): Handler {
    const { clientStreaming, serverStreaming } = rpc.method;
    if (clientStreaming && serverStreaming)
      return this.bidi(rpc, (request) => behavior.answer(rpc, request as JsonObject), admission);
    if (clientStreaming) return this.#clientStream(rpc, behavior, admission);
    if (serverStreaming) return this.serverStream(rpc, (...rest) => behavior.stream(rpc, ...rest), admission);
    return this.unary(rpc, (request) => behavior.answer(rpc, request), admission);
  }

  /** One request, one answer. */
  unary(rpc: Rpc, answer: (request: JsonObject) => JsonObject, admission?: Admission): Handler {
    return (call, callback) => {
      const record = this.#begin(call, rpc);
      const act = () => {
        try {
          admission?.judge(rpc, knockOf(call));
          callback!(null, this.#encoded(rpc, answer(this.#decoded(rpc, call.request))));
          record(codes.OK);
        } catch (error) {
          callback!(record(this.#errorOf(error)));
        }
      };
      this.#later(call, admission, act, record);
    };
  }

  /** One request, many answers. */
  serverStream(rpc: Rpc, stream: Streaming, admission?: Admission): Handler {
    return (call) => {
      const record = this.#begin(call, rpc);
      const act = () => {
        let stop: (() => void) | undefined;
        let isOver = false;
        const over = (error?: ServiceError) => {
          if (isOver) return;
          isOver = true;
          this.#open.delete(cancel);
          stop?.();
          if (error) {
            record(error);
            call.emit('error', error);
          } else {
            record(codes.OK);
            call.end();
          }
        };
        const cancel = () => over(this.#errorOf(new StatusError('UNAVAILABLE', 'The mock stops.')));
        const send = (message: JsonObject) => {
          if (isOver) return;
          call.write(this.#encoded(rpc, message));
          if (call.writableLength > mostWaiting) {
            over(this.#errorOf(new StatusError('RESOURCE_EXHAUSTED', 'The caller does not read fast enough.')));
          }
        };
        call.once('cancelled', () => {
          isOver = true;
          this.#open.delete(cancel);
          stop?.();
          record(codes.CANCELLED);
        });
        this.#open.add(cancel);
        try {
          admission?.judge(rpc, knockOf(call));
          stop = stream(this.#decoded(rpc, call.request), send, () => over());
          if (isOver) stop();
        } catch (error) {
          over(this.#errorOf(error));
        }
      };
      this.#later(call, admission, act, record);
    };
  }

  /** Many requests, one answer for each. */
  bidi(rpc: Rpc, answer: (request: Json) => JsonObject, admission?: Admission): Handler {
    return (call) => {
      const record = this.#begin(call, rpc);
      const act = () => {
        let isOver = false;
        const over = (error?: ServiceError) => {
          if (isOver) return;
          isOver = true;
          this.#open.delete(cancel);
          if (error) {
            record(error);
            call.emit('error', error);
          } else {
            record(codes.OK);
            call.end();
          }
        };
        const cancel = () => over(this.#errorOf(new StatusError('UNAVAILABLE', 'The mock stops.')));
        this.#open.add(cancel);
        call.on('data', (bytes: Buffer) => {
          if (isOver) return;
          try {
            const isFull = !call.write(this.#encoded(rpc, answer(this.#decoded(rpc, bytes))));
            if (isFull) {
              call.pause();
              call.once('drain', () => call.resume());
            }
          } catch (error) {
            over(this.#errorOf(error));
          }
        });
        call.once('end', () => over());
        call.once('cancelled', () => {
          isOver = true;
          this.#open.delete(cancel);
          record(codes.CANCELLED);
        });
        // What the caller does wrong is told by the library.
        call.on('error', () => over());
        try {
          admission?.judge(rpc, knockOf(call));
        } catch (error) {
          over(this.#errorOf(error));
        }
      };
      this.#later(call, admission, act, record);
    };
  }

  /** Many requests, one answer for all. */
  #clientStream(rpc: Rpc, behavior: Behavior, admission: Admission): Handler {
    const each = behavior.each(rpc);
    return (call, callback) => {
      const record = this.#begin(call, rpc);
      const act = () => {
        const answers: JsonObject[] = [];
        let count = 0;
        let isOver = false;
        const over = (finish: () => void) => {
          if (isOver) return;
          isOver = true;
          finish();
        };
        const fail = (error: unknown) => over(() => callback!(record(this.#errorOf(error))));
        call.on('data', (bytes: Buffer) => {
          if (isOver) return;
          try {
            const answer = each(this.#decoded(rpc, bytes));
            count++;
            if (answers.length < mostTold) answers.push(answer);
          } catch (error) {
            fail(error);
          }
        });
        call.once('end', () => {
          if (isOver) return;
          try {
            const bytes = this.#encoded(rpc, behavior.summary(rpc, count, answers));
            over(() => {
              callback!(null, bytes);
              record(codes.OK);
            });
          } catch (error) {
            fail(error);
          }
        });
        call.once('cancelled', () => over(() => record(codes.CANCELLED)));
        call.on('error', () => over(() => record(codes.CANCELLED)));
        try {
          admission.judge(rpc, knockOf(call));
        } catch (error) {
          fail(error);
        }
      };
      this.#later(call, admission, act, record);
    };
  }

  /** Tells the caller how the call is called. @returns what takes note of its end, and gives its argument back */
  #begin(call: RawCall, { method }: Rpc): Recording {
    const given = firstOf(call.metadata, 'x-request-id');
    const id = given !== undefined && /^[\x21-\x7e]{1,200}$/.test(given) ? given : crypto.randomUUID();
    const metadata = new this.#grpc.Metadata();
    metadata.set('x-request-id', id);
    call.sendMetadata(metadata);
    const at = this.#context.now();
    const start = performance.now();
    let isRecorded = false;
    return (outcome) => {
      if (!isRecorded) {
        isRecorded = true;
        this.#context.traffic.record({
          protocol: 'grpc',
          method: 'rpc',
          target: method.fullName,
          endpoint: method.fullName,
          status: typeof outcome === 'number' ? outcome : outcome.code,
          id,
          at,
          took: performance.now() - start,
        });
      }
      return outcome as never;
    };
  }

  /** Acts at once where nothing is to be waited for; not at all when the caller goes away meanwhile. */
  #later(call: RawCall, admission: Admission | undefined, act: () => void, record: Recording): void {
    const delay = admission?.delay(knockOf(call)) ?? 0;
    if (!(delay > 0)) {
      act();
      return;
    }
    const done = () => {
      clearTimeout(timer);
      call.off('cancelled', gone);
      this.#open.delete(now);
    };
    const now = () => {
      done();
      act();
    };
    const gone = () => {
      done();
      record(codes.CANCELLED);
    };
    const timer = setTimeout(now, delay);
    call.once('cancelled', gone);
    // A server that stops waits for nothing.
    this.#open.add(now);
  }

  #decoded({ method, codec }: Rpc, bytes: Buffer): JsonObject {
    const request = codec.decode(method.request, bytes);
    validate(method.request, request);
    return request as JsonObject;
  }

  #encoded({ method, codec }: Rpc, answer: Json): Buffer {
    return codec.encode(method.response, answer);
  }

  #errorOf(error: unknown): ServiceError {
    const status = statusOf(error, this.#context);
    const metadata = new this.#grpc.Metadata();
    if (status.details.length > 0) {
      const bytes = statusBytes(status);
      if (bytes.length <= mostDetails) metadata.set('grpc-status-details-bin', bytes);
    }
    const details = status.message.slice(0, longestMessage);
    return Object.assign(new Error(details), { code: codes[status.code], details, metadata });
  }
}

interface ServiceError extends Error {
  readonly code: number;
  readonly details: string;
  readonly metadata: Grpc.Metadata;
}

type Recording = <T extends number | ServiceError>(outcome: T) => T;

/** What any error is answered with. What nobody foresaw is a fault of the mock, and is logged. */
export function statusOf(error: unknown, context: Pick<Context, 'log'>): StatusError {
  if (error instanceof StatusError) return error;
  if (error instanceof DecodeError)
    return new StatusError('INVALID_ARGUMENT', `The request cannot be read. ${error.message}`);
  context.log(`gRPC: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
  return new StatusError('INTERNAL', 'The mock could not answer this; its log says why.');
}

function knockOf(call: RawCall): Knock {
  return { metadata: (name) => firstOf(call.metadata, name), peer: call.getPeer().replace(/:\d+$/, '') };
}

function firstOf(metadata: Grpc.Metadata, name: string): string | undefined {
  const [value] = metadata.get(name);
  return value === undefined ? undefined : String(value);
}
