import { isBooleanName } from './booleans.ts';
import { singular } from './plurals.ts';
import { wordsOf } from './split.ts';

/**
 * Whether a name is that of a sum of money: `price`, `total_amount`, `price_per_unit`, `fee_cents`. Not what may as
 * well be a count or a share (`total`, `tax`, `discount`, `amount_of_items`, `interest_rate`).
 */
export function isMoneyName(name: string | readonly string[]): boolean {
  const words = [...wordsOf(name)];
  if (isBooleanName(words)) return false;
  while (words.length > 1 && units.has(words.at(-1)!)) words.pop();
  if (words.includes('of')) return false;
  const relation = words.findIndex((word, i) => i > 0 && relations.has(word));
  const phrase = relation < 0 ? words : words.slice(0, relation);
  const head = singular(phrase.at(-1) ?? '');
  return sums.has(head) && !words.some((word) => notMoney.get(head)?.has(word));
}

/** Currencies and their minor units, which follow the name of a sum. */
const units = set('cents cent usd eur gbp chf jpy aud cad cny inr minor');

/** What may follow a sum without making it something else. */
const relations = set('per before after excluding excl including incl with without in');

const sums = set('amount balance cost earnings fee income price profit revenue salary subtotal surcharge wage');

/** Words that make of a sum a quantity or a measure of effort. */
const notMoney: ReadonlyMap<string, ReadonlySet<string>> = new Map([
  [
    'amount',
    set(`
      blur byte bytes change data dosage dose energy fill formatted fuel item items memory noise offset percent
      percentage precipitation quantity rain rainfall scroll shake snow space storage supply time volume water xp
    `),
  ],
  ['balance', set('color life load mass phase water white work')],
  [
    'cost',
    set(`
      analyzer app complexity compute cpu credits delay edge estimator io mana metric operator page path planner query
      rate request tuple vacuum
    `),
  ],
  ['fee', set('percent percentage')],
  ['price', set('percent percentage impact')],
]);

function set(list: string): ReadonlySet<string> {
  return new Set(list.trim().split(/\s+/));
}

/**
 * Whether a name is that of a sum of money in a thing of that name: there, `total` and `tax` are sums, too, where the thing is
 * bought or paid (`Order`, `InvoiceLine`).
 */
export function isMoneyNameIn(name: string, thing: string): boolean {
  return (
    isMoneyName(name) || (sumsOfDeals.has(wordsOf(name).join(' ')) && wordsOf(thing).some((word) => deals.has(word)))
  );
}

const sumsOfDeals: ReadonlySet<string> = new Set([
  'total',
  'grand total',
  'order total',
  'total tax',
  'total price',
  'tax total',
  'net total',
  'gross total',
  'shipping total',
  'discount total',
]);

const deals = set('basket bill cart checkout invoice order payment purchase quote receipt refund sale sales');
