import {
  COLLECTION_STYLE,
  EVENT_ID,
  type Event,
  getScalarValue,
  type MappingEvent,
  parseEvents,
  SCALAR_STYLE,
  type ScalarEvent,
  YAMLException,
} from 'js-yaml';
import type { Source } from '../../../text/source.ts';
import type { SyntaxProblem } from '../document.ts';
import { blockScalarSpan, Construction, type Content, MAX_DEPTH, type Properties, TooDeep } from './construction.ts';
import { MAPPING, SEQUENCE } from './tree.ts';

/** Why a text was not read; `tooDeep` tells that nothing else will read it either. */
export interface Refusal extends SyntaxProblem {
  readonly tooDeep: boolean;
}

/** A document, or the first reason why there is none. */
export type YamlResult = { readonly content: Content } | { readonly refused: Refusal };

/** Reads YAML 1.2 without syntax errors, fast; of several documents in one file, the first. Never throws. */
export function readYaml(source: Source): YamlResult {
  try {
    return { content: construct(source.text, parseEvents(source.text, { maxDepth: MAX_DEPTH + 2 })) };
  } catch (error) {
    return { refused: refusal(source.text, error) };
  }
}

/** The problem that a text holds a second document, at the `---` or `...` before it. */
export function secondDocument(text: string, firstEnd: number): SyntaxProblem {
  const marker = /^(?:---|\.\.\.)(?=\s|$)/gm;
  marker.lastIndex = firstEnd;
  const start = marker.exec(text)?.index ?? firstEnd;
  const message = 'A second YAML document starts here; only the first in a file is read.';
  return { start, end: Math.min(start + 3, text.length), message };
}

function construct(text: string, events: readonly Event[]): Content {
  const construction = new Construction(text);
  let depth = 0;
  for (let i = 0; i < events.length; i++) {
    const event = events[i]!;
    switch (event.type) {
      case EVENT_ID.DOCUMENT:
        depth++;
        break;
      case EVENT_ID.SCALAR:
        tellScalar(construction, text, event);
        break;
      case EVENT_ID.ALIAS:
        construction.alias(event.anchorStart - 1, event.anchorEnd, text.slice(event.anchorStart, event.anchorEnd));
        break;
      case EVENT_ID.SEQUENCE:
        depth++;
        construction.open(SEQUENCE, event.start, event.style === COLLECTION_STYLE.FLOW, propertiesOf(text, event));
        break;
      case EVENT_ID.MAPPING:
        depth++;
        construction.open(MAPPING, event.start, hasBrackets(text, event, events[i + 1]), propertiesOf(text, event));
        break;
      case EVENT_ID.POP:
        depth--;
        if (depth > 0) construction.close(-1);
        else if (i + 1 < events.length)
          return withProblem(construction.finish(), secondDocument(text, construction.lastEnd));
    }
  }
  return construction.finish();
}

function withProblem(content: Content, problem: SyntaxProblem): Content {
  return { ...content, syntax: [...content.syntax, problem] };
}

function tellScalar(construction: Construction, text: string, event: ScalarEvent): void {
  const properties = propertiesOf(text, event);
  const { valueStart, valueEnd, style } = event;
  if (valueStart === -1) {
    construction.empty(properties);
    return;
  }
  const value = getScalarValue(text, event);
  switch (style) {
    case SCALAR_STYLE.PLAIN:
      construction.scalar(valueStart, valueEnd, value, true, properties);
      break;
    case SCALAR_STYLE.SINGLE_QUOTED:
    case SCALAR_STYLE.DOUBLE_QUOTED:
      construction.scalar(valueStart - 1, valueEnd + 1, value, false, properties);
      break;
    default: {
      const { start, end } = blockScalarSpan(text, Math.max(construction.lastEnd, properties.end), valueEnd);
      construction.scalar(start, end, value, false, properties);
    }
  }
}

/** A mapping of one pair in a flow sequence, as in `[a: 1]`, has no brackets, though its key may start with one. */
function hasBrackets(text: string, event: MappingEvent, next: Event | undefined): boolean {
  if (event.style !== COLLECTION_STYLE.FLOW || text[event.start] !== '{') return false;
  return !(next?.type === EVENT_ID.MAPPING && next.start === event.start);
}

const NO_PROPERTIES: Properties = { tag: '', anchor: '', end: -1 };

function propertiesOf(text: string, event: Exclude<Event, { type: 1 | 5 | 6 }>): Properties {
  if (event.tagStart === -1 && event.anchorStart === -1) return NO_PROPERTIES;
  return {
    tag: event.tagStart === -1 ? '' : shortTag(text.slice(event.tagStart, event.tagEnd)),
    anchor: event.anchorStart === -1 ? '' : text.slice(event.anchorStart, event.anchorEnd),
    end: Math.max(event.tagEnd, event.anchorEnd),
  };
}

/** `int` for `!!int` and `!<tag:yaml.org,2002:int>`. */
function shortTag(tag: string): string {
  return /^(?:!!|!<tag:yaml\.org,2002:)([^>]+)>?$/.exec(tag)?.[1] ?? tag;
}

function refusal(text: string, error: unknown): Refusal {
  if (error instanceof TooDeep) return { ...tokenAt(text, error.offset), message: error.message, tooDeep: true };
  if (!(error instanceof YAMLException)) {
    // The parser's stack or the machine's memory ran out.
    return { ...tokenAt(text, 0), message: 'The text is too large or too deeply nested to be read.', tooDeep: true };
  }
  const at = tokenAt(text, error.mark?.position ?? 0);
  if (error.reason.startsWith('nesting exceeded')) {
    return { ...at, message: new TooDeep(at.start).message, tooDeep: true };
  }
  return { ...at, message: sentence(text, at.start, error.reason), tooDeep: false };
}

function sentence(text: string, at: number, reason: string): string {
  if (/null byte|non-printable/.test(reason)) {
    const code = text.charCodeAt(at).toString(16).toUpperCase().padStart(4, '0');
    return `The character U+${code} must not stand in YAML.`;
  }
  return `This is not YAML: ${reason}.`;
}

/** One character, or what is left at the end of the text. */
function tokenAt(text: string, offset: number): { start: number; end: number } {
  const start = Math.max(0, Math.min(offset, text.length - 1));
  return { start, end: Math.min(start + 1, text.length) };
}
