/** What an API answers, each answer once, with all the operations that give it. */
import type { OpenApi } from './openapi.ts';
import type { Pointer } from './pointer.ts';
import { type Operation, operations, type Response, responsesOf } from './select.ts';

/** A response where it is defined, and who gives it. */
export interface Answer {
  readonly response: Response;
  /** The codes under which it stands: a shared response may have several. */
  readonly codes: ReadonlySet<string>;
  /** At least one, in the document's order. */
  readonly operations: readonly Operation[];
}

/** The responses of the operations that clients call, in the order in which they are first met. */
export function answers(api: OpenApi): readonly Answer[] {
  let known = api.memo.get(answers) as readonly Answer[] | undefined;
  if (!known) {
    known = collect(api);
    api.memo.set(answers, known);
  }
  return known;
}

function collect(api: OpenApi): readonly Answer[] {
  const found = new Map<object, { response: Response; codes: Set<string>; operations: Operation[] }>();
  for (const operation of operations(api)) {
    for (const response of responsesOf(api, operation)) {
      const answer = found.get(response.value);
      if (!answer) {
        found.set(response.value, { response, codes: new Set([response.code]), operations: [operation] });
        continue;
      }
      answer.codes.add(response.code);
      if (answer.operations.at(-1) !== operation) answer.operations.push(operation);
    }
  }
  return [...found.values()];
}

/** Whether a response declares a header whose name fits. */
export function hasHeader(response: Response, name: RegExp): boolean {
  return response.headers.some((header) => name.test(header.name));
}

/** Where a header is missing: the list of headers, or the response where there is none. */
export function headersPlace({ at, value }: Response): Pointer {
  return value['headers'] === undefined ? at : at.child('headers');
}
