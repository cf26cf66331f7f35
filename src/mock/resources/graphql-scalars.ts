import { split } from '../../words/split.ts';
import type { Shape } from '../shape.ts';

/** What the values of a custom scalar look like, as far as its name tells. */
export type ScalarKind =
  | 'date-time'
  | 'date'
  | 'time'
  | 'duration'
  | 'timestamp'
  | 'uuid'
  | 'email'
  | 'uri'
  | 'decimal'
  | 'integer'
  | 'big-integer'
  | 'number'
  | 'boolean'
  | 'json'
  | 'upload'
  | 'void'
  | 'text';

/** What a scalar's name says that it holds; text where it says nothing. */
export function scalarKind(name: string): ScalarKind {
  const known = kinds.get(name);
  if (known) return known;
  const words = split(name.replace(/^AWS/, '').replace(/^_+/, '')).join(' ');
  const kind = byWords.find(([pattern]) => pattern.test(words))?.[1] ?? 'text';
  kinds.set(name, kind);
  return kind;
}

const kinds = new Map<string, ScalarKind>();

const byWords: readonly (readonly [RegExp, ScalarKind])[] = [
  [/\btime ?stamp$|\bunix time|\bepoch/, 'timestamp'],
  [/date ?time|\binstant\b|\bmoment\b|\bgit timestamp\b/, 'date-time'],
  [/\bdate$|^date\b|^local date$|\bday$/, 'date'],
  [/duration|period\b/, 'duration'],
  [/\btime$/, 'time'],
  [/\buuid\b|\bguid\b/, 'uuid'],
  [/\bemail/, 'email'],
  [/\buri\b|\burl\b|\blink$/, 'uri'],
  [/^(?:json.*|any|object|map|mixed|metadata|generic scalar|.*\bjson|properties|struct|record)$/, 'json'],
  [/decimal|\bmoney\b|\bnumeric\b|\bbig number\b/, 'decimal'],
  [/big ?int|\blong\b|\bint ?64\b|\buint ?64\b|\buint ?256\b/, 'big-integer'],
  [
    /\bint(?:eger)?(?: ?\d+)?$|^(?:positive|non negative|negative|unsigned) int|\bshort$|\bbyte$|\bport$|\bminute$|\bsecond$|\bhour$|\byear$/,
    'integer',
  ],
  [/float|double|\bnumber$|\blatitude$|\blongitude$|\bweight scalar$/, 'number'],
  [/^bool(?:ean)?$/, 'boolean'],
  [/^(?:upload|file|file upload)$/, 'upload'],
  [/^(?:void|unit|null)$/, 'void'],
];

/** The shape of a scalar's values: of a custom one, and of one that is defined nowhere, by what its name says. */
export function scalarShape(name: string): Shape {
  const known = builtIn.get(name);
  if (known) return known;
  const kind = scalarKind(name);
  switch (kind) {
    case 'date-time':
    case 'date':
    case 'time':
    case 'duration':
    case 'uuid':
    case 'email':
    case 'uri':
      return { kind: 'string', format: kind };
    case 'integer':
    case 'big-integer':
    case 'timestamp':
      return { kind: 'integer', format: 'int64' };
    case 'decimal':
    case 'number':
      return { kind: 'number' };
    case 'boolean':
      return { kind: 'boolean' };
    case 'text':
      return { kind: 'string' };
    case 'json':
    case 'upload':
    case 'void':
      return { kind: 'any' };
  }
}

const builtIn: ReadonlyMap<string, Shape> = new Map<string, Shape>([
  ['Int', { kind: 'integer', format: 'int32' }],
  ['Float', { kind: 'number' }],
  ['Boolean', { kind: 'boolean' }],
  ['ID', { kind: 'string' }],
  ['String', { kind: 'string' }],
]);
