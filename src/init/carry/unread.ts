/** What stands in a program where no literal does: it is not run, so its value is not known. */
export class Unknown {
  readonly code: string;
  /** 1-based. */
  readonly line: number;

  constructor(code: string, line: number) {
    this.code = code.length > 60 ? `${code.slice(0, 57)}…` : code;
    this.line = line;
  }
}

/** A set of rules that a program names: `plugin.configs['flat/schema-recommended']`. */
export class NamedSet {
  readonly name: string;

  constructor(name: string) {
    this.name = name;
  }
}

/** What each object that is spread into another one came to, under this key, since its place among the others counts. */
export const spreads = Symbol('spreads');
