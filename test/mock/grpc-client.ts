// A client of gRPC that knows nothing of ours: grpc-js with messages as protobufjs reads them from the `.proto` files.
import { readFileSync } from 'node:fs';
import { Client, credentials } from '@grpc/grpc-js';
import protobuf from 'protobufjs';
import { bundledText } from '../../src/mock/grpc/bundled.ts';
import type { Mock } from '../../src/mock/mock.ts';

/** Calls the rpcs of the example service. Fields go by their names in JSON, long integers and enums as text. */
export function grpcClient(mock: Mock, serviceName: string) {
  const root = new protobuf.Root();
  const load = (text: string) => {
    const { imports = [], root: read } = protobuf.parse(text, root, { keepCase: true });
    for (const path of imports) if (!loaded.has(path)) loaded.add(path) && load(textOf(path));
    return read;
  };
  const loaded = new Set<string>();
  const textOf = (path: string) => bundledText(path) ?? protobufText(path);
  load(readFileSync(new URL('../../examples/proto/shop/orders/v1/orders.proto', import.meta.url), 'utf8'));
  root.resolveAll();
  const service = root.lookupService(serviceName);
  const client = new Client(mock.grpcAddress!, credentials.createInsecure());
  return {
    call(name: string, request: object): Promise<unknown> {
      const method = service.methods[name]!;
      const taken = method.resolvedRequestType!;
      const given = method.resolvedResponseType!;
      return new Promise((resolve, reject) => {
        client.makeUnaryRequest(
          `/${serviceName}/${name}`,
          (value: object) => Buffer.from(taken.encode(taken.fromObject(value)).finish()),
          (bytes) => given.toObject(given.decode(bytes), { longs: String, enums: String, defaults: false }),
          request,
          (error, value) => (error ? reject(error) : resolve(value)),
        );
      });
    },
    close: () => client.close(),
  };
}

function protobufText(path: string): string {
  return readFileSync(new URL(`../../node_modules/protobufjs/${path}`, import.meta.url), 'utf8');
}
