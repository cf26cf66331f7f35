/** A source of chance that gives the same again for the same seed: sfc32 (Chris Doty-Humphrey, PractRand), seeded by FNV-1a. */
export class Random {
  #a: number;
  #b: number;
  #c: number;
  #counter = 1;

  /** @param seed whatever names the thing that is made: sources with the same name give the same */
  constructor(...seed: readonly (string | number)[]) {
    const text = seed.join('\u0000');
    this.#a = hash(text, 0x811c9dc5);
    this.#b = hash(text, 0x01000193);
    this.#c = hash(text, 0x9e3779b9);
    for (let i = 0; i < 12; i++) this.#next();
  }

  /** A number of at least 0 and less than 1. */
  fraction(): number {
    return this.#next() / 2 ** 32;
  }

  /** A whole number from `least` to `most`, both included. */
  integer(least: number, most: number): number {
    const span = most - least + 1;
    // 53 bits where 32 do not reach.
    const fraction = span > 2 ** 32 ? (this.#next() * 2 ** 21 + (this.#next() >>> 11)) / 2 ** 53 : this.fraction();
    return Math.min(most, least + Math.floor(fraction * span));
  }

  /** Whether something of that probability happens. */
  chance(probability: number): boolean {
    return this.fraction() < probability;
  }

  /** One of some things; undefined of none. */
  pick<T>(things: readonly T[]): T | undefined {
    return things[this.integer(0, things.length - 1)];
  }

  #next(): number {
    const sum = (this.#a + this.#b + this.#counter++) | 0;
    this.#a = this.#b ^ (this.#b >>> 9);
    this.#b = (this.#c + (this.#c << 3)) | 0;
    this.#c = (((this.#c << 21) | (this.#c >>> 11)) + sum) | 0;
    return sum >>> 0;
  }
}

function hash(text: string, basis: number): number {
  let value = basis;
  for (let i = 0; i < text.length; i++) value = Math.imul(value ^ text.charCodeAt(i), 0x01000193);
  return value;
}
