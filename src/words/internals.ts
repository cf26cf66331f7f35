import { split } from './split.ts';

/**
 * Whether a name is that of what only the makers of a server should see: `stackTrace`, `exception_class`, `sql`. A `trace`
 * alone is the id of a request, unless it is a list. Not ids and codes.
 */
export function namesInternals(name: string, isList: boolean): boolean {
  const words = split(name);
  if (words.at(-1) === 'id' || words.at(-1) === 'code') return false;
  if (words.at(-1) === 'trace' && words.length === 1) return isList;
  const joined = words.join(' ');
  return whole.has(joined) || /(?:^| )stack ?trace$/.test(joined);
}

const whole = new Set([
  'stack',
  'stacktrace',
  'stack trace',
  'call stack',
  'callstack',
  'backtrace',
  'back trace',
  'traceback',
  'exception',
  'exception class',
  'exception type',
  'exception message',
  'inner exception',
  'sql',
  'sql query',
  'sql state',
  'sql statement',
  'stack frames',
]);
