import type { Finding } from '../../../text/problem.ts';
import type { Protobuf } from '../protobuf.ts';
import { memoised } from '../select.ts';
import { statements } from '../tree.ts';
import type { Aspect, Departure } from './departure.ts';
import { enumDepartures } from './enums.ts';
import { fileDepartures, serviceDepartures, visibilityDepartures } from './files.ts';
import { extendDepartures, messageDepartures } from './messages.ts';
import { nameDepartures } from './names.ts';
import { optionReport } from './options.ts';
import { referenceDepartures } from './references.ts';

/**
 * What a compiler refuses in the files of an API, but for the grammar: each cause once, at its token. Silent about what hangs
 * on files that are missing or on statements that could not be read.
 */
export const departures = memoised((api): readonly Departure[] => [...find(api)]);

/** Those of one aspect. */
export function* departuresOf(api: Protobuf, wanted: Aspect): Generator<Finding> {
  for (const { aspect, ...finding } of departures(api)) if (aspect === wanted) yield finding;
}

function* find(api: Protobuf): Generator<Departure> {
  for (const file of api.files) {
    yield* fileDepartures(api, file);
    for (const node of statements(file)) {
      if (node.kind === 'message') yield* messageDepartures(api, node);
      else if (node.kind === 'enum') yield* enumDepartures(node);
      else if (node.kind === 'extend') yield* extendDepartures(api, node);
      else if (node.kind === 'service') yield* serviceDepartures(api, node);
      if (node.kind === 'message' || node.kind === 'enum') yield* visibilityDepartures(node);
    }
  }
  yield* nameDepartures(api);
  yield* referenceDepartures(api);
  yield* optionReport(api).departures;
}
