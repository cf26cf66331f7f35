import { textOf } from '../../languages/openapi/descriptions.ts';
import { get, isObject } from '../../languages/openapi/json.ts';
import { defineRule } from '../rule.ts';

export default defineRule({
  id: 'docs/license-identified',
  summary: 'the licence of the API is identified by a URL or an SPDX identifier',
  why: `\`BSD\` names at least three licences, and \`Commercial\` names none. Only the text of a licence says what is allowed,
so the name has to lead to it.`,
  sources: ['guide S4, Documentation and Testing', 'OpenAPI 3.1.1, License Object', 'SPDX License List'],
  equivalents: ['redocly:info-license-strict', 'spectral:license-url', 'vacuum:info-license-spdx'],
  checks: {
    openapi: {
      good: `
openapi: 3.1.0
info:
  title: Orders
  version: 1.0.0
  license:
    name: Apache 2.0
    identifier: Apache-2.0
`,
      bad: `
openapi: 3.1.0
info:
  title: Orders
  version: 1.0.0
  license:
    name: Apache 2.0
`,
      *find(api) {
        const license = get(api.root.value['info'], 'license');
        if (!isObject(license) || textOf(license, 'url')) return;
        const knowsIdentifiers = api.version === '3.1' || api.version === '3.2';
        if (knowsIdentifiers && textOf(license, 'identifier')) return;
        const name = textOf(license, 'name');
        yield {
          at: api.root.at.child('info').child('license'),
          message: `The licence${name ? ` \`${name}\`` : ''} has no URL${knowsIdentifiers ? ' and no SPDX identifier' : ''}.`,
          help: knowsIdentifiers
            ? 'Add the `url` of its text, or its SPDX `identifier`, for instance `Apache-2.0`.'
            : 'Add the `url` of its text.',
        };
      },
    },
  },
});
