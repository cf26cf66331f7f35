import { get } from '../../languages/openapi/json.ts';
import type { Pointer } from '../../languages/openapi/pointer.ts';
import type { At } from '../../languages/openapi/references.ts';
import { type Property, properties } from '../../languages/openapi/select.ts';
import { type Case, caseLabels, isCase, toCase, wantedCase } from '../../words/cases.ts';
import { forLetters } from '../../words/letters.ts';
import { defineRule } from '../rule.ts';

const styles = ['snake', 'camel', 'kebab', 'pascal', 'lower'] as const satisfies readonly Case[];

export default defineRule({
  id: 'naming/field-case',
  summary: 'properties are written in one case',
  why: `Generated clients turn \`userId\` and \`user_id\` into one name, or into two; people who write JSON by hand guess, and a property that is
guessed wrong is dropped without a word.`,
  sources: ['guide S4, Consistency Over Cleverness', 'guide S1, REST API Design', 'AIP-140', 'Zalando 118'],
  equivalents: ['ibm:ibm-property-casing-convention', 'zally:118', 'vacuum:camel-case-properties'],
  options: {
    style: {
      description: 'The case of properties; `majority` is the one that most of them have.',
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
    User:
      properties:
        id: {}
        created_at: {}
        first_name: {}
        _links: {}
        ID: {}
        '@type': {}
        'https://example.com/claims': {}
        lastName: { deprecated: true }
`,
      bad: `
openapi: 3.1.0
components:
  schemas:
    User:
      properties:
        created_at: {}
        first_name: {}
        lastName: {}
    Contact:
      properties:
        lastName: {}
`,
      *find(api, { style }) {
        const inForm = formTest();
        const judged = properties(api).filter(isJudged);
        yield* oddOnes(
          judged.filter(({ owner }) => !inForm(owner)),
          style,
          'properties',
        );
        yield* oddOnes(
          judged.filter(({ owner }) => inForm(owner)),
          style,
          'fields of forms',
        );
      },
    },
  },
});

function* oddOnes(all: readonly Property[], style: 'majority' | Case, what: string) {
  const names = new Map<string, Property[]>();
  for (const property of all) {
    const known = names.get(property.name);
    if (known) known.push(property);
    else names.set(property.name, [property]);
  }
  const wanted = wantedCase(style, names.keys());
  if (wanted === null) return;
  for (const [name, [first, ...others]] of names) {
    if (isCase(name, wanted)) continue;
    const most = style === 'majority' ? `, as most ${what} of this API are` : '';
    yield {
      at: first!.at.onKey,
      message: `The property \`${name}\` is not in ${caseLabels[wanted]}${most}.`,
      help: `Write \`${toCase(name, wanted)}\`${others.length > 0 ? ', wherever it stands' : ''}.`,
      related: others.slice(0, 3).map(({ at }) => ({ message: 'it stands here too', at: at.onKey })),
    };
  }
}

/** Whether the API chose the name. Words in capitals are acronyms and codes (`ID`, `MACOS`). */
function isJudged({ name, value, owner }: Property): boolean {
  if (!isName(name) || isCase(name, 'upper') || webAuthn.has(name)) return false;
  return get(value, 'deprecated') !== true && !isScim(owner.at);
}

/** Names that browsers prescribe (W3C Web Authentication, sections 5.1 and 5.2). */
const webAuthn: ReadonlySet<string> = new Set(
  `allowCredentials attestationObject authenticatorAttachment authenticatorData authenticatorSelection
  clientDataJSON clientExtensionResults excludeCredentials pubKeyCredParams publicKeyAlgorithm rawId
  requireResidentKey residentKey userHandle userVerification`.split(/\s+/),
);

/** The names of SCIM are prescribed (RFC 7643). */
function isScim(at: Pointer): boolean {
  for (let here: Pointer | null = at; here; here = here.parent) {
    if (typeof here.key === 'string' && /(?:^\W*|[^a-z])scim(?:[^a-z]|[A-Z]|$)/i.test(here.key)) return true;
  }
  return false;
}

/** A test for schemas that stand in the body of a form: those names are often chosen like those of query parameters. */
function formTest(): (schema: At) => boolean {
  const known = new Map<Pointer, boolean>();
  const isBelowForm = (at: Pointer): boolean => {
    if (at.parent === null) return false;
    let answer = known.get(at);
    if (answer === undefined) {
      answer = /^(?:application\/x-www-form-urlencoded|multipart\/)/i.test(String(at.key)) || isBelowForm(at.parent);
      known.set(at, answer);
    }
    return answer;
  };
  return ({ at }) => isBelowForm(at);
}

const nameFor = forLetters(
  ({ letter, mark, digit }, flags) => new RegExp(`^[_$@]{0,2}[${letter}][${letter}${mark}${digit}_-]+$`, flags),
);

/** Whether a key is a name that somebody chose: not a URL, a path, a number, a header or one letter (`x`, `Q`). */
function isName(name: string): boolean {
  return nameFor(name).test(name);
}
