import type { Call } from './things.ts';

/** The part of a seed that names a field: it is the same whatever its alias, and another for other arguments. */
export function seedOf(owner: string, { field, args }: Pick<Call, 'field' | 'args'>): string {
  const said = Object.keys(args).length === 0 ? '' : JSON.stringify(Object.entries(args).sort(byName));
  return `${owner}.${field.name}${said}`;
}

function byName([a]: readonly [string, unknown], [b]: readonly [string, unknown]): number {
  return a < b ? -1 : 1;
}
