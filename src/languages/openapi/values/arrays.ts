import { firstTwins } from './equality.ts';
import { Verdict } from './fault.ts';
import type { Evaluated, JsonObject, Visit } from './visit.ts';
import { count } from './words.ts';

/** Judges an array by how many items it has, whether they differ, and each by its schema. */
export function judgeArray(visit: Visit, schema: JsonObject, value: readonly unknown[]): void {
  judgeSize(visit, schema, value.length);
  if (schema['uniqueItems'] === true) judgeUnique(visit, value);
  judgeItems(visit, schema, value);
  if (visit.run.isModern && Object.hasOwn(schema, 'contains')) judgeContains(visit, schema, value);
}

function judgeSize(visit: Visit, schema: JsonObject, size: number): void {
  const min = schema['minItems'];
  const max = schema['maxItems'];
  if (typeof min === 'number' && size < min) {
    visit.fault('minItems', () => `must have at least ${count(min, 'item')}, not ${size}`);
  }
  if (typeof max === 'number' && size > max) {
    visit.fault('maxItems', () => `must have at most ${count(max, 'item')}, not ${size}`);
  }
}

function judgeUnique(visit: Visit, value: readonly unknown[]): void {
  const twins = firstTwins(value, visit.run.comparing);
  if (twins === undefined) visit.doubt();
  else if (twins) visit.fault('uniqueItems', () => `must not have the same item twice, at ${twins[0]} and ${twins[1]}`);
}

/** Judges the first items by `prefixItems`, one each, and the others by `items`. */
function judgeItems(visit: Visit, schema: JsonObject, value: readonly unknown[]): void {
  const prefix = visit.run.isModern && Array.isArray(schema['prefixItems']) ? schema['prefixItems'] : [];
  const rest = schema['items'];
  const hasRest = rest !== undefined && !Array.isArray(rest);
  const restAt = visit.at.child('items');
  for (const [index, item] of value.entries()) {
    if (index < prefix.length) {
      visit.into(index, item, { value: prefix[index], at: visit.at.child('prefixItems').child(index) });
    } else if (hasRest) {
      visit.into(index, item, { value: rest, at: restAt });
    } else {
      break;
    }
    visit.seen?.items.add(index);
  }
}

/** Judges by `contains`, `minContains` and `maxContains`. Items that may fit count for the least, those that surely do for the most. */
function judgeContains(visit: Visit, schema: JsonObject, value: readonly unknown[]): void {
  const part = { value: schema['contains'], at: visit.at.child('contains') };
  let may = 0;
  let surely = 0;
  for (const [index, item] of value.entries()) {
    const verdict = new Verdict();
    visit.into(index, item, part, verdict);
    if (!verdict.fits) continue;
    visit.seen?.items.add(index);
    may++;
    if (verdict.sure) surely++;
  }
  if (may !== surely) visit.doubt();
  const min = typeof schema['minContains'] === 'number' ? schema['minContains'] : 1;
  const max = typeof schema['maxContains'] === 'number' ? schema['maxContains'] : Number.POSITIVE_INFINITY;
  if (may < min) {
    const keyword = Object.hasOwn(schema, 'minContains') ? 'minContains' : 'contains';
    visit.fault(keyword, () => `must have at least ${count(min, 'item')} that ${fits(min)} \`contains\`, not ${may}`);
  }
  if (surely > max) {
    visit.fault(
      'maxContains',
      () => `must have at most ${count(max, 'item')} that ${fits(max)} \`contains\`, not ${surely}`,
    );
  }
}

function fits(number: number): string {
  return number === 1 ? 'fits' : 'fit';
}

/** Judges the items that no schema beside it has looked at. */
export function judgeUnevaluatedItems(
  visit: Visit,
  schema: JsonObject,
  value: readonly unknown[],
  seen: Evaluated,
): void {
  const rest = schema['unevaluatedItems'];
  if (rest === undefined) return;
  for (const [index, item] of value.entries()) {
    if (seen.items.has(index)) continue;
    seen.items.add(index);
    visit.into(index, item, { value: rest, at: visit.at.child('unevaluatedItems') });
  }
}
