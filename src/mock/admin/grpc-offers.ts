import type { Context } from '../context.ts';
import { type Rpc, servicesOf } from '../grpc/services.ts';
import { shapeToInvent } from '../grpc/shape-of.ts';
import { isObject, type Json } from '../json.ts';
import { inventShape } from '../lens/invent.ts';
import { Random } from '../random.ts';
import type { Offered } from './operations.ts';

/** The rpcs of all `.proto` documents, each with a request that is likely to work. Called through the bridge, since browsers speak no gRPC. */
export function grpcOffers(context: Context): Offered[] {
  return [...servicesOf(context).rpcs.values()].map((rpc) => ({
    protocol: 'grpc',
    group: rpc.method.service,
    method: 'rpc',
    path: `/__apiarch/grpc${rpc.method.path}`,
    name: rpc.method.name,
    summary: streamWords(rpc),
    deprecated: rpc.method.options['deprecated'] === true,
    form: () => ({
      parameters: [],
      body: { mediaType: 'application/json', text: JSON.stringify(requestFor(rpc, context), null, 2) },
      variables: null,
      security: [],
    }),
  }));
}

function streamWords({ method: { clientStreaming, serverStreaming, request, response } }: Rpc): string {
  const side = (isStream: boolean, { fullName }: { fullName: string }) =>
    `${isStream ? 'a stream of ' : ''}${fullName}`;
  return `Takes ${side(clientStreaming, request)}, gives ${side(serverStreaming, response)}`;
}

function requestFor({ method, role }: Rpc, { store }: Context): Json {
  const made = inventShape(shapeToInvent(method.request), new Random(method.fullName), [method.name]);
  const request = isObject(made) ? withoutControls(made) : made;
  const item = role && store.page(role.resource, {}, { limit: 1 }).items[0];
  if (!item || !role || !isObject(request) || role.kind === 'create' || role.kind === 'list')
    return listed(method, request);
  const name = ['name', 'id', `${role.resource.name.replaceAll(' ', '_')}_id`].find((field) => field in request);
  if (name === undefined) return listed(method, request);
  const plural = typeof request['name'] === 'string' && name === 'name' ? String(request['name']).split('/')[0] : null;
  const isPath = plural !== null && String(request['name']).includes('/');
  return listed(method, { ...request, [name]: isPath ? `${plural}/${item.id}` : item.id });
}

/** Page tokens and masks are not to be thought up. */
function withoutControls(request: Readonly<Record<string, Json>>): Record<string, Json> {
  return Object.fromEntries(
    Object.entries(request).filter(
      ([name]) => !/^(?:page_token|filter|order_by|.*_mask|etag|request_id|validate_only)$/.test(name),
    ),
  );
}

/** What takes a stream takes a list here. */
function listed({ clientStreaming }: Rpc['method'], request: Json): Json {
  return clientStreaming ? [request] : request;
}
