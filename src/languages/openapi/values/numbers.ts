import { formatWords, meetsFormat } from './formats.ts';
import type { JsonObject, Visit } from './visit.ts';

/** Judges a number by `minimum`, `maximum`, their exclusive forms, `multipleOf` and the integer formats. */
export function judgeNumber(visit: Visit, schema: JsonObject, value: number): void {
  judgeBound(visit, schema, value, 'minimum', 'exclusiveMinimum', 'at least', 'greater than', -1);
  judgeBound(visit, schema, value, 'maximum', 'exclusiveMaximum', 'at most', 'less than', 1);
  const divisor = schema['multipleOf'];
  if (typeof divisor === 'number' && divisor > 0 && !isMultiple(value, divisor)) {
    visit.fault('multipleOf', () => `must be a multiple of ${divisor}, not ${value}`);
  }
  const format = schema['format'];
  if (typeof format !== 'string') return;
  const meets = meetsFormat(format, value, visit.run.isModern);
  if (meets === 'unknown') visit.doubt();
  if (meets === false) visit.fault('format', () => `must be ${formatWords(format)}, not ${value}`);
}

/** In the older dialects the exclusive keyword is a boolean beside the bound; in JSON Schema it is a bound of its own. */
function judgeBound(
  visit: Visit,
  schema: JsonObject,
  value: number,
  inclusive: string,
  exclusive: string,
  atBound: string,
  beyondBound: string,
  sign: 1 | -1,
): void {
  const bound = schema[inclusive];
  const isExclusive = !visit.run.isModern && schema[exclusive] === true;
  if (typeof bound === 'number') {
    const over = sign * (value - bound);
    if (over > 0 || (isExclusive && over === 0)) {
      visit.fault(inclusive, () => `must be ${isExclusive ? beyondBound : atBound} ${bound}, not ${value}`);
    }
  }
  const strict = schema[exclusive];
  if (visit.run.isModern && typeof strict === 'number' && sign * (value - strict) >= 0) {
    visit.fault(exclusive, () => `must be ${beyondBound} ${strict}, not ${value}`);
  }
}

/** Whether `value` is a whole multiple of `divisor`, reckoned in decimals as people write them: 0.07 is seven times 0.01. */
function isMultiple(value: number, divisor: number): boolean {
  if (!Number.isFinite(value) || !Number.isFinite(divisor)) return true;
  if (Number.isSafeInteger(value) && Number.isSafeInteger(divisor)) return value % divisor === 0;
  const [a, b] = [decimal(value), decimal(divisor)];
  const exponent = Math.min(a.exponent, b.exponent);
  const scaled = (of: Decimal) => of.digits * 10n ** BigInt(of.exponent - exponent);
  return scaled(a) % scaled(b) === 0n;
}

interface Decimal {
  readonly digits: bigint;
  readonly exponent: number;
}

/** The shortest decimal that reads as `value`: `digits` × 10 ^ `exponent`. */
function decimal(value: number): Decimal {
  const [mantissa = '0', exponent = '0'] = value.toExponential().split('e');
  const [whole = '0', fraction = ''] = mantissa.split('.');
  return { digits: BigInt(whole + fraction), exponent: Number(exponent) - fraction.length };
}
