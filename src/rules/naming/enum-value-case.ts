import { itemsOf, stringsOf } from '../../languages/openapi/json.ts';
import type { OpenApi } from '../../languages/openapi/openapi.ts';
import type { Pointer } from '../../languages/openapi/pointer.ts';
import { everySchema, parameters, properties } from '../../languages/openapi/select.ts';
import { type Case, caseLabels, caseOf, isCase, majority, toCase } from '../../words/cases.ts';
import { defineRule } from '../rule.ts';

const styles = ['screaming-snake', 'snake', 'camel', 'kebab', 'pascal', 'lower'] as const satisfies readonly Case[];

export default defineRule({
  id: 'naming/enum-value-case',
  summary: 'the values of enumerations are written in one case',
  why: `Values are compared byte by byte: \`IN_TRANSIT\` in one place and \`inTransit\` in another are two states to every client that
switches on them.`,
  sources: ['guide S1, GraphQL API Design', 'guide S4, Consistency Over Cleverness', 'AIP-126', 'Zalando 240'],
  equivalents: ['ibm:ibm-enum-casing-convention', 'zally:240'],
  options: {
    style: {
      description: 'The case of values; `majority` is the one that most of them have.',
      default: 'majority' as 'majority' | (typeof styles)[number],
      schema: { enum: ['majority', ...styles] },
    },
  },
  checks: {
    openapi: {
      good: `
openapi: 3.1.0
components:
  schemas:
    Status: { enum: [in_transit, delivered, not_found] }
    Locale: { enum: [en-GB, de-DE] }
    Size: { enum: [XL, s-2vcpu-4gb] }
    Sort: { enum: [createdAt, '-createdAt'] }
    Item: { properties: { createdAt: {}, name: {} } }
`,
      bad: `
openapi: 3.1.0
components:
  schemas:
    Status: { enum: [in_transit, not_found, on_hold, sent_back, in_customs, handedOver] }
    Reason: { enum: [no_stock, too_late, not_home, wrong_address, no_reason] }
    Carrier: { enum: [fast-truck, slow-boat, old-train, paper-plane] }
`,
      *find(api, { style }) {
        const enums = enumsOf(api);
        const wanted =
          style === 'majority'
            ? prevailing(new Set(enums.flatMap(({ values }) => values.map(({ text }) => text))))
            : style;
        if (wanted === null) return;
        const most = style === 'majority' ? ', as most values of this API are' : '';
        for (const { at, values } of enums) {
          const odd = values.filter(({ text }) => !isCase(text, wanted));
          const [first] = odd;
          if (!first) continue;
          const other = majority(odd.map(({ text }) => text));
          if (odd.length === values.length && odd.length > fewValues && other !== null) {
            yield {
              at,
              message: `The values of this enumeration are in ${caseLabels[other]}, not in ${caseLabels[wanted]}${most}.`,
              help: `Write \`${toCase(first.text, wanted)}\` for \`${first.text}\`, and the others alike.`,
            };
            continue;
          }
          for (const value of odd) {
            yield {
              at: value.at,
              message: `The value \`${value.text}\` is not in ${caseLabels[wanted]}${most}.`,
              help: `Write \`${toCase(value.text, wanted)}\`.`,
            };
          }
        }
      },
    },
  },
});

/** The case of at least two thirds: an API that is torn between two has no case that one could keep to. */
function prevailing(texts: ReadonlySet<string>): Case | null {
  const style = majority(texts);
  if (style === null) return null;
  const fitting = [...texts].filter((text) => isCase(text, style)).length;
  return fitting * 3 >= texts.size * 2 ? style : null;
}

/** A longer enumeration that is wholly in another case is one decision. */
const fewValues = 3;

interface Enum {
  readonly at: Pointer;
  /** The values whose case says something. */
  readonly values: readonly { readonly text: string; readonly at: Pointer }[];
}

/** The enumerations of strings, those that repeat another left out. */
function enumsOf(api: OpenApi): Enum[] {
  const fields = new Set([...properties(api), ...parameters(api)].map(({ name }) => name));
  const seen = new Set<string>();
  return everySchema(api).flatMap(({ value, at }) => {
    const list = at.child('enum');
    if (!isVocabulary(stringsOf(value['enum']))) return [];
    const values = itemsOf(value['enum']).flatMap((text, i) =>
      typeof text === 'string' && tellsCase(text) && !fields.has(text.replace(/^[-+]/, ''))
        ? [{ text, at: list.child(i) }]
        : [],
    );
    const key = JSON.stringify(values.map(({ text }) => text));
    if (values.length === 0 || seen.has(key)) return [];
    seen.add(key);
    return [{ at: list.onKey, values }];
  });
}

/**
 * Whether an enumeration lists words of this API: not model numbers (`gpt-4o`, `s-2vcpu-4gb`), nor names of others,
 * which come in more than two cases.
 */
function isVocabulary(texts: readonly string[]): boolean {
  const numbered = texts.filter((text) => /\d/.test(text)).length;
  if (numbered * 3 > texts.length) return false;
  return new Set(texts.filter(tellsCase).map((text) => caseOf(text))).size < 3;
}

/**
 * Whether a value is a name of several words that this API made up. One word fits all cases of its kind; digits, dots
 * and signs are in names of versions, sizes and models; `en-GB` and `de_DE` are locales.
 */
function tellsCase(text: string): boolean {
  if (
    !/^\p{L}[\p{L}_-]*\p{L}$/u.test(text) ||
    /^[a-z]{2,3}[-_](?:[A-Z]{2}|[A-Z][a-z]{3})(?:[-_][A-Z]{2})?$/.test(text)
  ) {
    return false;
  }
  const style = caseOf(text);
  return style !== 'lower' && style !== 'upper' && !/^\p{Lu}\p{Ll}+$/u.test(text);
}
