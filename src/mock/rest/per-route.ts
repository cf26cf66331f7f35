import type { Route } from './exchange.ts';

/** Makes a function of routes remember its answers: what an operation needs is worked out when it is first asked for. */
export function perRoute<T>(work: (route: Route) => T): (route: Route) => T {
  const known = new WeakMap<Route, { readonly answer: T }>();
  return (route) => {
    let entry = known.get(route);
    if (!entry) {
      entry = { answer: work(route) };
      known.set(route, entry);
    }
    return entry.answer;
  };
}
