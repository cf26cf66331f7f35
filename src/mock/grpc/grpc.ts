import type * as Grpc from '@grpc/grpc-js';
import { Failure } from '../../failure.ts';
import type { Context } from '../context.ts';
import type { Json, JsonObject } from '../json.ts';
import { reasonOf } from '../server.ts';
import { admissionOf } from './admission.ts';
import { behaviorOf } from './behavior.ts';
import { type BuiltIn, builtInServices } from './builtin.ts';
import { Calls, type RawCall } from './calls.ts';
import { Health } from './health.ts';
import { Reflection } from './reflection.ts';
import type { MethodType } from './schema.ts';
import { type Rpc, servicesOf } from './services.ts';

/** A server of gRPC. */
export interface GrpcServer {
  /**
   * @param port 0 takes any that is free
   * @returns the port
   * @throws Failure when nobody can listen there
   */
  listen(host: string, port: number): Promise<number>;
  /** Answers what is under way, then ends; what takes longer than a few seconds is cut off. */
  close(): Promise<void>;
}

/** Milliseconds within which calls may end by themselves when the server stops. */
const grace = 3000;

/**
 * Serves all rpcs of the `.proto` documents, with health (grpc.health.v1) and reflection (v1 and v1alpha). In plain text.
 */
export async function grpcServer(context: Context): Promise<GrpcServer> {
  const grpc = await import('@grpc/grpc-js');
  // What it cannot do is told by those who asked for it; it would write past the streams that are ours.
  grpc.setLogVerbosity(grpc.logVerbosity.NONE);
  const server = new grpc.Server({
    'grpc.max_receive_message_length': context.settings.maxBody,
    'grpc.max_send_message_length': -1,
    'grpc.enable_channelz': 0,
  });
  const services = servicesOf(context);
  const builtIn = builtInServices();
  const names = [...new Set([...services.names, ...builtIn.names])];
  const health = new Health(names);
  const calls = new Calls(grpc, context);
  const own = new Set(builtIn.names);
  const behavior = behaviorOf(context);
  const admission = admissionOf(context);
  for (const rpc of services.rpcs.values()) {
    if (!own.has(rpc.method.service)) register(server, rpc.method, calls.handler(rpc, behavior, admission));
  }
  registerHealth(server, builtIn, health, calls);
  registerReflection(server, builtIn, new Reflection(names, [...services.files, builtIn.files]), calls);
  return {
    listen: (host, port) => bind(grpc, server, host, port),
    close: () => close(server, health, calls),
  };
}

/** Messages stay bytes on the way: what cannot be read is answered here, not by the library. */
function register(
  server: Grpc.Server,
  method: MethodType,
  handler: (call: RawCall, callback?: Grpc.sendUnaryData<Buffer>) => void,
): void {
  const { clientStreaming, serverStreaming } = method;
  const type = clientStreaming
    ? serverStreaming
      ? 'bidi'
      : 'clientStream'
    : serverStreaming
      ? 'serverStream'
      : 'unary';
  const same = (bytes: Buffer) => bytes;
  server.register(method.path, handler as Grpc.UntypedHandleCall, same, same, type);
}

function registerHealth(server: Grpc.Server, { codec, methods }: BuiltIn, health: Health, calls: Calls): void {
  const answers: Readonly<Record<string, (request: JsonObject) => JsonObject>> = {
    Check: (request) => health.check(request),
    List: () => health.list(),
  };
  for (const method of methods.filter(({ service }) => service === 'grpc.health.v1.Health')) {
    const rpc: Rpc = { method, codec, role: null };
    const answer = answers[method.name];
    register(
      server,
      method,
      answer ? calls.unary(rpc, answer) : calls.serverStream(rpc, (request, send) => health.watch(request, send)),
    );
  }
}

function registerReflection(
  server: Grpc.Server,
  { codec, methods }: BuiltIn,
  reflection: Reflection,
  calls: Calls,
): void {
  for (const method of methods.filter(({ name }) => name === 'ServerReflectionInfo')) {
    register(
      server,
      method,
      calls.bidi({ method, codec, role: null }, (request: Json) => reflection.answer(request as JsonObject)),
    );
  }
}

function bind(grpc: typeof Grpc, server: Grpc.Server, host: string, port: number): Promise<number> {
  const address = `${host.includes(':') ? `[${host}]` : host}:${port}`;
  return new Promise((resolve, reject) => {
    server.bindAsync(address, grpc.ServerCredentials.createInsecure(), (error, bound) => {
      if (!error) resolve(bound);
      else {
        const code = /\bE[A-Z]{4,}\b/.exec(error.message)?.[0] ?? 'EADDRINUSE';
        reject(new Failure(`gRPC: ${reasonOf(Object.assign(new Error(error.message), { code }), host, port)}`));
      }
    });
  });
}

function close(server: Grpc.Server, health: Health, calls: Calls): Promise<void> {
  health.stop();
  calls.stop();
  return new Promise((resolve) => {
    const timer = setTimeout(() => server.forceShutdown(), grace);
    server.tryShutdown(() => {
      clearTimeout(timer);
      resolve();
    });
  });
}
