import { split } from '../../words/split.ts';
import type { Shape } from '../shape.ts';

type EnumShape = Shape & { readonly kind: 'enum' };

/** The value of an enum that means what a text says: `placed` is `PLACED` and `ORDER_STATUS_PLACED`; undefined where none does. */
export function enumValueOf(text: string, shape: EnumShape, from?: Shape): string | undefined {
  if (shape.values.includes(text)) return text;
  const wanted = meaningOf(text, from?.kind === 'enum' ? from : undefined);
  return meaningsOf(shape).get(wanted) ?? meaningsOf(shape).get(meaningOf(text, shape));
}

/** What a value of an enum is called where values have plain names: `placed` for `ORDER_STATUS_PLACED`. */
export function plainValueOf(text: string, shape: EnumShape): string {
  return meaningOf(text, shape).replaceAll(' ', '_');
}

/** Whether a value says that nobody said: `ORDER_STATUS_UNSPECIFIED`. */
export function saysNothing(text: string, shape: EnumShape): boolean {
  return /^(?:unspecified|undefined|unset|invalid)$/.test(meaningOf(text, shape));
}

function meaningsOf(shape: EnumShape): ReadonlyMap<string, string> {
  let meanings = known.get(shape);
  if (!meanings) {
    // Of values that mean the same, the first.
    meanings = new Map([...shape.values].reverse().map((value) => [meaningOf(value, shape), value]));
    known.set(shape, meanings);
  }
  return meanings;
}

const known = new WeakMap<EnumShape, ReadonlyMap<string, string>>();

/** The words of a value without those of its enum, which `.proto` puts in front. */
function meaningOf(text: string, shape: EnumShape | undefined): string {
  const words = split(text);
  const prefix = split(lastSegment(shape?.name ?? ''));
  const bare =
    prefix.length > 0 && words.length > prefix.length && prefix.every((word, i) => words[i] === word)
      ? words.slice(prefix.length)
      : words;
  // Values of signs alone, such as `<` or `*`, mean themselves.
  return bare.length === 0 ? text : bare.map((word) => spellings.get(word) ?? word).join(' ');
}

function lastSegment(name: string): string {
  return name.slice(name.lastIndexOf('.') + 1);
}

/** Words that are spelt in two ways. */
const spellings: ReadonlyMap<string, string> = new Map([
  ['canceled', 'cancelled'],
  ['canceling', 'cancelling'],
  ['fulfiled', 'fulfilled'],
  ['labeled', 'labelled'],
  ['gray', 'grey'],
]);
