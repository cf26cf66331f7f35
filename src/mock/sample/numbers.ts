import { meetsFormat } from '../../languages/openapi/values/formats.ts';
import type { Random } from '../random.ts';
import type { Layer } from './layers.ts';
import { plausible } from './plausible.ts';

/** The numbers that some schemas leave. */
interface Bounds {
  readonly least: number;
  readonly most: number;
  readonly openBelow: boolean;
  readonly openAbove: boolean;
  readonly steps: readonly number[];
  readonly formats: readonly string[];
}

/** A number that fits the schemas, by its name where they leave room; undefined where there is none. */
export function sampleNumber(
  layers: readonly Layer[],
  kind: 'integer' | 'number',
  called: readonly string[],
  random: Random,
): number | undefined {
  const bounds = boundsOf(layers);
  const isWhole = kind === 'integer' || bounds.formats.some((format) => /^u?int\d*$|^long$/.test(format));
  const format = bounds.formats[0];
  const hint = {
    kind: isWhole ? ('integer' as const) : ('number' as const),
    minimum: bounds.least,
    maximum: bounds.most,
    ...(format !== undefined && { format }),
  };
  for (let attempt = 0; attempt < 3; attempt++) {
    const meant = plausible(called, hint, random);
    if (typeof meant === 'number' && (!isWhole || Number.isInteger(meant)) && isWithin(meant, bounds)) return meant;
  }
  for (let attempt = 0; attempt < 20; attempt++) {
    const value = bounds.steps.length ? stepped(bounds, isWhole, random) : plain(bounds, isWhole, random);
    if (value !== undefined && isWithin(value, bounds)) return value;
  }
  return [bounds.least, bounds.most, 0, 1].find(
    (value) => isWithin(value, bounds) && (!isWhole || Number.isInteger(value)),
  );
}

function boundsOf(layers: readonly Layer[]): Bounds {
  let [least, most] = [-Number.MAX_VALUE, Number.MAX_VALUE];
  let [openBelow, openAbove] = [false, false];
  const steps: number[] = [];
  const formats: string[] = [];
  const raise = (bound: number, open: boolean): void => {
    if (bound > least || (bound === least && open)) [least, openBelow] = [bound, open];
  };
  const lower = (bound: number, open: boolean): void => {
    if (bound < most || (bound === most && open)) [most, openAbove] = [bound, open];
  };
  for (const { value } of layers) {
    const { minimum, maximum, exclusiveMinimum, exclusiveMaximum, multipleOf, format } = value;
    if (typeof minimum === 'number') raise(minimum, exclusiveMinimum === true);
    if (typeof maximum === 'number') lower(maximum, exclusiveMaximum === true);
    if (typeof exclusiveMinimum === 'number') raise(exclusiveMinimum, true);
    if (typeof exclusiveMaximum === 'number') lower(exclusiveMaximum, true);
    if (typeof multipleOf === 'number' && multipleOf > 0 && !steps.includes(multipleOf)) steps.push(multipleOf);
    if (typeof format === 'string') formats.push(format);
  }
  for (const format of formats) {
    const range = ranges[format];
    if (!range) continue;
    raise(range[0], false);
    lower(range[1], false);
  }
  return { least, most, openBelow, openAbove, steps, formats };
}

/** JavaScript reads integers beyond 53 bits as others than were written. */
const ranges: Readonly<Record<string, readonly [number, number]>> = {
  int8: [-128, 127],
  uint8: [0, 255],
  int16: [-32768, 32767],
  uint16: [0, 65535],
  int32: [-(2 ** 31), 2 ** 31 - 1],
  uint32: [0, 2 ** 32 - 1],
  int64: [Number.MIN_SAFE_INTEGER, Number.MAX_SAFE_INTEGER],
  uint64: [0, Number.MAX_SAFE_INTEGER],
  float: [-3.4e38, 3.4e38],
};

function isWithin(value: number, { least, most, openBelow, openAbove, steps, formats }: Bounds): boolean {
  if (value < least || value > most || (openBelow && value === least) || (openAbove && value === most)) return false;
  return steps.every((step) => isMultiple(value, step)) && formats.every((f) => meetsFormat(f, value, true) !== false);
}

/** As a multiple in decimals and in binary: readers differ in how they divide. */
function isMultiple(value: number, step: number): boolean {
  return Number.isInteger(value / step);
}

/** How far from a bound, or from nothing, values are drawn. */
const usual = 100;

function plain(bounds: Bounds, isWhole: boolean, random: Random): number | undefined {
  const [low, high] = window(bounds);
  if (isWhole) {
    const first = Math.ceil(low) + (bounds.openBelow && Math.ceil(low) === low && low === bounds.least ? 1 : 0);
    const last = Math.floor(high) - (bounds.openAbove && Math.floor(high) === high && high === bounds.most ? 1 : 0);
    return first > last ? undefined : random.integer(first, last);
  }
  const value = low + random.fraction() * (high - low);
  const rounded = Math.round(value * 100) / 100;
  return isWithin(rounded, bounds) ? rounded : value;
}

/** Where values are drawn from: near the bounds that there are, from 0 or 1 up where they allow it. */
function window({ least, most }: Bounds): readonly [number, number] {
  if (least <= 1 && most >= usual)
    return [Math.max(least, most > usual && least < 1 ? 1 : least), Math.min(most, usual)];
  if (least > 1) return [least, Math.min(most, least + Math.max(usual, Math.abs(least)))];
  return [Math.max(least, most - Math.max(usual, Math.abs(most))), most];
}

function stepped(bounds: Bounds, isWhole: boolean, random: Random): number | undefined {
  const all = isWhole ? [1, ...bounds.steps] : bounds.steps;
  const step = all.reduce(commonStep);
  const [low, high] = windowOfSteps(bounds, step);
  if (low > high) return undefined;
  const value = random.integer(low, high) * step;
  // 3 × 0.1 is 0.3, as people reckon.
  return Number(value.toPrecision(15));
}

function windowOfSteps({ least, most, openBelow, openAbove }: Bounds, step: number): readonly [number, number] {
  let low = Math.ceil(least / step);
  let high = Math.floor(most / step);
  if (openBelow && low * step === least) low++;
  if (openAbove && high * step === most) high--;
  if (low <= 1 && high >= 1) low = 1;
  if (high > low + usual && low >= 0) high = low + usual;
  if (high < 0 && low < high - usual) low = high - usual;
  return [Math.max(low, Number.MIN_SAFE_INTEGER), Math.min(high, Number.MAX_SAFE_INTEGER)];
}

/** The least common multiple, reckoned in millionths. */
function commonStep(a: number, b: number): number {
  const scale = Number.isInteger(a) && Number.isInteger(b) ? 1 : 1e6;
  let [x, y] = [Math.round(a * scale), Math.round(b * scale)];
  if (x === 0 || y === 0) return Math.max(a, b);
  const product = x * y;
  while (y > 0) [x, y] = [y, x % y];
  return product / x / scale;
}
