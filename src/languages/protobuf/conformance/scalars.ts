import type { NumberLiteral, Value } from '../tree.ts';

/** What a value is, in a sentence. */
export function kindOf({ kind }: Value): string {
  return { number: 'a number', string: 'a string', word: 'a word', message: 'an aggregate', list: 'a list' }[kind];
}

const bits: Readonly<Record<string, readonly [low: bigint, high: bigint]>> = {
  int32: [-(2n ** 31n), 2n ** 31n - 1n],
  uint32: [0n, 2n ** 32n - 1n],
  int64: [-(2n ** 63n), 2n ** 63n - 1n],
  uint64: [0n, 2n ** 64n - 1n],
};

/**
 * What is wrong with a value of a scalar type, in a sentence; null if nothing is.
 * @param inText whether it stands in an aggregate, where more spellings are allowed
 */
export function misfitOf(scalar: string, value: Value, inText: boolean): string | null {
  if (scalar === 'string' || scalar === 'bytes') {
    return value.kind === 'string'
      ? null
      : `A \`${scalar}\` is set to a string in quotes, and here is ${kindOf(value)}.`;
  }
  if (scalar === 'bool') {
    const isBool = value.kind === 'word' && /^(?:true|false)$/.test(value.text);
    const isText = inText && /^(?:[tf01]|True|False)$/.test('text' in value ? value.text : '');
    return isBool || isText ? null : 'A `bool` is set to `true` or `false`.';
  }
  if (scalar === 'float' || scalar === 'double') {
    const isNumber =
      value.kind === 'number' || (value.kind === 'word' && /^-?(?:inf|nan|infinity)f?$/i.test(value.text));
    return isNumber ? null : `A \`${scalar}\` is set to a number, and here is ${kindOf(value)}.`;
  }
  if (value.kind !== 'number' || !isWhole(value)) return `An \`${scalar}\` is set to a whole number.`;
  const width = scalar.replace(/^s?(?:int|fixed)|^sfixed/, (start) => (start === 'fixed' ? 'uint' : 'int'));
  const [low, high] = bits[width] ?? bits['int64']!;
  const exact = wholeOf(value);
  return low <= exact && exact <= high ? null : `\`${value.text}\` is not within the range of \`${scalar}\`.`;
}

/** Whether a number is written without fraction and exponent. */
export function isWhole({ text }: NumberLiteral): boolean {
  return /^-?(?:\d+|0[xX][0-9a-fA-F]+)$/.test(text);
}

function wholeOf({ text }: NumberLiteral): bigint {
  const digits = text.replace('-', '').slice(0, 100);
  const exact = BigInt(/^0[0-7]+$/.test(digits) ? `0o${digits.slice(1)}` : digits);
  return text.startsWith('-') ? -exact : exact;
}
