import { versionMarks } from '../../conventions/openapi/versions.ts';
import { defineRule } from '../rule.ts';

export default defineRule({
  id: 'versioning/version-is-major',
  summary: 'the version in a URL is a major version',
  why: `Only changes that break callers need another URL. With minor versions in it, callers have to change their code for changes
that would not have concerned them, and old URLs multiply.`,
  sources: ['guide S1, REST API Standards', 'guide S4, Versioning Strategies', 'AIP-185', 'Semantic Versioning 2.0.0'],
  equivalents: [],
  options: {
    dates: {
      description: 'Whether a date, as `/2024-01-01`, is a version too.',
      default: false,
      schema: { type: 'boolean' },
    },
  },
  checks: {
    openapi: {
      good: `
openapi: 3.1.0
servers:
  - url: https://api.shop.test/v1
  - url: https://beta.shop.test/v2beta1
paths:
  /orders/{id}: {}
`,
      bad: `
openapi: 3.1.0
paths:
  /v1.2/orders: {}
  /2024-01-01/orders: {}
`,
      *find(api, { dates }) {
        const seen = new Set<string>();
        for (const { where, text, at } of versionMarks(api)) {
          if ((where !== 'path' && where !== 'server') || /^v\d+(?:[._-]?[a-z][\w.]*)?$/i.test(text)) continue;
          if (seen.has(text) || (dates && /^20\d\d-/.test(text))) continue;
          seen.add(text);
          const help = 'Count breaking changes only, as `/v1`, and tell the exact version in `info.version`.';
          yield { at, message: `\`${text}\` in the URL is more than a major version.`, help };
        }
      },
    },
  },
});
