import { oneOf } from '../../conventions/protobuf/standard-methods.ts';
import { toCase } from '../../words/cases.ts';
import { split } from '../../words/split.ts';
import type { Resource } from '../resources/resource.ts';
import type { Roles } from '../resources/roles.ts';
import type { FieldType, MessageType } from './schema.ts';

/** Where a message holds records of a resource. */
export interface RecordPlace {
  /** The message of the record itself. */
  readonly type: MessageType;
  /** The field that holds it; null where the message is the record. */
  readonly field: FieldType | null;
}

/** Where a message holds one record of a resource: in itself, in a field of that type, in one called like it; null: nowhere. */
export function recordIn(type: MessageType, resource: Resource, roles: Pick<Roles, 'messages'>): RecordPlace | null {
  if (roles.messages.get(type.fullName) === resource) return { type, field: null };
  const single = type.fields.filter((field) => field.message && !field.repeated);
  return placeOf(single, resource, roles);
}

/** Where a message holds a list of records. */
export function recordsIn(type: MessageType, resource: Resource, roles: Pick<Roles, 'messages'>): RecordPlace | null {
  const lists = type.fields.filter((field) => field.message && field.repeated && !field.map);
  return (
    placeOf(lists, resource, roles) ?? (lists.length === 1 ? { type: lists[0]!.message!, field: lists[0]! } : null)
  );
}

function placeOf(
  fields: readonly FieldType[],
  resource: Resource,
  { messages }: Pick<Roles, 'messages'>,
): RecordPlace | null {
  const field =
    fields.find(({ message }) => messages.get(message!.fullName) === resource) ??
    fields.find(({ name }) => isCalled(name, resource));
  return field ? { type: field.message!, field } : null;
}

/** Whether a field is called like a resource, in the singular or the plural: `orders`, `order`. */
function isCalled(name: string, resource: Resource): boolean {
  return singularWords(name) === singularWords(resource.name);
}

function singularWords(name: string): string {
  return split(oneOf(toCase(split(name), 'pascal'))).join(' ');
}

/** The fields of a request that control what is done, rather than saying what a record is to hold. */
export interface Controls {
  readonly id: FieldType | null;
  readonly parent: FieldType | null;
  readonly pageSize: FieldType | null;
  readonly pageToken: FieldType | null;
  readonly skip: FieldType | null;
  readonly filter: FieldType | null;
  readonly orderBy: FieldType | null;
  readonly mask: FieldType | null;
  readonly requestId: FieldType | null;
  readonly validateOnly: FieldType | null;
  readonly allowMissing: FieldType | null;
  readonly etag: FieldType | null;
  /** All of these. */
  readonly all: ReadonlySet<FieldType>;
}

/** Which fields of a request control what is done. The same message and resource give the same. */
export function controlsOf(type: MessageType, resource: Resource): Controls {
  const byResource = controls.get(type) ?? new WeakMap<Resource, Controls>();
  controls.set(type, byResource);
  const known = byResource.get(resource) ?? findControls(type, resource);
  byResource.set(resource, known);
  return known;
}

const controls = new WeakMap<MessageType, WeakMap<Resource, Controls>>();

function findControls(type: MessageType, resource: Resource): Controls {
  const named = (pattern: RegExp, fits: (field: FieldType) => boolean = isText) =>
    type.fields.find((field) => !field.repeated && pattern.test(field.name.toLowerCase()) && fits(field)) ?? null;
  const found = {
    id: idFieldOf(type, resource),
    parent: named(/^parent(?:_name)?$/),
    pageSize: named(/^(?:page_?size|max_?results|limit|max_page_size|per_page|count)$/, isNumber),
    pageToken: named(/^(?:page_?token|next_?page_?token|cursor|after|continuation_?token)$/),
    skip: named(/^(?:skip|offset)$/, isNumber),
    filter: named(/^filter$/),
    orderBy: named(/^(?:order_?by|sort_?by|sort)$/),
    mask: named(/^(?:update_?mask|field_?mask|mask|read_?mask)$/, isMask),
    requestId: named(/^(?:request_?id|idempotency_?key)$/),
    validateOnly: named(/^(?:validate_?only|dry_?run)$/, isFlag),
    allowMissing: named(/^allow_?missing$/, isFlag),
    etag: named(/^etag$/),
  };
  const all = new Set(Object.values(found).filter((field) => field !== null));
  for (const field of type.fields) if (/^force$|^view$|^show_deleted$/.test(field.name)) all.add(field);
  return { ...found, all };
}

/**
 * The field with the id of a record, in the record itself or in a request for one: `name`, `id`, `order_id`, `order`, then the
 * only field that is a text or a number.
 */
export function idFieldOf(type: MessageType, resource: Resource): FieldType | null {
  const noun = split(resource.name).join('_');
  const last = split(resource.name).at(-1) ?? noun;
  const names = [
    'name',
    'id',
    `${noun}_id`,
    `${noun}_name`,
    `${last}_id`,
    noun,
    last,
    'uuid',
    'uid',
    'key',
    'slug',
    'resource_name',
  ];
  const { idField } = resource.home;
  if (idField !== null) names.push(split(idField).join('_'));
  const scalars = type.fields.filter((field) => !field.repeated && (isText(field) || isNumber(field)));
  for (const name of names) {
    const field = scalars.find((one) => split(one.name).join('_') === name);
    if (field && !(name === 'name' && scalars.some((one) => one.name === 'id' || one.name === `${noun}_id`)))
      return field;
  }
  const ids = scalars.filter(({ name }) => /(?:^|_)id$/.test(split(name).join('_')));
  if (ids.length === 1) return ids[0]!;
  return scalars.length === 1 && type.fields.length <= 2 ? scalars[0]! : null;
}

function isText({ kind, message }: FieldType): boolean {
  return kind === 'string' || message?.fullName === 'google.protobuf.StringValue';
}

function isNumber({ kind, message }: FieldType): boolean {
  return (
    /^(?:u?int|s?fixed|sint)(?:32|64)$/.test(kind) ||
    /^google\.protobuf\.U?Int(?:32|64)Value$/.test(message?.fullName ?? '')
  );
}

function isFlag({ kind }: FieldType): boolean {
  return kind === 'bool';
}

function isMask({ message }: FieldType): boolean {
  return message?.fullName === 'google.protobuf.FieldMask';
}
