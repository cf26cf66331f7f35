import { toCase } from '../../words/cases.ts';
import { Random } from '../random.ts';
import type { Resource } from '../resources/resource.ts';
import { hex, type IdPattern, idIn, idOfPattern, learnPattern, uuid } from './ids.ts';
import type { Scope } from './scopes.ts';

/** Makes ids of records, the same for the same seed, without making the records where that can be. */
export class MadeIds {
  readonly #seed: number;
  readonly #patterns = new Map<Resource, IdPattern | null>();

  constructor(seed: number) {
    this.#seed = seed;
  }

  /**
   * The ids of the records that a place begins with.
   * @param isFree whether no other record has an id
   * @param least where integers begin
   * @param withExample whether the first record is the document's example, whose id it keeps
   */
  ofPlace(
    resource: Resource,
    scope: Scope,
    count: number,
    isFree: (id: string) => boolean,
    least = 1,
    withExample = true,
  ): readonly string[] {
    const ids = new Set<string>();
    const accepts = (id: string | undefined): id is string => id !== undefined && !ids.has(id) && isFree(id);
    for (let i = 0; i < count; i++) {
      const example =
        withExample && i === 0
          ? idIn(resource.home.sample(this.random(resource, scope, 0), {}, 0), resource)
          : undefined;
      if (accepts(example) && (resource.home.idKind !== 'integer' || /^\d{1,6}$/.test(example))) ids.add(example);
      else ids.add(this.#seedId(resource, scope, i, accepts, least + i));
    }
    return [...ids];
  }

  /**
   * An id for a record that came later and brought none.
   * @param ever how many records there ever were
   * @param largest the largest id that ever was, where they are integers
   */
  next(resource: Resource, ever: number, largest: number, isFree: (id: string) => boolean): string {
    if (resource.home.idKind === 'integer') return String(largest + 1);
    for (let attempt = 0; ; attempt++) {
      const random = new Random(this.#seed, resource.name, 'next id', ever + 1, attempt);
      const id = this.#made(resource, random, ever + 1 + attempt);
      if (isFree(id)) return id;
    }
  }

  /** What a seed is made from. */
  random(resource: Resource, scope: Scope, index: number): Random {
    return new Random(this.#seed, resource.name, ...scope, index);
  }

  #seedId(
    resource: Resource,
    scope: Scope,
    index: number,
    accepts: (id: string | undefined) => id is string,
    wanted: number,
  ): string {
    if (resource.home.idKind === 'integer') {
      for (let next = wanted; ; next++) if (accepts(String(next))) return String(next);
    }
    for (let attempt = 0; ; attempt++) {
      const id = this.#made(
        resource,
        new Random(this.#seed, resource.name, 'id', ...scope, index, attempt),
        index + 1 + attempt,
      );
      if (accepts(id)) return id;
    }
  }

  #made(resource: Resource, random: Random, counted: number): string {
    const { home } = resource;
    if (home.idKind === 'uuid') return uuid(random);
    if (home.idField === null) return `${toCase(resource.name, 'kebab')}-${counted}`;
    const pattern = this.#patternOf(resource);
    if (pattern) return idOfPattern(pattern, random);
    // Ids without a pattern, such as words: those that samples have.
    return (random.chance(oftenEnough) ? sampledId(resource, random) : undefined) ?? hex(random, 12);
  }

  #patternOf(resource: Resource): IdPattern | null {
    let pattern = this.#patterns.get(resource);
    if (pattern === undefined) {
      const ids = Array.from({ length: learntFrom }, (_, i) =>
        sampledId(resource, new Random(this.#seed, resource.name, 'pattern', i)),
      );
      pattern = learnPattern([...new Set(ids.filter((id) => id !== undefined))]);
      this.#patterns.set(resource, pattern);
    }
    return pattern;
  }
}

const learntFrom = 6;

/** Where samples have few different ids, others come in the end. */
const oftenEnough = 0.75;

/** An id as samples have it. */
function sampledId(resource: Resource, random: Random): string | undefined {
  const { home } = resource;
  const id = home.idField === null ? undefined : home.sampleId?.(random);
  return idIn(id === undefined ? home.sample(random) : { [home.idField!]: id }, resource);
}
