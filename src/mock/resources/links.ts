/** Which fields of records lead to records of other resources. */
import { split } from '../../words/split.ts';
import type { Field, Shape } from '../shape.ts';
import { coreOf, nounOf } from './draft.ts';
import type { Resource } from './resource.ts';

/**
 * The fields of a resource's records that hold the id of another record, by name: `customer_id`, `billingCustomerId`, and
 * `customer` where it is a text, a number or an object with an id.
 * @param directory the resources by all their names
 */
export function linksOf(
  resource: Resource,
  directory: ReadonlyMap<string, readonly Resource[]>,
): ReadonlyMap<string, Resource> {
  const { shape, idField } = resource.home;
  const links = new Map<string, Resource>();
  if (shape.kind !== 'object') return links;
  for (const field of shape.fields().values()) {
    if (field.name === idField) continue;
    const target = targetOf(field, directory, resource);
    if (target && mayHold(field, target)) links.set(field.name, target);
  }
  return links;
}

/** What an object is by its type, `customer: User`; else what a name speaks of. */
function targetOf(
  field: Field,
  directory: ReadonlyMap<string, readonly Resource[]>,
  owner: Resource,
): Resource | undefined {
  const { shape } = field;
  const type = shape.kind === 'object' ? coreOf(shape.name) : '';
  if (directory.has(type)) return resourceCalled(type, directory, owner);
  const noun = nounMeant(field);
  return noun === null ? undefined : resourceCalled(noun, directory, owner);
}

/** The thing that a field's name speaks of, if what it holds may be an id. */
function nounMeant({ name, shape }: Field): string | null {
  const words = split(name);
  const last = words.at(-1) ?? '';
  if (isId(shape) && words.length > 1 && /^(?:id|uuid|gid|sid|key)$/.test(last)) return nounOf(words.slice(0, -1));
  if (words.length === 0 || notThings.has(last)) return null;
  const whole = words.join(' ');
  if (whole !== nounOf(words)) return null;
  if (isId(shape) && !('format' in shape && shape.format !== undefined && !idFormats.has(shape.format))) return whole;
  return shape.kind === 'object' ? whole : null;
}

/** Whether a field can hold the target's ids: a text without `id` in its name holds no numbers. */
function mayHold({ name, shape }: Field, { home }: Resource): boolean {
  if (home.idField === null) return false;
  const isIdNamed = /^(?:id|uuid|gid|sid)$/.test(split(name).at(-1) ?? '');
  if (shape.kind === 'integer') return home.idKind === 'integer';
  if (shape.kind === 'object') return isId(shape.fields().get(home.idField)?.shape);
  return isIdNamed || home.idKind !== 'integer';
}

const idFormats = new Set(['uuid', 'int32', 'int64', 'ulid']);

/** Words that hold a value far more often than another record, whatever resources are called. */
const notThings = new Set(
  'name title label type status state kind email address phone currency country language locale price amount color role code version note description comment message content text body url image tag level event action path ref key secret template count size number date time position line column row head base value data info result link score rank index limit total size unit width height length group parent repo'.split(
    ' ',
  ),
);

function isId(shape: Shape | undefined): shape is Shape & { readonly kind: 'string' | 'integer' } {
  return shape?.kind === 'string' || shape?.kind === 'integer';
}

/** `customer` for `billing customer`, where nothing is called that. */
function resourceCalled(
  noun: string,
  directory: ReadonlyMap<string, readonly Resource[]>,
  owner: Resource,
): Resource | undefined {
  const words = noun.split(' ');
  for (let from = 0; from < words.length; from++) {
    const name = words.slice(from).join(' ');
    const found = directory.get(name);
    if (!found) continue;
    // Of several of one name: what holds the owner, what lies beside it, what is called just so, what lies outermost.
    return (
      found.find((one) => one === owner.parent) ??
      found.find((one) => one.parent !== null && one.parent === owner.parent) ??
      found.find((one) => one.name === name) ??
      found.find((one) => one.parent === null) ??
      found[0]
    );
  }
  return undefined;
}
