// What real documents imply, from a folder beside the project where there is one.
import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { graphql } from '../../src/languages/graphql/graphql.ts';
import type { Files } from '../../src/languages/language.ts';
import { openapi } from '../../src/languages/openapi/openapi.ts';
import type { Roles } from '../../src/mock/resources/roles.ts';
import { Source } from '../../src/text/source.ts';
import { infer } from './resources-documents.ts';

const corpus = '../shared/corpus';
const files: Files = {
  read: (path) =>
    existsSync(path) ? { source: new Source(path, readFileSync(path, 'utf8')) } : { refused: 'there is no such file' },
};

function rolesOf(path: string): Roles {
  const source = new Source(`${corpus}/${path}`, readFileSync(`${corpus}/${path}`, 'utf8'));
  const language = path.startsWith('graphql/') ? graphql : openapi;
  return infer(...language.read([source], files));
}

/** Some of what has to be found: resource, then kinds of roles. */
const expected: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'openapi/petstore.yaml': {
    pet: 'action create delete get list replace update',
    user: 'batch create delete get replace',
  },
  'openapi/museum.yaml': { 'special event': 'create delete get list update' },
  'openapi/stripe.yaml': {
    customer: 'create delete get list update',
    'payment intent': 'action create get list update',
    invoice: 'action create delete get list update',
  },
  'openapi/asana-old.yaml': { task: 'action create delete get list replace', workspace: 'action get list replace' },
  'openapi/github-old.yaml': {
    repository: 'action create delete get list update',
    gist: 'action create delete get list update',
    'gist comment': 'create delete get list update',
    'issue comment': 'create delete get list update',
  },
  'openapi/openai.yaml': { assistant: 'create delete get list update', file: 'create delete get list' },
  'graphql/swapi.graphql': { film: 'get list', person: 'get list' },
  'graphql/saleor.graphql': {
    order: 'action batch create delete get list update watch',
    product: 'action batch create delete get list update',
  },
};

describe.skipIf(!existsSync(corpus))('real documents', () => {
  it.each(Object.keys(expected))('%s', (path) => {
    const roles = rolesOf(path);
    for (const [name, kinds] of Object.entries(expected[path]!)) {
      const own = [...roles.rest.values(), ...roles.graphql.values()].filter(({ resource }) => resource.name === name);
      expect([name, [...new Set(own.map(({ kind }) => kind))].sort().join(' ')]).toEqual([name, kinds]);
    }
    expect(new Set(roles.resources.map(({ name }) => name)).size).toBe(roles.resources.length);
    for (const [operation, { idParameter, scopeParameters, above }] of roles.rest) {
      const asked = [idParameter, ...scopeParameters, above?.parameter].filter(
        (name) => name !== null && name !== undefined,
      );
      for (const name of asked) expect(operation.path, operation.name).toContain(`{${name}`);
      if (idParameter !== null) expect(scopeParameters, operation.name).not.toContain(idParameter);
    }
    for (const { home, name, parent, links } of roles.resources) {
      expect(home.shape.kind, name).toBe('object');
      if (home.shape.kind === 'object' && home.idField !== null)
        expect([...home.shape.fields().keys()], name).toContain(home.idField);
      for (const target of [parent, ...links.values()]) if (target) expect(roles.resources, name).toContain(target);
    }
  });

  it.each(['openapi/slack_v2.json', 'openapi/etcd_v2.json'])('%s speaks of calls, not of resources', (path) => {
    expect(rolesOf(path).resources).toEqual([]);
  });
});
