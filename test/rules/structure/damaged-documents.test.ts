import { expect, it } from 'vitest';
import { openapi } from '../../../src/languages/openapi/openapi.ts';
import { lint } from '../../../src/lint/lint.ts';
import operationDescribed from '../../../src/rules/docs/operation-described.ts';
import type { Rule } from '../../../src/rules/rule.ts';
import documentValid from '../../../src/rules/structure/document-valid.ts';
import noUnknownKeys from '../../../src/rules/structure/no-unknown-keys.ts';
import referenceCyclesFinite from '../../../src/rules/structure/reference-cycles-finite.ts';
import referenceResolves from '../../../src/rules/structure/reference-resolves.ts';
import syntax from '../../../src/rules/structure/syntax.ts';
import { Source } from '../../../src/text/source.ts';

const rules: readonly Rule[] = [syntax, referenceResolves, referenceCyclesFinite, noUnknownKeys, operationDescribed];

it('a document with three syntax errors, a dangling, a circular and a missing reference still gets its other findings', () => {
  const problems = findings(`openapi: 3.1.0
info:
  title: Orders: the API
  version: '1.0'
  description: All about orders.
  termsOfService: 'https://example.com' or ask
paths:
  /orders:
    get:
      parametres: []
      tags: [orders
      responses:
        '200': { $ref: '#/components/responses/Gone' }
        '400': { $ref: 'missing.yaml#/Problem' }
  /items:
    post:
      summary: Add an item
components:
  schemas:
    Node:
      type: object
      required: [next]
      properties:
        next: { $ref: '#/components/schemas/Node' }
    Loop: { $ref: '#/components/schemas/Loop' }
`);
  const count = (rule: string) => problems.filter((problem) => problem.startsWith(rule)).length;
  expect(count('structure/syntax')).toBeGreaterThanOrEqual(3);
  expect(problems).toContain(
    'structure/reference-resolves `missing.yaml#/Problem` leads nowhere: there is no such file.',
  );
  expect(problems).toContain(
    'structure/reference-resolves `#/components/responses/Gone` leads nowhere: there is no `responses` in `#/components`.',
  );
  expect(problems).toContain(
    'structure/reference-resolves `#/components/schemas/Loop` leads back to this reference, never to a definition.',
  );
  expect(problems).toContain(
    'structure/reference-cycles-finite No value satisfies `Node`: it requires itself, without end.',
  );
  expect(problems).toContain('structure/no-unknown-keys `parametres` is no field of an operation.');
  expect(problems).toContain('docs/operation-described `POST /items` has no description.');
});

it.each([
  '',
  'openapi: 3.1.0',
  'openapi: 3.1.0\npaths: 5',
  'swagger: 2',
  'openapi: [',
  '{"openapi": "3.0.0", "paths": {"/a": []}}',
  '- openapi: 3',
])('no rule breaks down on %j', (text) => {
  const apis = openapi.read([new Source('openapi.yaml', text)], { read: () => ({ refused: 'there is no such file' }) });
  expect(lint(apis, settings(rules)).failed).toEqual([]);
});

function findings(text: string, chosen = rules): string[] {
  const apis = openapi.read([new Source('openapi.yaml', text)], { read: () => ({ refused: 'there is no such file' }) });
  return lint(apis, settings(chosen)).problems.map(({ rule, message }) => `${rule} ${message}`);
}

function settings(list: readonly Rule[]) {
  return { rules: list.map((rule) => ({ rule, severity: 'warn' as const, options: {} })), known: list };
}

it('of a document that cannot be read at all, only that is said', () => {
  const deep = `openapi: 3.1.0\nx: ${'['.repeat(5000)}`;
  expect(findings(deep, [syntax, documentValid])).toEqual([
    'structure/syntax The document nests deeper than 1000 levels.',
  ]);
});
