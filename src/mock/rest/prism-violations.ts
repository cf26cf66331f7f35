import type { Headers, Violation } from './exchange.ts';

/** A violation as Prism tells of it. */
export interface PrismViolation {
  readonly location: readonly string[];
  readonly severity: 'Error';
  readonly code: string | number;
  readonly message: string;
}

/** Prism says where something is missing rather than what, and names headers and parts of paths in lower case. */
export function inPrismWords({ location, code, message }: Violation): PrismViolation {
  const known = code === String(Number(code)) ? Number(code) : code;
  const way = location.map((key, i) =>
    i === 1 && (location[0] === 'header' || location[0] === 'path') ? String(key).toLowerCase() : String(key),
  );
  return { location: code === 'required' ? way.slice(0, -1) : way, severity: 'Error', code: known, message };
}

/** Prism cuts the header off at about this many bytes. */
const longestHeader = 8000;

/** The header `sl-violations`, in ASCII; with as many as there is room for. */
export function violationsHeader(violations: readonly PrismViolation[]): Headers {
  for (let count = violations.length; count > 0; count = Math.floor(count / 2)) {
    const text = JSON.stringify(violations.slice(0, count)).replace(
      /[^\x20-\x7e]/g,
      (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
    );
    if (text.length <= longestHeader) return { 'sl-violations': text };
  }
  return {};
}
