/** How TypeScript is written: comments, names, indentation. */

/** The types of one API, without header. */
export interface Types {
  readonly source: string;
  /** What the API names and nothing at hand defines: its type is `unknown`. */
  readonly unknown: readonly string[];
}

/**
 * A TSDoc comment with the line break behind it; the empty string where there is nothing to say.
 * @param deprecated why; the empty string where no reason is given, null for what is not deprecated
 */
export function comment(text: string, deprecated: string | null = null): string {
  const tag = deprecated === null ? [] : [`@deprecated ${deprecated.replace(/\s+/g, ' ')}`.trim()];
  const lines = [...(text.trim() === '' ? [] : text.trim().split(/\r\n|[\r\n\u2028\u2029]/)), ...tag].map((line) =>
    line.replaceAll('*/', '*\\/').trimEnd(),
  );
  if (lines.length === 0) return '';
  if (lines.length === 1) return `/** ${lines[0]} */\n`;
  return `/**\n${lines.map((line) => ` * ${line}`.trimEnd()).join('\n')}\n */\n`;
}

/** Each line that holds something, two blanks per level further in. */
export function indent(text: string, levels = 1): string {
  return text.replace(/^(?=.)/gm, '  '.repeat(levels));
}

/** A property's name as it is written: as it is where it is an identifier, else as a string. */
export function propertyName(name: string): string {
  return /^[A-Za-z_$][\w$]*$/.test(name) ? name : JSON.stringify(name);
}

/** A type that can be followed by `[]`. */
export function arrayOf(type: string): string {
  return /^[\w.$]+(?:\[\])*$/.test(type) ? `${type}[]` : `(${type})[]`;
}

/** The declaration of a type by another one. */
export function alias(name: string, type: string): string {
  return `export type ${name} =${type.startsWith('\n') ? '' : ' '}${type};\n`;
}

/** A union of some types, one to a line with its comment. */
export function unionOf(members: readonly { readonly comment: string; readonly type: string }[]): string {
  if (members.length === 0) return 'never';
  if (members.every((member) => member.comment === '') && members.map(({ type }) => type).join(' | ').length < 80)
    return members.map(({ type }) => type).join(' | ');
  return members.map(({ comment: above, type }) => `\n${indent(`${above}| ${type}`)}`).join('');
}

/** Gives names that can be declared, each once. */
export class Names {
  readonly #taken = new Set<string>();

  /** The first of the wishes that is free; where none is, the last with a number. */
  take(...wishes: readonly string[]): string {
    const names = wishes.map((wish) => (isReserved(wish) ? `${wish}_` : wish));
    const free = names.find((name) => !this.#taken.has(name));
    let name = free ?? names.at(-1)!;
    for (let number = 2; this.#taken.has(name); number++) name = `${names.at(-1)}${number}`;
    this.#taken.add(name);
    return name;
  }
}

function isReserved(name: string): boolean {
  return reserved.has(name);
}

/** What no type can be called (TypeScript 5.9: reserved words, strict mode words, predefined types). */
const reserved: ReadonlySet<string> = new Set(
  `break case catch class const continue debugger default delete do else enum export extends false finally for function
  if import in instanceof new null return super switch this throw true try typeof var void while with implements
  interface let package private protected public static yield any unknown never number bigint boolean string symbol
  object undefined await type`
    .trim()
    .split(/\s+/),
);
