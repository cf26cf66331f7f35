import { split } from '../../words/split.ts';
import { isObject, type Json, type JsonObject } from '../json.ts';
import type { Field, Shape } from '../shape.ts';

/** A sum of money, exact to the nano as `google.type.Money` is; null currency where none is said. */
export interface Sum {
  readonly nanos: bigint;
  readonly currency: string | null;
}

type ObjectShape = Shape & { readonly kind: 'object' };

/** How a field holds a sum; null where it holds none, or nothing tells that it does. */
export type MoneyForm =
  /** `{ currency_code, units, nanos }`, `{ cents, currency }`, `{ amount, currency }` */
  | 'object'
  /** Hundredths, as the name says: `total_cents`. */
  | 'minor'
  /** `"49.80"` or 49.8; a sum only where the field that it is read from or written to is one. */
  | 'decimal';

/** The form in which a field may hold a sum. */
export function moneyFormOf(field: Field): MoneyForm | null {
  const { shape } = field;
  if (shape.kind === 'object') return isMoneyObject(shape) ? 'object' : null;
  if (shape.kind === 'integer') return isMinor(split(field.name)) ? 'minor' : null;
  if (shape.kind === 'number') return isMinor(split(field.name)) ? 'minor' : 'decimal';
  return shape.kind === 'string' && (shape.format === undefined || shape.format === 'decimal') ? 'decimal' : null;
}

/** Whether an object is a sum of money: it has a currency and an amount, and little else. */
export function isMoneyObject(shape: Shape): shape is ObjectShape {
  if (shape.kind !== 'object') return false;
  const fields = [...shape.fields().values()];
  return fields.length <= 6 && fields.some(isCurrency) && fields.some((field) => partOf(field) !== null);
}

/** The words of a field without those that only say how the sum is written: `total_cents` and `total_amount` are total. */
export function sumWords(name: string): readonly string[] {
  const words = [...split(name)];
  while (words.length > 1 && writing.has(words.at(-1)!)) words.pop();
  return words;
}

/** Whether a field holds the code of a currency. */
export function isCurrency(field: Field): boolean {
  return isCurrencyName(field.name);
}

/** Whether something called so is the code of a currency. */
export function isCurrencyName(name: string): boolean {
  return ['currency', 'currency code'].includes(split(name).join(' '));
}

