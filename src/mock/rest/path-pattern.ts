import { templateOf } from '../../languages/protobuf/http-template.ts';

/** The values of the placeholders of a path, decoded, by name. */
export type Variables = Readonly<Record<string, string>>;

/**
 * How one segment looks: its fixed texts, between which there is at least one character each. `['users']` is a literal,
 * `['', '']` any segment, `['', '.', '']` two placeholders with a dot between.
 */
export type SegmentPattern = readonly string[];

/** A path template as the tree of paths takes it. */
export interface PathPattern {
  /** `null` stands for any number of segments; at most one. */
  readonly segments: readonly (SegmentPattern | null)[];
  /** Where the values of the placeholders stand. */
  readonly variables: readonly PathVariable[];
}

interface PathVariable {
  readonly name: string;
  /** The first segment of the pattern that is part of the value, and the one behind the last. */
  readonly from: number;
  readonly to: number;
  /** Which placeholder of the segment it is, where it is not the whole; null: the segments from `from` to `to`. */
  readonly part: number | null;
}

/**
 * Reads a path template of OpenAPI. Placeholders may be parts of segments; `{path*}`, `{+path}` and `{path...}` take any
 * number of segments (RFC 6570's explosion and reserved expansion, and what frameworks write).
 */
export function openApiPattern(template: string): PathPattern {
  const segments: (SegmentPattern | null)[] = [];
  const variables: PathVariable[] = [];
  const texts = template.replace(/^\//, '').split('/');
  if (texts.at(-1) === '') texts.pop();
  for (const text of texts) {
    const many = /^\{(?:\+([^{}]+)|([^{}]+?)(?:\*|\.\.\.))\}$/.exec(text);
    if (many && !segments.includes(null)) {
      variables.push({ name: (many[1] ?? many[2])!, from: segments.length, to: segments.length + 1, part: null });
      segments.push(null);
      continue;
    }
    const { pattern, names } = readSegment(text);
    names.forEach((name, part) => {
      variables.push({ name, from: segments.length, to: segments.length + 1, part });
    });
    segments.push(pattern);
  }
  return { segments, variables };
}

function readSegment(text: string): { pattern: SegmentPattern; names: string[] } {
  const pattern: string[] = [];
  const names: string[] = [];
  let end = 0;
  for (const match of text.matchAll(/\{([^{}]*)\}/g)) {
    pattern.push(literal(text.slice(end, match.index)));
    names.push(match[1]!.replace(/^[+#./;]|\*$/g, ''));
    end = match.index + match[0].length;
  }
  pattern.push(literal(text.slice(end)));
  return { pattern, names };
}

/** A literal may be written with percent-encoding. */
const literal = (text: string): string => decodeSegment(text) ?? text;

/**
 * Reads a path template of google/api/http.proto: `/v1/{name=shelves/*}/books:search`, `/v1/{name=**}`.
 * @returns null when it does not follow the grammar
 */
export function httpRulePattern(template: string): PathPattern | null {
  const read = templateOf(template);
  if (typeof read === 'string') return null;
  const segments: (SegmentPattern | null)[] = read.segments.map((segment) =>
    segment === '**' ? null : segment === '*' ? ['', ''] : [segment],
  );
  const variables = placesOf(template, read.variables);
  if (read.verb !== null) {
    const last = segments.at(-1);
    // Behind `**` the verb ends the last of the segments, which then has to be there.
    if (last === null) segments.push(['', `:${read.verb}`]);
    else if (last) segments[segments.length - 1] = [...last.slice(0, -1), `${last.at(-1)}:${read.verb}`];
  }
  const verb = read.verb;
  return {
    segments,
    variables: variables.map((variable) =>
      verb === null || variable.to !== read.segments.length ? variable : endingAt(variable, segments),
    ),
  };
}

/** Where variables begin and end, told by their order: none holds another. */
function placesOf(
  template: string,
  variables: readonly { readonly field: string; readonly segments: readonly string[] }[],
): PathVariable[] {
  const found: PathVariable[] = [];
  let next = 0;
  let index = 0;
  for (let at = 1; at < template.length; ) {
    if (template[at] === '{') {
      const variable = variables[next++]!;
      found.push({ name: variable.field, from: index, to: index + variable.segments.length, part: null });
      index += variable.segments.length;
      at = template.indexOf('}', at) + 2;
    } else {
      const slash = template.indexOf('/', at);
      index++;
      if (slash < 0) break;
      at = slash + 1;
    }
  }
  return found;
}

/** A variable that the verb follows: behind `**` it reaches into the segment that carries the verb. */
function endingAt(variable: PathVariable, segments: readonly unknown[]): PathVariable {
  return { ...variable, to: segments.length };
}

/** The parts of a segment that stand in for placeholders; null when it does not look like that. Takes time linear in its length. */
export function matchSegment(pattern: SegmentPattern, text: string): readonly string[] | null {
  const first = pattern[0]!;
  if (pattern.length === 1) return text === first ? [] : null;
  const last = pattern[pattern.length - 1]!;
  const end = text.length - last.length;
  if (!text.startsWith(first) || !text.endsWith(last)) return null;
  const parts: string[] = [];
  let at = first.length;
  for (let i = 1; i < pattern.length - 1; i++) {
    const found = text.indexOf(pattern[i]!, at + 1);
    if (found < 0) return null;
    parts.push(text.slice(at, found));
    at = found + pattern[i]!.length;
  }
  if (end <= at) return null;
  parts.push(text.slice(at, end));
  return parts;
}

/**
 * The values of the placeholders of a pattern in a path that fits it.
 * @param texts the segments of the path, decoded; as sent, those are left out that are parts of segments and cannot be told
 */
export function variablesIn({ segments, variables }: PathPattern, texts: readonly string[]): Variables {
  const values: Record<string, string> = {};
  // How many segments `null` stands for, less the one that it is itself.
  const surplus = texts.length - segments.length;
  const rest = segments.indexOf(null);
  const place = (index: number): number => (rest >= 0 && index > rest ? index + surplus : index);
  for (const { name, from, to, part } of variables) {
    if (part !== null) {
      const text = texts[place(from)]!;
      const pattern = segments[from]!;
      const whole = pattern.length === 2 && pattern[0] === '' && pattern[1] === '';
      const value = whole ? text : matchSegment(pattern, text)?.[part];
      if (value !== undefined) define(values, name, value);
      continue;
    }
    const value = texts.slice(place(from), place(to)).join('/');
    const suffix = to === segments.length ? suffixOf(segments.at(-1)) : '';
    define(values, name, value.slice(0, value.length - suffix.length));
  }
  return values;
}

/** What a segment with a verb ends with. */
function suffixOf(pattern: SegmentPattern | null | undefined): string {
  const last = pattern?.at(-1) ?? '';
  const colon = last.lastIndexOf(':');
  return colon < 0 ? '' : last.slice(colon);
}

/** Placeholders may have any name, `__proto__` included. */
function define(values: Record<string, string>, name: string, value: string): void {
  if (name === '__proto__') Object.defineProperty(values, name, { value, enumerable: true });
  else values[name] = value;
}

/** Percent-decodes a segment; null where it is no valid encoding of UTF-8. */
export function decodeSegment(text: string): string | null {
  if (!text.includes('%')) return text;
  try {
    return decodeURIComponent(text);
  } catch {
    return null;
  }
}
