/** A path template of google/api/http.proto, as `/v1/{name=books/*}:archive`. */
export interface Template {
  /** Words, `*` for one segment and `**` for any number of them; variables are replaced by what they match. */
  readonly segments: readonly string[];
  /** What stands behind the last colon, or null. */
  readonly verb: string | null;
  readonly variables: readonly TemplateVariable[];
}

/** A variable and the segments that it matches. */
export interface TemplateVariable {
  /** The way to a field: `book.name`. */
  readonly field: string;
  readonly segments: readonly string[];
}

/**
 * Reads a path template.
 * @returns a sentence on the first thing in it that the grammar does not know, if there is one
 */
export function templateOf(path: string): Template | string {
  if (!path.startsWith('/')) return `\`${path}\` does not begin with a slash.`;
  const reader = new TemplateReader(path);
  return reader.template();
}

class TemplateReader {
  readonly #path: string;
  #at = 1;
  #problem: string | null = null;
  readonly #variables: TemplateVariable[] = [];

  constructor(path: string) {
    this.#path = path;
  }

  template(): Template | string {
    const segments = this.#segments(false);
    let verb: string | null = null;
    if (this.#problem === null && this.#path[this.#at] === ':') {
      verb = this.#path.slice(this.#at + 1);
      this.#at = this.#path.length;
      if (!/^[^/{}*:?#\s]+$/.test(verb)) this.#fail(`\`:${verb}\` is no verb`);
    }
    if (this.#at < this.#path.length) this.#fail(`\`${this.#path[this.#at]}\` stands where a segment ends`);
    return this.#problem === null
      ? { segments, verb, variables: this.#variables }
      : `${this.#problem} in \`${this.#path}\`.`;
  }

  #fail(problem: string): void {
    this.#problem ??= problem;
  }

  #segments(inVariable: boolean): string[] {
    const segments: string[] = [];
    do {
      if (this.#path[this.#at] === '{' && !inVariable) segments.push(...this.#variable());
      else segments.push(this.#plain());
    } while (this.#problem === null && this.#skip('/'));
    return segments;
  }

  #plain(): string {
    const start = this.#at;
    while (this.#at < this.#path.length && !'/{}:='.includes(this.#path[this.#at]!)) this.#at++;
    const segment = this.#path.slice(start, this.#at);
    if (segment === '') {
      const next = this.#path[this.#at];
      if (next === '{') this.#fail('A variable stands in another one, or behind other letters');
      else this.#fail(next === undefined && this.#path === '/' ? 'There is no segment' : 'A segment is empty');
    } else if (segment !== '*' && segment !== '**' && /[*?#\s]/.test(segment)) {
      this.#fail(`\`${segment}\` is no segment`);
    }
    return segment;
  }

  #variable(): string[] {
    const end = this.#path.indexOf('}', this.#at);
    const start = this.#at++;
    if (end === -1) {
      this.#fail('A `{` is not closed');
      return [];
    }
    const field = /^[a-zA-Z_]\w*(?:\.[a-zA-Z_]\w*)*/.exec(this.#path.slice(this.#at, end))?.[0] ?? '';
    this.#at += field.length;
    const segments = this.#skip('=') ? this.#segments(true) : ['*'];
    if (field === '' || !this.#skip('}')) this.#fail(`\`${this.#path.slice(start, end + 1)}\` is no variable`);
    this.#variables.push({ field, segments });
    return segments;
  }

  #skip(character: string): boolean {
    if (this.#path[this.#at] !== character) return false;
    this.#at++;
    return true;
  }
}
