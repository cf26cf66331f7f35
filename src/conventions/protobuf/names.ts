/** How names are written in .proto files (protobuf.dev, "Style Guide"; AIP-190). */

/** `display_name`, `line_2`: words in small letters, single underscores between them. */
export function isLowerSnake(name: string): boolean {
  return /^[a-z][a-z0-9]*(?:_[a-z0-9]+)*$/.test(name);
}

/** `STATE_ACTIVE`: words in capitals, single underscores between them. */
export function isUpperSnake(name: string): boolean {
  return /^[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)*$/.test(name);
}

/** `GetUser`, `HTTPRule`: letters and digits, a capital first. Acronyms may stay in capitals. */
export function isPascal(name: string): boolean {
  return /^[A-Z][A-Za-z0-9]*$/.test(name);
}

/** An rpc's name as it is meant: `GetOrder` of `getOrder` and `get_order`. That it is in another case is another matter. */
export function pascalOf(rpc: string): string {
  return rpc.replace(/(?:^|_+)([A-Za-z0-9])/g, (_, first: string) => first.toUpperCase());
}

/**
 * The words of a name as the names of its enum's values begin with them: `HTTPMode2` gives `HTTP_MODE2`. Words begin at a
 * capital behind a small letter or a digit, and at the last of several capitals where a small letter follows.
 */
export function upperSnake(name: string): string {
  return name
    .replace(/([a-z0-9])(?=[A-Z])/g, '$1_')
    .replace(/([A-Z])(?=[A-Z][a-z])/g, '$1_')
    .toUpperCase();
}
