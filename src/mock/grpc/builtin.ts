import { type DescriptorSet, descriptorsOf } from '../../languages/protobuf/descriptors.ts';
import { read } from '../../languages/protobuf/protobuf.ts';
import { Source } from '../../text/source.ts';
import { bundledText } from './bundled.ts';
import { Codec } from './codec.ts';
import { healthText } from './health.ts';
import { reflectionPackages, reflectionText } from './reflection.ts';
import { type MethodType, Schema } from './schema.ts';

/** The services that every server offers: health and reflection. */
export interface BuiltIn {
  readonly files: DescriptorSet['files'];
  readonly codec: Codec;
  readonly methods: readonly MethodType[];
  readonly names: readonly string[];
}

/** Reads what the services that every server offers look like. */
export function builtInServices(): BuiltIn {
  const sources = [
    new Source('grpc/health/v1/health.proto', healthText),
    ...reflectionPackages.map((pkg) => new Source(`${pkg.replaceAll('.', '/')}/reflection.proto`, reflectionText(pkg))),
  ];
  const [api] = read(sources, { read: () => ({ refused: 'They import nothing.' }) }, [''], true);
  const { files } = descriptorsOf(api!, bundledText);
  const codec = new Codec(new Schema(files));
  const methods = codec.schema.methods();
  return { files, codec, methods, names: [...new Set(methods.map(({ service }) => service))] };
}
