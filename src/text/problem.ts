import type { Fix } from './fix.ts';
import type { Place, Range } from './place.ts';

/** How loud a problem is, loudest first. */
export const severities = ['error', 'warn', 'info'] as const;
export type Severity = (typeof severities)[number];

/** Another place that belongs to a finding, and what is there. */
export interface Related {
  readonly message: string;
  readonly at: Place;
}

/** What a check says: one sentence on what is wrong, where, and, where it is not plain, what to do. */
export interface Finding {
  readonly at: Place;
  /** One sentence that names the thing in backticks and ends with a full stop. */
  readonly message: string;
  /** What to do about it, in one sentence. */
  readonly help?: string;
  readonly related?: readonly Related[];
  /** What mends it, where a machine can. */
  readonly fix?: Fix;
}

/** A related place whose range is known. */
export interface LocatedRelated {
  readonly message: string;
  readonly range: Range;
}

/** A finding with its rule, its loudness and its range: what reports are made of. */
export interface Problem {
  readonly rule: string;
  readonly severity: Severity;
  readonly message: string;
  readonly help?: string;
  readonly element: string;
  /** The place of the element, which tells what it is known by from one run to the next; its name alone where it is missing. */
  readonly place?: Place;
  readonly range: Range;
  readonly related: readonly LocatedRelated[];
  readonly fix?: Fix;
}

/** The order of every report: file, then position, then rule, then message. */
export function compareProblems(a: Problem, b: Problem): number {
  return (
    compareText(a.range.source.path, b.range.source.path) ||
    a.range.start - b.range.start ||
    a.range.end - b.range.end ||
    compareText(a.rule, b.rule) ||
    compareText(a.message, b.message)
  );
}

/** Compares by UTF-16 code units, so that the order is the same in every locale. */
export function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
