/**
 * What departs from the GraphQL specification: the rules of SDL and of schemas, for schemas that may be broken, fragments
 * or subgraphs. Each cause is one finding; what a definition that could not be read may hold is no cause.
 */
import type { Finding } from '../../../text/problem.ts';
import type { GraphQl } from '../graphql.ts';
import { definitionDepartures } from './definitions.ts';
import { directiveDepartures } from './directives.ts';
import { extensionDepartures } from './extensions.ts';
import { interfaceDepartures } from './interfaces.ts';
import { positionDepartures } from './positions.ts';

export { cycles } from './cycles.ts';
export { unknownDirectives } from './directives.ts';
export { repetitions } from './duplicates.ts';
export { unknownTypes } from './references.ts';

/** Departures other than unknown names, repetitions and cycles. */
export function* departures(api: GraphQl): Generator<Finding> {
  yield* extensionDepartures(api);
  yield* positionDepartures(api);
  yield* definitionDepartures(api);
  yield* interfaceDepartures(api);
  yield* directiveDepartures(api);
}
