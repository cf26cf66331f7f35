import { isObject, type Json, type JsonObject } from '../json.ts';
import { DecodeError } from './wire.ts';

/** Seconds since 1970 at the beginning of the year 1 and the end of the year 9999, which timestamps may have. */
const leastSeconds = -62_135_596_800;
const mostSeconds = 253_402_300_799;
/** Ten thousand years in seconds, which durations may have. */
const longestDuration = 315_576_000_000;

/** How a message that has a JSON form of its own is told from its fields, and the other way round. */
interface WellKnown {
  /** @throws DecodeError when JSON has no form for it */
  fromRaw(raw: JsonObject): Json;
  /** Undefined where the JSON is none of it. */
  toRaw(value: Json): JsonObject | undefined;
}

const wrapper: WellKnown = {
  fromRaw: ({ value }) => value ?? null,
  toRaw: (value) => (value === null || typeof value === 'object' ? undefined : { value }),
};

/** A wrapper of values whose default is this one. */
function wrapperOf(zero: Json): WellKnown {
  return { ...wrapper, fromRaw: ({ value = zero }) => value };
}

const table: Readonly<Record<string, WellKnown>> = {
  Timestamp: { fromRaw: timestampFromRaw, toRaw: timestampToRaw },
  Duration: { fromRaw: durationFromRaw, toRaw: durationToRaw },
  FieldMask: {
    fromRaw: ({ paths }) => (Array.isArray(paths) ? (paths as readonly Json[]).join(',') : ''),
    toRaw: (value) => {
      if (isObject(value) && Array.isArray(value.paths)) return { paths: value.paths };
      if (typeof value !== 'string') return undefined;
      return { paths: value === '' ? [] : value.split(',').map((path) => path.trim()) };
    },
  },
  Any: { fromRaw: (raw) => raw, toRaw: (value) => (isObject(value) ? value : undefined) },
  Struct: {
    fromRaw: ({ fields }) => fields ?? {},
    toRaw: (value) => (isObject(value) ? { fields: value } : undefined),
  },
  ListValue: {
    fromRaw: ({ values }) => values ?? [],
    toRaw: (value) => (Array.isArray(value) ? { values: value as readonly Json[] } : undefined),
  },
  Value: { fromRaw: valueFromRaw, toRaw: valueToRaw },
  DoubleValue: wrapperOf(0),
  FloatValue: wrapperOf(0),
  Int64Value: wrapperOf('0'),
  UInt64Value: wrapperOf('0'),
  Int32Value: wrapperOf(0),
  UInt32Value: wrapperOf(0),
  BoolValue: wrapperOf(false),
  StringValue: wrapperOf(''),
  BytesValue: wrapperOf(''),
};

const start = 'google.protobuf.';

/** Whether JSON has a form of its own for a message. */
export function isWellKnown(fullName: string): boolean {
  return fullName.startsWith(start) && Object.hasOwn(table, fullName.slice(start.length));
}

/** The JSON of such a message. @param raw its fields @throws DecodeError when JSON has no form for it */
export function wellKnownFromRaw(fullName: string, raw: JsonObject): Json {
  return table[fullName.slice(start.length)]!.fromRaw(raw);
}

/** The fields of such a message; undefined where the JSON is none of it. */
export function wellKnownToRaw(fullName: string, value: Json): JsonObject | undefined {
  return table[fullName.slice(start.length)]!.toRaw(value);
}

function timestampFromRaw({ seconds = '0', nanos = 0 }: JsonObject): Json {
  const [whole, part] = [Number(seconds), Number(nanos)];
  const isIn = whole >= leastSeconds && whole <= mostSeconds && part >= 0 && part <= 999_999_999;
  if (!isIn) throw new DecodeError('A timestamp is out of range: it has to be in the years 1 to 9999.');
  return `${new Date(whole * 1000).toISOString().slice(0, -5)}${fractionOf(part)}Z`;
}

const rfc3339 = /^(\d{4}-\d\d-\d\d)[Tt ](\d\d:\d\d:\d\d)(?:\.(\d{1,9})\d*)?([Zz]|[+-]\d\d:\d\d)$/;

function timestampToRaw(value: Json): JsonObject | undefined {
  if (isObject(value) && ('seconds' in value || 'nanos' in value)) return value;
  // A date alone is its beginning: lenses may carry one over.
  const text = typeof value === 'string' && /^\d{4}-\d\d-\d\d$/.test(value) ? `${value}T00:00:00Z` : value;
  const [, date, time, fraction = '', zone = ''] = (typeof text === 'string' && rfc3339.exec(text)) || [];
  if (date === undefined) return undefined;
  const seconds = Date.parse(`${date}T${time}${zone.toUpperCase()}`) / 1000;
  const isReal = !Number.isNaN(seconds) && Number(date.slice(8)) <= daysOf(date);
  if (!isReal || seconds < leastSeconds || seconds > mostSeconds) return undefined;
  return { seconds: String(seconds), nanos: Number(fraction.padEnd(9, '0')) };
}

/** The days of the month that a date is in. */
function daysOf(date: string): number {
  const [year = 0, month = 1] = date.split('-').map(Number);
  return new Date(Date.UTC(2000 + (year % 400), month, 0)).getUTCDate();
}

function durationFromRaw({ seconds = '0', nanos = 0 }: JsonObject): Json {
  const [whole, part] = [Number(seconds), Number(nanos)];
  if (Math.abs(whole) > longestDuration || Math.abs(part) > 999_999_999 || whole * part < 0) {
    throw new DecodeError('A duration is out of range.');
  }
  return `${whole < 0 || part < 0 ? '-' : ''}${Math.abs(whole)}${fractionOf(Math.abs(part))}s`;
}

function durationToRaw(value: Json): JsonObject | undefined {
  if (isObject(value) && ('seconds' in value || 'nanos' in value)) return value;
  const [, sign, whole, fraction = ''] =
    (typeof value === 'string' && /^(-?)(\d{1,12})(?:\.(\d{1,9}))?s$/.exec(value)) || [];
  if (whole === undefined || Number(whole) > longestDuration) return undefined;
  const factor = sign === '-' ? -1 : 1;
  return { seconds: String(factor * Number(whole) || 0), nanos: factor * Number(fraction.padEnd(9, '0')) || 0 };
}

/** `.5` seconds have three digits, as others have six or nine. */
function fractionOf(nanos: number): string {
  return nanos === 0
    ? ''
    : `.${String(nanos)
        .padStart(9, '0')
        .replace(/(?:000){1,2}$/, '')}`;
}

function valueFromRaw(raw: JsonObject): Json {
  const { number_value, string_value, bool_value, struct_value, list_value } = raw;
  return number_value ?? string_value ?? bool_value ?? struct_value ?? list_value ?? null;
}

function valueToRaw(value: Json): JsonObject {
  if (value === null) return { null_value: 0 };
  if (typeof value === 'number') return { number_value: value };
  if (typeof value === 'string') return { string_value: value };
  if (typeof value === 'boolean') return { bool_value: value };
  return Array.isArray(value) ? { list_value: value as readonly Json[] } : { struct_value: value as JsonObject };
}
