/** The value of an unquoted scalar by the core schema (YAML 1.2.2, section 10.3.2). */
export function plainScalar(text: string): string | number | boolean | null {
  if (!mayBeMoreThanText(text)) return text;
  switch (text) {
    case '':
    case '~':
    case 'null':
    case 'Null':
    case 'NULL':
      return null;
    case 'true':
    case 'True':
    case 'TRUE':
      return true;
    case 'false':
    case 'False':
    case 'FALSE':
      return false;
  }
  return plainNumber(text) ?? text;
}

/** Sorts out most scalars by their first letter and their length, for speed. */
function mayBeMoreThanText(text: string): boolean {
  switch (text.charCodeAt(0) | 32) {
    case 110: // n, N
    case 116: // t, T
    case 102: // f, F
      return text.length <= 5;
    default:
      return text.length === 0 || text.charCodeAt(0) < 58 || text === '~';
  }
}

const DECIMAL = /^[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?$/;
const OCTAL = /^0o[0-7]+$/;
const HEXADECIMAL = /^0x[0-9a-fA-F]+$/;
const INFINITE = /^[-+]?\.(?:inf|Inf|INF)$/;
const NOT_A_NUMBER = /^\.(?:nan|NaN|NAN)$/;

function plainNumber(text: string): number | undefined {
  if (DECIMAL.test(text) || OCTAL.test(text) || HEXADECIMAL.test(text)) return Number(text);
  if (INFINITE.test(text)) return text.startsWith('-') ? -Infinity : Infinity;
  if (NOT_A_NUMBER.test(text)) return Number.NaN;
  return undefined;
}
