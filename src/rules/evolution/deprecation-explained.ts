import { type Deprecation, deprecations, markOf, textsOf } from '../../conventions/openapi/deprecations.ts';
import { keysOf } from '../../languages/openapi/json.ts';
import type { OpenApi } from '../../languages/openapi/openapi.ts';
import { capitalised } from '../../languages/openapi/titles.ts';
import { defineRule } from '../rule.ts';

export default defineRule({
  id: 'evolution/deprecation-explained',
  summary: 'what is deprecated says what replaces it',
  why: `"Deprecated" tells callers to stop, not what to do. They keep calling it until it is gone, and then find out from an outage
what they should have used.`,
  sources: ['guide S4, Deprecation Strategy', 'OpenAPI 3.1.1, Operation Object', 'Zalando 187', 'AIP-192'],
  equivalents: [],
  checks: {
    openapi: {
      good: `
openapi: 3.1.0
paths:
  /orders/search:
    get:
      deprecated: true
      description: Finds orders. Use \`GET /orders\` instead.
  /orders:
    get:
      parameters:
        - { name: page, in: query, deprecated: true, description: No longer has any effect. }
        - { name: sort, in: query, deprecated: true, x-replaced-by: order_by }
`,
      bad: `
openapi: 3.1.0
paths:
  /orders/search:
    get:
      deprecated: true
      description: Use this to find orders.
  /orders:
    get:
      parameters:
        - { name: page, in: query, deprecated: true, description: The page. }
components:
  schemas:
    Order:
      properties:
        total: { type: number, deprecated: true }
`,
      *find(api) {
        for (const deprecation of deprecations(api)) {
          if (isExplained(api, deprecation)) continue;
          yield {
            at: markOf(deprecation),
            message: `${capitalised(deprecation.title)} is deprecated and does not say what replaces it.`,
            help: 'Name the replacement in the description, or say that there is none.',
          };
        }
      },
    },
  },
});

/** Words that speak of a replacement, or say that nothing comes after. Each stretch is bounded. */
const explains = new RegExp(
  [
    '\\binstead\\b',
    '\\brepla(?:ce[ds]?|cement|cing)\\b',
    '\\bsupersed',
    '\\bin favou?r of\\b',
    '\\bmigrat',
    '\\bswitch(?:ing)? to\\b',
    '\\bmov(?:ed|ing) to\\b',
    '\\brenamed\\b',
    '\\bpreferred\\b|\\bprefer\\b',
    '\\bplease (?:use|see|refer)\\b',
    '\\buse (?:the )?(?:new\\b|[`"\'*[])',
    '\\buse \\S{1,60} or \\S',
    '\\balternative',
    '\\bno (?:longer|replacement|effect)\\b|\\bnot used\\b|\\bunused\\b|\\bignored\\b|\\balways\\b|\\bhas no effect\\b',
    '\\bremov(?:ed|al)\\b|\\bretired?\\b|\\bsunset\\b|\\bclosing down\\b|\\bdiscontinued\\b|\\blegacy\\b',
    '\\bdeprecated\\b[^.]{0,200}\\b(?:use|see|refer|because|since|due|as)\\b',
    '\\bdeprecated\\b[^\\n]{0,80}[.:;,–—-] *(?:use|see)\\b',
  ].join('|'),
  'i',
);

function isExplained(api: OpenApi, deprecation: Deprecation): boolean {
  if (
    keysOf(deprecation.value).some((key) =>
      /^x-.*(?:replac|alternative|successor|deprecat.*(?:reason|message|desc|info))/i.test(key),
    )
  ) {
    return true;
  }
  return textsOf(api, deprecation).some(({ value }) => explains.test(value));
}
