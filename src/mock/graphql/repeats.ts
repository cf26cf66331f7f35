import { digestOf } from '../rest/credentials.ts';
import type { Caller } from '../rest/exchange.ts';
import { badInput } from './paging.ts';
import type { Call } from './things.ts';

/** Milliseconds for which a mutation is remembered by its `clientMutationId`. */
const day = 24 * 60 * 60 * 1000;
/** More are not remembered at once: the oldest is forgotten. */
const mostRemembered = 10_000;

/** Makes a mutation that comes again with the `clientMutationId` of before answer as before, and change nothing. */
export class Repeats {
  readonly #now: () => number;
  readonly #known = new Map<string, { readonly input: string; readonly payload: unknown; readonly until: number }>();

  /** @param now milliseconds since 1970 */
  constructor(now: () => number) {
    this.#now = now;
  }

  /**
   * Runs a mutation, or gives what came of it the first time. One that throws is not remembered.
   * @param id the `clientMutationId`. Numbers alone are counted by clients, each from its own beginning: they tell nothing.
   * @throws GraphQLError when another input came with it before
   */
  run(call: Call, id: unknown, caller: Caller | null, run: () => unknown): unknown {
    if (typeof id !== 'string' || /^\d*$/.test(id)) return run();
    const key = digestOf(JSON.stringify([caller?.key ?? '', call.parent, call.field.name, id]));
    const input = digestOf(JSON.stringify(call.args));
    const known = this.#known.get(key);
    if (known && known.until > this.#now()) {
      if (known.input === input) return known.payload;
      throw badInput(`The \`clientMutationId\` came before with another input of \`${call.field.name}\`.`);
    }
    const payload = run();
    this.#known.delete(key);
    if (this.#known.size >= mostRemembered) this.#known.delete(this.#known.keys().next().value!);
    this.#known.set(key, { input, payload, until: this.#now() + day });
    return payload;
  }
}
