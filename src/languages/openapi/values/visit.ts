import type { Pointer } from '../pointer.ts';
import type { Judging, SchemaAt } from '../values.ts';
import type { Allowance } from './equality.ts';
import type { Expectation, Trail, Verdict } from './fault.ts';

/** A schema or another JSON object. */
export type JsonObject = Readonly<Record<string, unknown>>;

/** How deep values and schemas are followed; what lies deeper fits. Far above what people write, far below the stack's end. */
const deepest = 400;
/** How many schemas one value is held against; what is left then fits. Ends values and schemas that fan out without end. */
const most = 100_000;

/** One value being judged: what stays the same at all its places. */
export class Run {
  readonly judging: Judging;
  readonly judge: (visit: Visit) => void;
  /** What comparing values with each other may still cost. */
  readonly comparing: Allowance = { left: most };
  #left = most;

  constructor(judging: Judging, judge: (visit: Visit) => void) {
    this.judging = judging;
    this.judge = judge;
  }

  /** Whether schemas are read as JSON Schema 2020-12 and not as OpenAPI's older dialects. */
  get isModern(): boolean {
    return this.judging.dialect === 'json-schema';
  }

  /** Takes one step of those that are left; false when there is none. */
  step(): boolean {
    return this.#left-- > 0;
  }
}

/** The properties and items that some schema has looked at, for `unevaluatedProperties` and `unevaluatedItems`. */
export class Evaluated {
  readonly properties = new Set<string>();
  readonly items = new Set<number>();

  /** Takes over what another schema has looked at. */
  add(other: Evaluated): void {
    for (const name of other.properties) this.properties.add(name);
    for (const index of other.items) this.items.add(index);
  }
}

/** The schemas that are being held against one place in a value, innermost first. */
interface Chain {
  readonly schema: unknown;
  readonly outer: Chain | null;
}

/** One place in a value meeting one schema. */
export class Visit {
  readonly run: Run;
  readonly value: unknown;
  readonly trail: Trail | null;
  readonly schema: unknown;
  readonly at: Pointer;
  /** Where faults go. */
  readonly verdict: Verdict;
  /** Where to note what has been looked at; null when nobody asks. */
  seen: Evaluated | null;
  /** The schema with which this place in the value was reached. */
  readonly first: SchemaAt;
  readonly #chain: Chain | null;
  readonly #depth: number;

  private constructor(
    run: Run,
    value: unknown,
    trail: Trail | null,
    schema: SchemaAt,
    verdict: Verdict,
    seen: Evaluated | null,
    first: SchemaAt,
    chain: Chain | null,
    depth: number,
  ) {
    this.run = run;
    this.value = value;
    this.trail = trail;
    this.schema = schema.value;
    this.at = schema.at;
    this.verdict = verdict;
    this.seen = seen;
    this.first = first;
    this.#chain = chain;
    this.#depth = depth;
  }

  /** The visit with which judging begins. */
  static start(run: Run, value: unknown, schema: SchemaAt, verdict: Verdict): Visit {
    return new Visit(run, value, null, schema, verdict, null, schema, null, 0);
  }

  /** Whether to go on: not when the same schema already waits for this place's verdict, nor too deep, nor too long. */
  get mayGoOn(): boolean {
    for (let chain = this.#chain; chain; chain = chain.outer) if (chain.schema === this.schema) return false;
    return this.#depth < deepest && this.run.step();
  }

  /** Holds the same place in the value against a further schema. */
  also(schema: SchemaAt, verdict: Verdict = this.verdict, seen: Evaluated | null = this.seen): void {
    const chain = { schema: this.schema, outer: this.#chain };
    this.run.judge(
      new Visit(this.run, this.value, this.trail, schema, verdict, seen, this.first, chain, this.#depth + 1),
    );
  }

  /** Holds a property or item of the value against a schema. */
  into(key: string | number, value: unknown, schema: SchemaAt, verdict: Verdict = this.verdict): void {
    const trail = this.down(key);
    this.run.judge(new Visit(this.run, value, trail, schema, verdict, null, schema, null, this.#depth + 1));
  }

  /** The trail to a property or item of the value. */
  down(key: string | number): Trail {
    return { parent: this.trail, key, depth: (this.trail?.depth ?? 0) + 1 };
  }

  /** Notes that the value does not meet a keyword of the schema. */
  fault(keyword: string, predicate: () => string, more: { cause?: string; trail?: Trail; expects?: Expectation } = {}) {
    const at = keyword === '' ? this.at : this.at.child(keyword);
    this.verdict.faults.push({ trail: this.trail, cause: keyword, at, predicate, ...more });
  }

  /** Notes that something was let through that could not be decided. */
  doubt(): void {
    this.verdict.sure = false;
  }
}

/** Whether a value is an object and not an array. */
export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** An object's own property, or undefined. */
export function own(object: JsonObject, key: string): unknown {
  return Object.hasOwn(object, key) ? object[key] : undefined;
}
