import { descriptorsOf, type FileDescriptor } from '../../languages/protobuf/descriptors.ts';
import type { Protobuf } from '../../languages/protobuf/protobuf.ts';
import type { Context } from '../context.ts';
import type { Role } from '../resources/roles.ts';
import { bundledText } from './bundled.ts';
import { Codec } from './codec.ts';
import { type MethodType, Schema } from './schema.ts';

/** A method that is served. */
export interface Rpc {
  readonly method: MethodType;
  readonly codec: Codec;
  /** What it does to the records of a resource; null where that is not known. */
  readonly role: Role | null;
}

/** What all `.proto` documents of a mock offer. */
export interface Services {
  /** By path: `/shop.orders.v1.OrderService/GetOrder`. */
  readonly rpcs: ReadonlyMap<string, Rpc>;
  /** The full names of the services, in their order. */
  readonly names: readonly string[];
  /** The files that describe them, by API. */
  readonly files: readonly (readonly FileDescriptor[])[];
}

/**
 * What the `.proto` documents of a mock offer; the same for the same mock. Of services that several documents define, the first
 * counts.
 */
export function servicesOf(context: Context): Services {
  const known = served.get(context) ?? readServices(context);
  served.set(context, known);
  return known;
}

const served = new WeakMap<Context, Services>();

function readServices(context: Context): Services {
  const rpcs = new Map<string, Rpc>();
  const owners = new Map<string, Codec>();
  const files: (readonly FileDescriptor[])[] = [];
  for (const api of context.apis) {
    if (api.language !== 'protobuf') continue;
    const set = descriptorsOf(api as Protobuf, bundledText);
    for (const note of set.notes) context.log(note);
    const codec = new Codec(new Schema(set.files));
    files.push(set.files);
    for (const method of codec.schema.methods()) {
      const owner = owners.get(method.service) ?? codec;
      owners.set(method.service, owner);
      if (owner !== codec) continue;
      rpcs.set(method.path, {
        method,
        codec,
        role: context.roles.grpc.get(method.fullName) ?? null,
      });
    }
  }
  return { rpcs, names: [...owners.keys()], files };
}
