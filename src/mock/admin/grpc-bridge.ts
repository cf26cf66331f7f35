import type { ServerResponse } from 'node:http';
import type * as Grpc from '@grpc/grpc-js';
import type { Context } from '../context.ts';
import { type Rpc, servicesOf } from '../grpc/services.ts';
import type { Json } from '../json.ts';

/** How a call of an rpc went, in JSON. */
type Outcome = { readonly error: { readonly code: number; readonly message: string } };

/**
 * Calls an rpc for somebody who does not speak gRPC, as a client of the server on `address`: JSON in, JSON out. What takes a stream takes
 * a list; what gives a stream is written line by line, as it comes.
 * @param path `/shop.orders.v1.OrderService/GetOrder`
 * @returns false when there is no such rpc
 */
export async function callRpc(
  path: string,
  request: Json,
  headers: Readonly<Record<string, string>>,
  address: string,
  context: Context,
  response: ServerResponse,
): Promise<boolean> {
  const rpc = servicesOf(context).rpcs.get(path);
  if (!rpc) return false;
  const grpc = await import('@grpc/grpc-js');
  const client = new grpc.Client(address, grpc.credentials.createInsecure(), { 'grpc.max_receive_message_length': -1 });
  const metadata = new grpc.Metadata();
  for (const [name, value] of Object.entries(headers)) metadata.set(name, value);
  try {
    await converse(call(client, rpc, request, metadata), rpc, response);
  } finally {
    client.close();
  }
  return true;
}

type AnyCall = Grpc.ClientDuplexStream<Json, Json>;

/** Every kind of rpc is a stream both ways to the library underneath. */
function call(client: Grpc.Client, rpc: Rpc, request: Json, metadata: Grpc.Metadata): AnyCall {
  const { method, codec } = rpc;
  const stream: AnyCall = client.makeBidiStreamRequest(
    method.path,
    (value: Json) => codec.encode(method.request, value),
    (bytes) => codec.decode(method.response, bytes),
    metadata,
    // Nobody looks at a page for longer.
    { deadline: Date.now() + (method.serverStreaming ? 300_000 : 30_000) },
  );
  for (const message of method.clientStreaming && Array.isArray(request) ? request : [request]) stream.write(message);
  stream.end();
  return stream;
}

function converse(stream: AnyCall, { method }: Rpc, response: ServerResponse): Promise<void> {
  return new Promise((resolve) => {
    const begin = (status: number) => {
      if (!response.headersSent) response.writeHead(status, { 'content-type': type, 'cache-control': 'no-store' });
    };
    const type = method.serverStreaming ? 'application/x-ndjson' : 'application/json; charset=utf-8';
    response.once('close', () => stream.cancel());
    stream.on('data', (message: Json) => {
      begin(200);
      response.write(`${JSON.stringify(message, null, method.serverStreaming ? 0 : 2)}\n`);
    });
    stream.on('error', (error: Grpc.ServiceError) => {
      const outcome: Outcome = { error: { code: error.code, message: error.details } };
      begin(error.code === 5 ? 404 : error.code === 3 ? 400 : 502);
      response.end(`${JSON.stringify(outcome, null, method.serverStreaming ? 0 : 2)}\n`);
      resolve();
    });
    stream.on('end', () => {
      begin(200);
      response.end();
      resolve();
    });
  });
}