/** The first currency that a record says, by itself or in its sums, not far down; undefined where it says none. */
export function currencyIn(value: Json | undefined, depth = 0): string | undefined {
  if (Array.isArray(value)) return depth < 4 ? currencyIn(value[0], depth + 1) : undefined;
  if (!isObject(value)) return undefined;
  const entries = Object.entries(value);
  const own = entries.find(
    ([name, code]) => typeof code === 'string' && /^[A-Z]{3}$/.test(code) && isCurrencyName(name),
  );
  if (own) return own[1] as string;
  if (depth >= 4) return undefined;
  for (const [, inner] of entries) {
    const found = currencyIn(inner, depth + 1);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** The sum that a field holds; null where it holds none. */
export function readSum(value: Json | undefined, field: Field): Sum | null {
  switch (moneyFormOf(field)) {
    case 'object':
      return isObject(value) && field.shape.kind === 'object' ? readObject(value, field.shape) : null;
    case 'minor':
      return fromMinor(value);
    case 'decimal':
      return fromDecimal(value);
    default:
      return null;
  }
}

/** A sum as a field holds it; undefined where the field can hold none. */
export function writeSum(sum: Sum, field: Field): Json | undefined {
  const { shape } = field;
  switch (moneyFormOf(field)) {
    case 'object':
      return shape.kind === 'object' ? writeObject(sum, shape) : undefined;
    case 'minor':
      return whole(roundTo(sum.nanos, nanosPerCent), shape);
    case 'decimal':
      return shape.kind === 'number' ? Number(decimal(sum.nanos)) : decimal(sum.nanos);
    default:
      return undefined;
  }
}

const nanosPerUnit = 1_000_000_000n;
const nanosPerCent = 10_000_000n;

/** What a field of a money object says of the sum. */
function partOf(field: Field): 'units' | 'nanos' | 'minor' | 'decimal' | null {
  const words = split(field.name).join(' ');
  const { kind } = field.shape;
  if (words === 'units' || words === 'nanos') return words;
  if (kind === 'integer' && (amounts.has(words) || isMinor(words.split(' ')))) return 'minor';
  return (kind === 'number' || kind === 'string') && amounts.has(words) ? 'decimal' : null;
}

function readObject(value: JsonObject, shape: ObjectShape): Sum | null {
  let nanos: bigint | null = null;
  let currency: string | null = null;
  for (const field of shape.fields().values()) {
    const held = value[field.name];
    if (held === undefined || held === null) continue;
    if (isCurrency(field)) currency = typeof held === 'string' && held !== '' ? held : null;
    const read = readPart(held, partOf(field));
    if (read !== null) nanos = (nanos ?? 0n) + read;
  }
  // Zero units and nanos are often left out.
  return nanos === null && currency === null ? null : { nanos: nanos ?? 0n, currency };
}

function readPart(held: Json, part: ReturnType<typeof partOf>): bigint | null {
  switch (part) {
    case 'units':
      return scaled(held, nanosPerUnit);
    case 'nanos':
      return scaled(held, 1n);
    case 'minor':
      return scaled(held, nanosPerCent);
    case 'decimal':
      return fromDecimal(held)?.nanos ?? null;
    default:
      return null;
  }
}

function writeObject(sum: Sum, shape: ObjectShape): JsonObject {
  const written: [string, Json][] = [];
  for (const field of shape.fields().values()) {
    const value = isCurrency(field) ? sum.currency : writePart(sum.nanos, field);
    if (value !== null) written.push([field.name, value]);
  }
  return Object.fromEntries(written);
}

function writePart(nanos: bigint, field: Field): Json {
  switch (partOf(field)) {
    case 'units':
      return whole(nanos / nanosPerUnit, field.shape);
    case 'nanos':
      return Number(nanos % nanosPerUnit);
    case 'minor':
      return whole(roundTo(nanos, nanosPerCent), field.shape);
    case 'decimal':
      return field.shape.kind === 'number' ? Number(decimal(nanos)) : decimal(nanos);
    default:
      return null;
  }
}

function fromMinor(value: Json | undefined): Sum | null {
  const nanos = scaled(value, nanosPerCent);
  return nanos === null ? null : { nanos, currency: null };
}

function scaled(value: Json | undefined, by: bigint): bigint | null {
  if (typeof value === 'number' && Number.isSafeInteger(value)) return BigInt(value) * by;
  return typeof value === 'string' && /^-?\d{1,19}$/.test(value) ? BigInt(value) * by : null;
}

function fromDecimal(value: Json | undefined): Sum | null {
  const text = typeof value === 'number' ? plain(value) : value;
  const parts = typeof text === 'string' ? /^(-?)(\d{1,19})(?:\.(\d{1,9})\d*)?$/.exec(text) : null;
  if (!parts) return null;
  const [, sign, units, fraction] = parts;
  const nanos = BigInt(units!) * nanosPerUnit + BigInt((fraction ?? '').padEnd(9, '0'));
  return { nanos: sign === '-' ? -nanos : nanos, currency: null };
}

function plain(value: number): string {
  return Math.abs(value) < 1e15 ? value.toFixed(9) : '';
}

/** With two digits behind the point, or as many as it takes. */
function decimal(nanos: bigint): string {
  const size = nanos < 0n ? -nanos : nanos;
  const fraction = (size % nanosPerUnit)
    .toString()
    .padStart(9, '0')
    .replace(/0{1,7}$/, '');
  return `${nanos < 0n ? '-' : ''}${size / nanosPerUnit}.${fraction}`;
}

function roundTo(nanos: bigint, by: bigint): bigint {
  const half = by / 2n;
  return (nanos + (nanos < 0n ? -half : half)) / by;
}

function whole(value: bigint, shape: Shape): Json {
  return shape.kind === 'string' || (shape.kind === 'integer' && shape.asText) ? String(value) : Number(value);
}

function isMinor(words: readonly string[]): boolean {
  return words.at(-1) === 'cents' || words.at(-1) === 'minor' || words.slice(-2).join(' ') === 'minor units';
}

const amounts: ReadonlySet<string> = new Set(['amount', 'value', 'price', 'total', 'sum']);
const writing: ReadonlySet<string> = new Set(['cents', 'minor', 'units', 'amount', 'in']);
