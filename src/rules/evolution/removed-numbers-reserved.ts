import { isCopied } from '../../conventions/protobuf/packages.ts';
import { reservations } from '../../languages/protobuf/conformance/reservations.ts';
import { reserve } from '../../languages/protobuf/edit.ts';
import { enums, messages } from '../../languages/protobuf/select.ts';
import type { EnumNode, MessageNode } from '../../languages/protobuf/tree.ts';
import type { Place } from '../../text/place.ts';
import { defineRule } from '../rule.ts';

export default defineRule({
  id: 'evolution/removed-numbers-reserved',
  summary: 'numbers that seem to have been removed are reserved',
  why: `A number that was used once stays in stored messages and in old clients. When a new field takes it, their bytes are read as
something else, without any error. \`reserved\` lets the compiler refuse that.`,
  sources: ['guide S4, Protocol Buffers', 'Protocol Buffers Language Guide, Deleting Fields', 'Proto Best Practices'],
  equivalents: [],
  checks: {
    protobuf: {
      good: `
syntax = "proto3";

package orders.v1;

message Order {
  reserved 3;
  reserved "price";

  string id = 1;
  string name = 2;
  string note = 4;
  // Numbers above 100 are about shipping.
  string carrier = 101;
  string tracking = 103;
}

enum Permission {
  PERMISSION_UNSPECIFIED = 0;
  PERMISSION_READ = 1;
  PERMISSION_WRITE = 2;
  PERMISSION_SHARE = 4;
  PERMISSION_DELETE = 8;
}
`,
      bad: `
syntax = "proto3";

package orders.v1;

message Order {
  string id = 1;
  string name = 2;
  string note = 4;
  string owner = 5;
  string state = 6;
  string total = 7;
}

enum State {
  STATE_UNSPECIFIED = 0;
  STATE_OPEN = 1;
  STATE_PAID = 3;
  STATE_SHIPPED = 4;
}
`,
      fixable: 'safe',
      *find(api) {
        for (const { node, name, fields, file } of messages(api)) {
          if (isCopied(file)) continue;
          const { reserved, extensions } = reservations(node);
          const kept = (number: number) => Boolean(reserved.at(number) ?? extensions.at(number));
          const gap = gapIn(fields, kept);
          if (gap) yield finding(gap, node, name, 'field');
        }
        for (const { node, name, values, file } of enums(api)) {
          if (isCopied(file)) continue;
          const { reserved } = reservations(node);
          const gap = gapIn(values, (number) => reserved.at(number) !== undefined);
          if (gap) yield finding(gap, node, name, 'value');
        }
      },
    },
  },
});

interface Numbered {
  readonly number: number | null;
  readonly numberAt: Place;
}

interface Gap {
  readonly missing: readonly number[];
  /** The number behind the first gap. */
  readonly at: Place;
}

/** Of so many numbers at most one is missing where they were given one by one. */
const density = 3;

/**
 * The numbers that are missing in what was numbered one by one: in the order in which it is written, with single numbers left out.
 * Silent where numbers are spread (blocks of tens, powers of two, codes) or stand in another order than they were given.
 */
function gapIn(list: readonly Numbered[], isKept: (number: number) => boolean): Gap | null {
  const missing: number[] = [];
  let at: Place | null = null;
  let last: number | null = null;
  for (const { number, numberAt } of list) {
    if (number === null) return null;
    if (last !== null && number <= last) return null;
    for (let next = (last ?? number) + 1; next < number; next++) {
      // A gap that is wider, or ends at a round number, begins another block.
      if (number - next > 1 || number % 10 === 0) return null;
      if (isKept(next)) continue;
      missing.push(next);
      at ??= numberAt;
    }
    last = number;
  }
  return at === null || missing.length * density > list.length ? null : { missing, at };
}

function finding({ missing, at }: Gap, node: MessageNode | EnumNode, name: string, noun: string) {
  const numbers =
    missing.length === 1
      ? `The number ${missing[0]}`
      : `The numbers ${missing.slice(0, -1).join(', ')} and ${missing.at(-1)}`;
  return {
    at,
    message: `${numbers} of \`${name}\` ${missing.length === 1 ? 'is' : 'are'} neither used nor reserved.`,
    help: `Write \`reserved ${missing.join(', ')};\` if a ${noun} was removed, and reserve its name too.`,
    fix: { title: `Reserve ${missing.join(', ')}`, safe: true, edits: () => reserve(node, missing) },
  };
}
