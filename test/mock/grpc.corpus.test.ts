// Every unary rpc of real .proto files answers.
import { existsSync, realpathSync } from 'node:fs';
import { Client, credentials, type ServiceError, status } from '@grpc/grpc-js';
import protobuf from 'protobufjs';
import descriptor from 'protobufjs/ext/descriptor.js';
import { describe, expect, it, onTestFinished } from 'vitest';
import { discover, targetsOf } from '../../src/config/discover.ts';
import { Project } from '../../src/config/project.ts';
import { filesBelow } from '../../src/io.ts';
import { languages } from '../../src/languages/registry.ts';
import { bytesOf } from '../../src/mock/grpc/descriptor-bytes.ts';
import { servicesOf } from '../../src/mock/grpc/services.ts';
import { shapeToInvent } from '../../src/mock/grpc/shape-of.ts';
import { inventShape } from '../../src/mock/lens/invent.ts';
import { startMock } from '../../src/mock/mock.ts';
import { Random } from '../../src/mock/random.ts';
import { defaultSettings } from '../../src/mock/settings.ts';
import { worldWith } from '../world.ts';

const corpus = '../shared/corpus';
const folders = ['proto/etcd', 'proto/grpc-proto', 'proto/temporal', 'proto/googleapis'];

describe.each(folders)('gRPC on real files: %s', (folder) => {
  it.skipIf(!existsSync(`${corpus}/${folder}`))(
    'answers every rpc with what its clients can read',
    async () => {
      const logged: string[] = [];
      const mock = await startMock(
        await apisIn(folder),
        { ...defaultSettings, port: 0, grpcPort: 0, count: 3, quiet: true } as typeof defaultSettings,
        (line) => logged.push(line),
      );
      onTestFinished(() => mock.close());
      const client = new Client(mock.grpcAddress!, credentials.createInsecure());
      onTestFinished(() => client.close());
      const services = servicesOf(mock.context);
      const roots = services.files.map((files) => {
        const file = [...bytesOf({ files }).values()].map((bytes) => descriptor.FileDescriptorProto.decode(bytes));
        return protobuf.Root.fromDescriptor({ file } as never, { keepCase: true } as never) as protobuf.Root;
      });
      const bad: string[] = [];
      let answered = 0;
      for (const { method, codec, role } of services.rpcs.values()) {
        if (method.clientStreaming || method.serverStreaming) continue;
        const root = roots[services.files.indexOf(codec.schema.files)]!;
        const given = root.lookupType(method.response.fullName);
        const made = inventShape(shapeToInvent(method.request), new Random(method.fullName), [method.request.fullName]);
        const request = codec.encode(method.request, made);
        const outcome = await new Promise<string>((resolve) => {
          client.makeUnaryRequest(
            method.path,
            (bytes: Buffer) => bytes,
            (bytes) => bytes,
            request,
            (error: ServiceError | null, bytes?: Buffer) => {
              if (error) return resolve(status[error.code]!);
              try {
                given.decode(bytes!);
                resolve(bytes!.length > 0 || given.fieldsArray.length === 0 || role ? 'OK' : 'OK, but empty');
              } catch (problem) {
                resolve(`unreadable: ${problem}`);
              }
            },
          );
        });
        if (outcome === 'OK') answered++;
        else if (!['NOT_FOUND', 'INVALID_ARGUMENT', 'OK, but empty'].includes(outcome))
          bad.push(`${method.fullName}: ${outcome}`);
      }
      expect(bad).toEqual([]);
      expect(answered).toBeGreaterThan(0);
    },
    300_000,
  );
});

async function apisIn(folder: string) {
  const root = realpathSync(corpus);
  const io = { ...worldWith({}), ...filesBelow(root) };
  const project = new Project(io, [root]);
  const documents = await discover(await targetsOf([folder], '', io), project, Object.values(languages), io);
  const apis = [];
  for (const { language, entries } of documents) apis.push(...(await loaded(language)).read(entries, project));
  return apis.filter(({ language }) => language === 'protobuf');
}

// biome-ignore lint/suspicious/noExplicitAny: a language, or what loads one
async function loaded(language: any) {
  return language.load ? await language.load() : language;
}
