import { GraphQLError, type GraphQLScalarType, specifiedScalarTypes, valueFromASTUntyped } from 'graphql/index.js';
import { type ScalarKind, scalarKind } from '../resources/graphql-scalars.ts';

const specified = new Set(specifiedScalarTypes.map(({ name }) => name));

/** Makes a custom scalar read and write what its name promises. Where the name promises nothing, everything is let through. */
export function equipScalar(scalar: GraphQLScalarType): void {
  if (specified.has(scalar.name)) return;
  const kind = scalarKind(scalar.name);
  const check = (value: unknown): unknown => {
    const problem = problemWith(kind, value);
    if (problem) throw new GraphQLError(`${scalar.name} cannot represent ${shown(value)}: ${problem}.`, badInput);
    return value;
  };
  scalar.serialize = (value) => value;
  scalar.parseValue = check;
  scalar.parseLiteral = (node, variables) => check(valueFromASTUntyped(node, variables));
}

const badInput = { extensions: { code: 'BAD_USER_INPUT' } };

/** What is wrong with a value that a caller gives for such a scalar, as the end of a sentence; undefined when nothing is. */
function problemWith(kind: ScalarKind, value: unknown): string | undefined {
  const isText = typeof value === 'string';
  const isNumber = typeof value === 'number';
  switch (kind) {
    case 'date-time':
      // Many servers take milliseconds as well as RFC 3339.
      return isNumber || (isText && !Number.isNaN(Date.parse(value))) ? undefined : 'it is no date and time';
    case 'date':
      return isNumber || (isText && /^\d{4}-\d{2}-\d{2}/.test(value) && !Number.isNaN(Date.parse(value.slice(0, 10))))
        ? undefined
        : 'it is no date such as 2026-03-01';
    case 'uuid':
      return isText && /^[\da-f]{8}-?(?:[\da-f]{4}-?){3}[\da-f]{12}$/i.test(value) ? undefined : 'it is no UUID';
    case 'email':
      return isText && /^[^\s@]+@[^\s@]+$/.test(value) ? undefined : 'it is no email address';
    case 'decimal':
    case 'number':
      return (isNumber || isText) && value !== '' && Number.isFinite(Number(value)) ? undefined : 'it is no number';
    case 'integer':
    case 'big-integer':
      return Number.isInteger(value) || (isText && /^-?\d+$/.test(value)) ? undefined : 'it is no whole number';
    case 'boolean':
      return typeof value === 'boolean' ? undefined : 'it is neither true nor false';
    default:
      return undefined;
  }
}

function shown(value: unknown): string {
  const text = JSON.stringify(value) ?? String(value);
  return text.length > 60 ? `${text.slice(0, 59)}…` : text;
}
