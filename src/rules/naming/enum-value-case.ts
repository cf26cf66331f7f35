import { isUpperSnake } from '../../conventions/protobuf/names.ts';
import { renaming, renamingFix } from '../../conventions/renaming.ts';
import { renameEnumValue } from '../../languages/graphql/edit.ts';
import * as graphql from '../../languages/graphql/select.ts';
import { itemsOf, stringsOf } from '../../languages/openapi/json.ts';
import type { OpenApi } from '../../languages/openapi/openapi.ts';
import type { Pointer } from '../../languages/openapi/pointer.ts';
import { everySchema, parameters, properties } from '../../languages/openapi/select.ts';
import { renameEnumValue as renameProtobufValue } from '../../languages/protobuf/edit.ts';
import * as protobuf from '../../languages/protobuf/select.ts';
import { type Case, caseLabels, caseOf, isCase, toCase } from '../../words/cases.ts';
import { forLetters } from '../../words/letters.ts';
import { defineRule } from '../rule.ts';

const styles = ['screaming-snake', 'snake', 'camel', 'kebab', 'pascal', 'lower'] as const satisfies readonly Case[];

export default defineRule({
  id: 'naming/enum-value-case',
  summary: 'the values of enumerations are written in one case',
  why: `Values are compared byte by byte: \`IN_TRANSIT\` in one place and \`inTransit\` in another are two states to every client that
switches on them.`,
  sources: [
    'guide S1, GraphQL API Design',
    'guide S4, Consistency Over Cleverness',
    'GraphQL specification, section 3.9 (Enums)',
    'protobuf.dev Style Guide, Enums',
    'AIP-126',
    'Zalando 240',
  ],
  equivalents: [
    'ibm:ibm-enum-casing-convention',
    'zally:240',
    'graphql-schema-linter:enum-values-all-caps',
    'buf:ENUM_VALUE_UPPER_SNAKE_CASE',
    'protolint:ENUM_FIELD_NAMES_UPPER_SNAKE_CASE',
    'aip:0126::upper-snake-values',
  ],
  options: {
    style: {
      description:
        'The case of values; `majority` is the one that most of them have, SCREAMING_SNAKE_CASE in GraphQL and .proto files.',
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
    Status: { enum: [in_transit, not_found, on_hold, sent_back, in_customs, to_pay, handedOver] }
    Reason: { enum: [no_stock, too_late, not_home, wrong_address, no_reason, no_money] }
    Carrier: { enum: [TRUCK, SLOW_BOAT] }
`,
      *find(api, { style }) {
        const enums = enumsOf(api);
        const { wanted, share } = style === 'majority' ? prevailing(enums) : { wanted: style, share: 1 };
        if (wanted === null || share < mostly) return;
        const most = style === 'majority' ? ', as most values of this API are' : '';
        for (const { at, values, words } of enums) {
          const odd = values.filter(({ text }) => !isCase(text, wanted));
          const own = odd.length === values.length ? ownStyle(values) : null;
          if (own !== null && share < almostAlways) continue;
          if (own !== null && isDecision(values, words, own, wanted)) {
            const text = odd.find((value) => caseOf(value.text) === own)!.text;
            yield {
              at,
              message: `The values of this enumeration are in ${caseLabels[own]}, not in ${caseLabels[wanted]}${most}.`,
              help: `Write \`${toCase(text, wanted)}\` for \`${text}\`, and the others alike.`,
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
    graphql: {
      good: `
enum Status {
  IN_TRANSIT
  _UNKNOWN
  V2
}
`,
      bad: `
enum Status {
  IN_TRANSIT
  Delivered
  notFound
}
`,
      fixable: 'unsafe',
      *find(api, { style }) {
        const wanted = style === 'majority' ? 'screaming-snake' : style;
        for (const value of graphql.enumValues(api)) {
          const { name, node, at } = value;
          const fits = wanted === 'screaming-snake' ? /^[A-Z_][A-Z0-9_]*$/.test(name) : isCase(name, wanted);
          if (fits || graphql.deprecationOf(node)) continue;
          yield {
            at,
            message: `The value \`${name}\` is not in ${caseLabels[wanted]}.`,
            help: renaming(name, wanted),
            ...renamingFix(name, wanted, (to) => renameEnumValue(api, value, to)),
          };
        }
      },
    },
    protobuf: {
      good: `
syntax = "proto3";

enum Status {
  STATUS_UNSPECIFIED = 0;
  STATUS_IN_TRANSIT_2 = 1;
}
`,
      bad: `
syntax = "proto3";

enum Status {
  STATUS_UNSPECIFIED = 0;
  InTransit = 1;
  STATUS__LOST = 2;
}
`,
      fixable: 'unsafe',
      *find(api, { style }) {
        const wanted = style === 'majority' ? 'screaming-snake' : style;
        for (const { node, name, at } of protobuf.enumValues(api)) {
          if (wanted === 'screaming-snake' ? isUpperSnake(name) : isCase(name, wanted)) continue;
          yield {
            at,
            message: `The value \`${name}\` is not in ${caseLabels[wanted]}.`,
            help: renaming(name, wanted),
            ...renamingFix(name, wanted, (to) => renameProtobufValue(api, node, to)),
          };
        }
      },
    },
  },
});

/** The share of values from which on an API has a case: one that is torn between two has none to keep to. */
const mostly = 2 / 3;

/** The share from which on an enumeration that is at one with itself stands out. */
const almostAlways = 0.85;

/** So many values in another case are no slip. */
const severalValues = 4;

interface Enum {
  readonly at: Pointer;
  /** The values whose case says something. */
  readonly values: readonly { readonly text: string; readonly at: Pointer }[];
  /** Those that are one word. */
  readonly words: readonly string[];
}

/** The case that an enumeration keeps to all by itself. */
function ownStyle(values: Enum['values']): Case | null {
  const { wanted, share } = prevailing([{ values }]);
  return share < mostly ? null : wanted;
}

/** Whether an enumeration was written in a case of its own: several values are, or words beside them fit that case alone. */
function isDecision(values: Enum['values'], words: readonly string[], own: Case, wanted: Case): boolean {
  return values.length >= severalValues || words.some((word) => isCase(word, own) && !isCase(word, wanted));
}

/** The case that most of the different values have, and how many of them. */
function prevailing(enums: readonly Pick<Enum, 'values'>[]): { wanted: Case | null; share: number } {
  const texts = new Set(enums.flatMap(({ values }) => values.map(({ text }) => text)));
  const counts = new Map<Case, number>();
  for (const text of texts) {
    const style = caseOf(text);
    if (style !== null) counts.set(style, (counts.get(style) ?? 0) + 1);
  }
  let [wanted, most]: [Case | null, number] = [null, 0];
  for (const [style, count] of counts) if (count > most) [wanted, most] = [style, count];
  return { wanted, share: most / texts.size };
}

/** The enumerations of strings, those that repeat another left out. */
function enumsOf(api: OpenApi): Enum[] {
  const fields = new Set([...properties(api), ...parameters(api)].map(({ name }) => name));
  const seen = new Set<string>();
  return everySchema(api).flatMap(({ value, at }) => {
    const texts = stringsOf(value['enum']);
    if (texts.length === 0) return [];
    const key = texts.join('\n');
    if (seen.has(key)) return [];
    seen.add(key);
    if (!isVocabulary(texts)) return [];
    const list = at.child('enum');
    const values = itemsOf(value['enum']).flatMap((text, i) =>
      typeof text === 'string' && tellsCase(text) && !fields.has(text.replace(/^[-+]/, ''))
        ? [{ text, at: list.child(i) }]
        : [],
    );
    const words = texts.filter((text) => oneWord.test(text));
    return values.length === 0 ? [] : [{ at: list.onKey, values, words }];
  });
}

/**
 * Whether an enumeration lists words of this API: not model numbers (`gpt-4o`, `s-2vcpu-4gb`), nor names of others,
 * which come in more than two cases.
 */
function isVocabulary(texts: readonly string[]): boolean {
  const numbered = texts.filter((text) => /\d/.test(text)).length;
  if (numbered * 4 >= texts.length) return false;
  return new Set(texts.filter(tellsCase).map((text) => caseOf(text))).size < 3;
}

/**
 * Whether a value is a name of several words that this API made up. One word fits all cases of its kind; digits, dots
 * and signs are in names of versions, sizes and models; `en-GB` and `de_DE` are
 * locales, `GB-SCT` and `USt-IdNr` codes of others.
 */
function tellsCase(text: string): boolean {
  if (oneWord.test(text)) return false;
  if (!severalWordsFor(text).test(text) || /^[a-z]{2,3}[-_](?:[A-Z]{2}|[A-Z][a-z]{3})(?:[-_][A-Z]{2})?$/.test(text)) {
    return false;
  }
  const style = caseOf(text);
  return style !== 'lower' && style !== 'upper' && style !== 'hyphenated-pascal' && !capitalisedFor(text).test(text);
}

const severalWordsFor = forLetters(({ letter }, flags) => new RegExp(`^[${letter}][${letter}_-]*[${letter}]$`, flags));
const capitalisedFor = forLetters(({ upper, lower }, flags) => new RegExp(`^[${upper}][${lower}]+$`, flags));
const oneWord = /^(?:[a-z]+|[A-Z]+|[A-Z][a-z]+)$/;
