import { getNamedType } from 'graphql/index.js';
import { split } from '../../words/split.ts';
import type { Resource } from '../resources/resource.ts';
import type { Call } from './things.ts';

/** The argument that names the one record that is asked for. */
export function idAmong(
  { args, field }: Pick<Call, 'args' | 'field'>,
  resource: Resource,
): { readonly name: string; readonly value: unknown } | undefined {
  const given = Object.entries(args).filter(([, value]) => typeof value === 'string' || typeof value === 'number');
  const named = given.find(([name]) => isIdOf(name, resource));
  const ids = given.filter(([name]) => {
    const argument = field.args.find((one) => one.name === name);
    return argument && getNamedType(argument.type).name === 'ID';
  });
  const found = named ?? (given.length === 1 ? ids[0] : undefined);
  return found && { name: found[0], value: found[1] };
}

/** Whether a name is that of a resource's id: `id`, `orderId`, `order`. */
export function isIdOf(name: string, { name: noun, home }: Resource): boolean {
  const words = split(name).join(' ');
  if (/^(?:id|uuid|guid|gid)$/.test(words) || words === `${noun} id` || words === `${noun} uuid`) return true;
  return words === noun || (noun.endsWith(words.replace(/ id$/, '')) && words.endsWith(' id') && noun.includes(' '))
    ? true
    : home.idField !== null && words === split(home.idField).join(' ') && home.idField !== 'name';
}

/** The ids of several records, where nothing else is asked. @param resource null: of whatever type */
export function idsAmong(
  args: Readonly<Record<string, unknown>>,
  resource: Resource | null,
): readonly unknown[] | undefined {
  const own = Object.entries(args).filter(([, value]) => value !== null && value !== undefined);
  const found = own.find(
    ([name, value]) =>
      Array.isArray(value) && (/^(?:ids|uuids)$/.test(name) || (resource && isIdOf(name.replace(/s$/, ''), resource))),
  );
  return found && own.length === 1 ? (found[1] as unknown[]) : undefined;
}
