// The promise of the rulesets for people who come from another linter: they ask for what that linter's own set asks for.
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { rules } from '../src/rules/index.ts';

const words = (list: string): string[] => list.trim().split(/\s+/);

/** What each peer's set holds, as its documentation lists it, apart from what another rule of ours does along the way. */
const sets = {
  // https://buf.build/docs/lint/rules/ (MINIMAL, BASIC and STANDARD)
  'buf-standard': words(`
    DIRECTORY_SAME_PACKAGE PACKAGE_DEFINED PACKAGE_DIRECTORY_MATCH PACKAGE_SAME_DIRECTORY PACKAGE_NO_IMPORT_CYCLE
    ENUM_FIRST_VALUE_ZERO ENUM_NO_ALLOW_ALIAS ENUM_PASCAL_CASE ENUM_VALUE_UPPER_SNAKE_CASE FIELD_LOWER_SNAKE_CASE
    FIELD_NOT_REQUIRED IMPORT_NO_PUBLIC IMPORT_USED MESSAGE_PASCAL_CASE ONEOF_LOWER_SNAKE_CASE PACKAGE_LOWER_SNAKE_CASE
    PACKAGE_SAME_CSHARP_NAMESPACE PACKAGE_SAME_GO_PACKAGE PACKAGE_SAME_JAVA_MULTIPLE_FILES PACKAGE_SAME_JAVA_PACKAGE
    PACKAGE_SAME_PHP_NAMESPACE PACKAGE_SAME_RUBY_PACKAGE PACKAGE_SAME_SWIFT_PREFIX RPC_PASCAL_CASE SERVICE_PASCAL_CASE
    SYNTAX_SPECIFIED ENUM_VALUE_PREFIX ENUM_ZERO_VALUE_SUFFIX FILE_LOWER_SNAKE_CASE PACKAGE_VERSION_SUFFIX
    RPC_REQUEST_RESPONSE_UNIQUE RPC_REQUEST_STANDARD_NAME RPC_RESPONSE_STANDARD_NAME SERVICE_SUFFIX
  `).map((id) => `buf:${id}`),
  // https://the-guild.dev/graphql/eslint/rules (schema-recommended); descriptions are asked of types and root fields only
  'graphql-eslint-recommended': words(`
    description-style known-argument-names known-directives known-type-names lone-schema-definition no-hashtag-description
    no-typename-prefix no-unreachable-types possible-type-extension provided-required-arguments require-deprecation-reason
    strict-id-in-types unique-directive-names unique-directive-names-per-location unique-enum-value-names
    unique-field-definition-names unique-operation-types unique-type-names
  `).map((id) => `graphql-eslint:${id}`),
  // https://the-guild.dev/graphql/eslint/rules (schema-relay)
  relay: words('relay-arguments relay-connection-types relay-edge-types relay-page-info').map(
    (id) => `graphql-eslint:${id}`,
  ),
} as const;

describe.each(Object.entries(sets))('rulesets/%s.yaml', (name, peerRules) => {
  const asked = Object.keys(parse(readFileSync(`rulesets/${name}.yaml`, 'utf8')).rules);

  it('holds every rule that stands for one of the set', () => {
    const equivalent = rules.filter(({ equivalents }) => equivalents.some((id) => peerRules.includes(id)));
    expect(equivalent.length).toBeGreaterThan(0);
    expect(asked).toEqual(expect.arrayContaining(equivalent.map(({ id }) => id)));
  });
});
