import { isExplainedByInterface } from '../../conventions/graphql/documentation.ts';
import { isLowerSnake } from '../../conventions/protobuf/names.ts';
import { renaming, renamingFix } from '../../conventions/renaming.ts';
import { renameField, renameInputField } from '../../languages/graphql/edit.ts';
import type { GraphQl } from '../../languages/graphql/graphql.ts';
import * as graphql from '../../languages/graphql/select.ts';
import { get } from '../../languages/openapi/json.ts';
import type { Pointer } from '../../languages/openapi/pointer.ts';
import type { At } from '../../languages/openapi/references.ts';
import { type Property, properties } from '../../languages/openapi/select.ts';
import { renameMember } from '../../languages/protobuf/edit.ts';
import * as protobuf from '../../languages/protobuf/select.ts';
import { type Case, caseLabels, isCase, majority, toCase, wantedCase } from '../../words/cases.ts';
import { forLetters } from '../../words/letters.ts';
import { defineRule } from '../rule.ts';

const styles = ['snake', 'camel', 'kebab', 'pascal', 'lower'] as const satisfies readonly Case[];

export default defineRule({
  id: 'naming/field-case',
  summary: 'properties and fields are written in one case',
  why: `Generated clients turn \`userId\` and \`user_id\` into one name, or into two; people who write JSON by hand guess, and a property that is
guessed wrong is dropped without a word.`,
  sources: [
    'guide S4, Consistency Over Cleverness',
    'guide S1, REST API Design',
    'GraphQL specification, Appendix A (Conventions)',
    'protobuf.dev Style Guide, Field names',
    'AIP-140',
    'Zalando 118',
  ],
  equivalents: [
    'ibm:ibm-property-casing-convention',
    'zally:118',
    'vacuum:camel-case-properties',
    'graphql-schema-linter:fields-are-camel-cased',
    'graphql-schema-linter:input-object-values-are-camel-cased',
    'buf:FIELD_LOWER_SNAKE_CASE',
    'protolint:FIELD_NAMES_LOWER_SNAKE_CASE',
    'aip:0140::lower-snake',
    'aip:0140::underscores',
  ],
  options: {
    style: {
      description:
        'The case of properties and fields; `majority` is the one that most properties have, camelCase in GraphQL, lower_snake_case in .proto files.',
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
    graphql: {
      good: `
type User {
  _id: ID
  userID: ID!
  line2: String
  old_name: String @deprecated(reason: "Use \`name\`.")
}

interface Named {
  fullName(short_form: Boolean): String
}

input UserFilter {
  AND: [UserFilter!]
}
`,
      bad: `
type User implements Named {
  FirstName: String
  last_name: String
}

interface Named {
  last_name: String
}

input UserInput {
  last_name: String
}
`,
      fixable: 'unsafe',
      *find(api, { style }) {
        const wanted = style === 'majority' ? 'camel' : style;
        const all = fieldsOf(api);
        // `_` stands in types that would be empty.
        const odd = all.filter(({ name }) => !isCase(name, wanted) && !/^_+$/.test(name));
        const other = habit(odd, all.length);
        if (other !== null) {
          const following = odd.filter(({ name }) => isCase(name, other));
          yield {
            at: following[0]!.at,
            message: `${following.length} of the ${all.length} fields are in ${caseLabels[other]} rather than ${caseLabels[wanted]}.`,
            help: 'Rename them together, and keep the old names as deprecated fields for a while.',
          };
        }
        for (const { what, name, at, rename } of odd) {
          if (other !== null && isCase(name, other)) continue;
          yield {
            at,
            message: `The ${what} \`${name}\` is not in ${caseLabels[wanted]}.`,
            help: renaming(name, wanted),
            ...renamingFix(name, wanted, rename),
          };
        }
      },
    },
    protobuf: {
      good: `
syntax = "proto3";

message User {
  string display_name = 1;
  string address_line_2 = 2;
  string sha256 = 3;
  string oldName = 4 [deprecated = true];
}
`,
      bad: `
syntax = "proto3";

message User {
  string displayName = 1;
  oneof contact {
    string _email = 2;
    string Phone = 3;
  }
}
`,
      fixable: 'unsafe',
      *find(api, { style }) {
        const wanted = style === 'majority' ? 'snake' : style;
        for (const { node, name, at } of protobuf.fields(api)) {
          // A group is called like its message.
          if (node.group || isDeprecated(protobuf.optionOf(node, 'deprecated'))) continue;
          if (wanted === 'snake' ? isLowerSnake(name) : isCase(name, wanted)) continue;
          yield {
            at,
            message: `The field \`${name}\` is not in ${wanted === 'snake' ? 'lower_snake_case' : caseLabels[wanted]}.`,
            help: renaming(name, wanted),
            ...renamingFix(name, wanted, (to) => renameMember(api, node, to)),
          };
        }
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

/** Fields that the schema chose the names of: not again those of interfaces, nor what is on its way out, nor the operators of filters. */
function fieldsOf(api: GraphQl) {
  return [
    ...graphql
      .fields(api)
      .filter((field) => !graphql.deprecationOf(field.node) && !isExplainedByInterface(api, field))
      .map((field) => ({
        ...{ what: 'field', name: field.name, at: field.at },
        rename: (to: string) => renameField(api, field, to),
      })),
    ...graphql
      .inputFields(api)
      .filter(({ name, node }) => !graphql.deprecationOf(node) && !/^(?:AND|OR|NOT)$/.test(name))
      .map((field) => ({
        ...{ what: 'input field', name: field.name, at: field.at },
        rename: (to: string) => renameInputField(api, field, to),
      })),
  ];
}

/** The case that a schema of some size has chosen instead: one decision, reported once. */
function habit(odd: readonly { readonly name: string }[], total: number): Case | null {
  return odd.length >= 10 && odd.length * 2 > total ? majority(odd.map(({ name }) => name)) : null;
}

const isDeprecated = (option: ReturnType<typeof protobuf.optionOf>): boolean =>
  option?.value?.kind === 'word' && option.value.text === 'true';
