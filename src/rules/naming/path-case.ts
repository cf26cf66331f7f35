import { literalSegments } from '../../languages/openapi/segments.ts';
import type { PathEntry } from '../../languages/openapi/select.ts';
import { type Case, caseLabels, isCase, toCase, wantedCase } from '../../words/cases.ts';
import { defineRule } from '../rule.ts';

const styles = ['kebab', 'snake', 'camel', 'pascal', 'lower'] as const satisfies readonly Case[];

export default defineRule({
  id: 'naming/path-case',
  summary: 'the segments of paths are written in one case',
  why: `Paths are typed by hand, compared byte by byte, and seen by people who don't read the code. With two ways of writing them, every
caller has to look each one up. Search engines and most guidelines read hyphens as the space between words.`,
  sources: ['guide S1, REST API Design', 'guide S4, Consistency Over Cleverness', 'Zalando 129'],
  equivalents: ['redocly:paths-kebab-case', 'vacuum:paths-kebab-case', 'zally:129'],
  options: {
    style: {
      description: 'The case of literal segments; `majority` is the one that most of them have.',
      default: 'kebab' as 'majority' | (typeof styles)[number],
      schema: { enum: ['majority', ...styles] },
    },
  },
  checks: {
    openapi: {
      good: `
openapi: 3.1.0
paths:
  /v1/shipping-addresses/{addressId}: {}
  /v1/orders/{order_id}/line-items.json: {}
  /v1/orders:batchGet: {}
  /users/@me: {}
  /.well-known/openid-configuration: {}
`,
      bad: `
openapi: 3.1.0
paths:
  /v1/shipping_addresses: {}
  /v1/shipping_addresses/{addressId}: {}
  /v1/orders/{orderId}/lineItems/bulkOrders: {}
`,
      *find(api, { style }) {
        const segments = literalSegments(api).filter(({ text }) => judged(text));
        const wanted = wantedCase(style, new Set(segments.flatMap(({ text }) => partsOf(text))));
        if (wanted === null) return;
        const seen = new Set<string>();
        const odd = new Map<PathEntry, string[]>();
        for (const { text, entry } of segments) {
          if (seen.has(text)) continue;
          seen.add(text);
          if (partsOf(text).every((part) => isCase(part, wanted))) continue;
          odd.set(entry, [...(odd.get(entry) ?? []), text]);
        }
        for (const [{ at }, texts] of odd) {
          const names = listed(texts.map((text) => `\`${text}\``));
          const right = listed(
            texts.map(
              (text) =>
                `\`${partsOf(text)
                  .map((part) => toCase(part, wanted))
                  .join('.')}\``,
            ),
          );
          yield {
            at: at.onKey,
            message:
              texts.length === 1
                ? `The path segment ${names} is not in ${caseLabels[wanted]}.`
                : `The path segments ${names} are not in ${caseLabels[wanted]}.`,
            help: `Write ${right}.`,
          };
        }
      },
    },
  },
});

/** Without a custom verb (`orders:batchGet`), arguments in parentheses and signs in front. */
function nameIn(text: string): string {
  return text.replace(/[:(].*$/s, '').replace(/^[^\p{L}\p{N}]+/u, '');
}

const partsOf = (text: string): string[] =>
  nameIn(text)
    .split('.')
    .filter((part) => part !== '');

function listed(names: readonly string[]): string {
  return names.length < 2 ? names.join() : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`;
}

/** Escapes and whatever else is no name belong to `naming/path-clean`. */
function judged(text: string): boolean {
  return /\p{L}/u.test(nameIn(text)) && !/[%\s*~!$&'"=,;+]/.test(text);
}
