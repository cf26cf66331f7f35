import { type DescriptorSet, descriptorsOf } from '../../languages/protobuf/descriptors.ts';
import { read } from '../../languages/protobuf/protobuf.ts';
import { Source } from '../../text/source.ts';
import type { Json } from '../json.ts';
import { bundledText } from './bundled.ts';
import { Codec } from './codec.ts';
import { Schema } from './schema.ts';

const home = 'google/protobuf/descriptor.proto';

/**
 * The bytes of file descriptors (google/protobuf/descriptor.proto), as clients of reflection read them. Options that the files
 * extend are among them.
 * @returns by the files' names
 */
export function bytesOf({ files }: Pick<DescriptorSet, 'files'>): ReadonlyMap<string, Buffer> {
  const codec = new Codec(new Schema([...files, ...descriptorFiles()]));
  const type = codec.schema.message('google.protobuf.FileDescriptorProto')!;
  return new Map(files.map((file) => [file.name, codec.encode(type, withoutExtras(file))]));
}

/** What describes descriptors. */
function descriptorFiles(): DescriptorSet['files'] {
  if (!known) {
    const [api] = read([new Source(home, bundledText(home)!)], { read: () => ({ refused: 'It imports nothing.' }) }, [
      '',
    ]);
    known = descriptorsOf(api!, bundledText).files;
  }
  return known;
}
let known: DescriptorSet['files'] | undefined;

/** Without what stands for nothing: empty options, and the syntax that counts where none is said. */
function withoutExtras(value: unknown): Json {
  if (Array.isArray(value)) return value.map(withoutExtras);
  if (value === null || typeof value !== 'object') return value as Json;
  return Object.fromEntries(
    Object.entries(value).flatMap(([name, inner]) => {
      const isNothing =
        (name === 'options' && Object.keys(inner).length === 0) ||
        (name === 'syntax' && inner === 'proto2') ||
        ((name === 'client_streaming' || name === 'server_streaming') && inner === false);
      return isNothing ? [] : [[name, name === 'options' ? inner : withoutExtras(inner)]];
    }),
  );
}
