import type { Api, Apis, LanguageName } from '../languages/language.ts';
import type { Context } from './context.ts';

/** Something that a mock can be asked. */
export interface Endpoint {
  /** `GET`, `query`, `rpc`. */
  readonly kind: string;
  /** `http://127.0.0.1:4010/v1/orders/{order_id}`, `http://127.0.0.1:4010/graphql orders`, `shop.orders.v1.OrderService/ListOrders`. */
  readonly where: string;
}

/** Everything that a mock can be asked, document by document, in their order. @param url where it listens */
export async function endpoints(context: Pick<Context, 'apis'>, url: string): Promise<Endpoint[]> {
  const all = await Promise.all(context.apis.map((api) => endpointsOf(api, url, context)));
  return all.flat();
}

async function endpointsOf(api: Api, url: string, context: Pick<Context, 'apis'>): Promise<Endpoint[]> {
  if (isOf(api, 'openapi')) {
    const { operations } = await import('../languages/openapi/select.ts');
    const { basePathOf } = await import('./rest/servers.ts');
    const base = `${url}${basePathOf(api)}`;
    return operations(api).map(({ method, path }) => ({ kind: method.toUpperCase(), where: `${base}${path}` }));
  }
  if (isOf(api, 'graphql')) {
    const { rootFields } = await import('../languages/graphql/select.ts');
    const { graphqlPaths } = await import('./graphql/graphql.ts');
    const path = graphqlPaths(context).find((served) => served.api === api)!.paths[0];
    return rootFields(api).map(({ operation, field }) => ({ kind: operation, where: `${url}${path} ${field.name}` }));
  }
  if (!isOf(api, 'protobuf')) return [];
  const { services } = await import('../languages/protobuf/select.ts');
  return services(api).flatMap((service) =>
    service.rpcs.map(({ name }) => ({ kind: 'rpc', where: `${service.fullName}/${name}` })),
  );
}

/** Whether an API is of that language, for the compiler. */
function isOf<L extends LanguageName>(api: Api, language: L): api is Apis[L] {
  return api.language === language;
}
