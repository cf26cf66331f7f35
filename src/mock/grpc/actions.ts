import { split } from '../../words/split.ts';
import type { Context } from '../context.ts';
import type { JsonObject } from '../json.ts';
import type { Item } from '../store/store.ts';
import type { Records } from './records.ts';
import type { FieldType } from './schema.ts';
import { hasBehavior } from './shape-of.ts';

/**
 * What an action leaves of a record: its state is what the action's name says (`cancel` gives CANCELLED), and fields that the
 * request and the record both have are taken over. Where the name says nothing, only that it has changed.
 */
export function acted(_context: Context, records: Records, item: Item, action: string, request: JsonObject): Item {
  const { type } = records;
  const state = type.fields.find(
    (field) => field.enum && !field.repeated && /(?:^|_)(?:status|state|phase|stage)$/.test(field.name),
  );
  const value = state && stateAfter(action, state);
  const written = Object.fromEntries(
    Object.entries(request).filter(([name]) => {
      const field = type.byName.get(name);
      return field !== undefined && !isIdentity(field);
    }),
  );
  const change: JsonObject = value ? { ...written, [state.name]: value } : written;
  const paths = Object.keys(change).map((name) => [name]);
  return records.update(item, change, paths, { action, byServer: true });
}

function isIdentity(field: FieldType): boolean {
  return /^(?:name|id|uid|etag)$|_id$/.test(field.name) || hasBehavior(field, 'OUTPUT_ONLY');
}

/** The value of an enum that an action leads to, by the letters that their words begin with: `cancel` and `CANCELLED`. */
function stateAfter(action: string, { enum: type }: FieldType): string | undefined {
  const [verb = ''] = split(action);
  const stem = (verb.length > 4 ? verb.replace(/(?:e|y)$/, '') : verb).toLowerCase();
  if (stem === '') return undefined;
  const names = [...type!.byName.keys()];
  const fitting = names.filter((name) => split(name).some((word) => word.startsWith(stem)));
  const done = fitting.filter((name) => /(?:ed|en|t|id)$/i.test(name));
  return done[0] ?? fitting[0] ?? names.find((name) => split(name).some((word) => opposites[verb]?.test(word)));
}

/** What some verbs come to that does not begin with their letters. */
const opposites: Readonly<Record<string, RegExp>> = {
  start: /^(?:running|active|started)$/,
  stop: /^(?:stopped|inactive|terminated|idle)$/,
  enable: /^(?:enabled|active)$/,
  disable: /^(?:disabled|inactive|suspended)$/,
  activate: /^active$/,
  deactivate: /^inactive$/,
  pause: /^(?:paused|suspended)$/,
  resume: /^(?:running|active|resumed)$/,
  send: /^sent$/,
  pay: /^paid$/,
  publish: /^(?:published|live|active)$/,
  unpublish: /^(?:draft|unpublished)$/,
  finish: /^(?:done|finished|completed|complete|succeeded)$/,
  complete: /^(?:done|finished|completed|complete|succeeded)$/,
  undelete: /^active$/,
};
