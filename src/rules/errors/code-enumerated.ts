import { errorBodies, isRpcStatus } from '../../conventions/openapi/error-bodies.ts';
import { asString, get, itemsOf } from '../../languages/openapi/json.ts';
import type { OpenApi } from '../../languages/openapi/openapi.ts';
import { keyword, type Property, partsOf, tags } from '../../languages/openapi/select.ts';
import { split } from '../../words/split.ts';
import { defineRule } from '../rule.ts';

export default defineRule({
  id: 'errors/code-enumerated',
  summary: 'the codes of errors are listed or documented',
  why: `A code that nobody lists is found out by making the error happen. Callers then handle the codes that they have met, and
learn of the others in production.`,
  sources: ['guide S4, Comprehensive Error Response Design (ErrorCode)', "guide S4, Twilio's Error Response Pattern"],
  equivalents: [],
  checks: {
    openapi: {
      good: `
openapi: 3.1.0
paths:
  /orders:
    get:
      responses:
        '400':
          content:
            application/json:
              schema:
                properties:
                  code: { type: string, enum: [invalid_filter, invalid_cursor] }
                  message: { type: string }
        '404':
          content:
            application/json:
              schema:
                properties:
                  code: { type: integer, description: 'One of https://shop.test/errors.' }
                  message: { type: string }
        '500':
          content:
            application/json:
              schema:
                properties:
                  code: { type: integer, description: The HTTP status code. }
                  message: { type: string }
`,
      bad: `
openapi: 3.1.0
paths:
  /orders:
    get:
      responses:
        '400':
          content:
            application/json: { schema: { $ref: '#/components/schemas/Error' } }
components:
  schemas:
    Error:
      properties:
        code: { type: integer, description: Error code. }
        message: { type: string }
`,
      *find(api) {
        if (documentsCodes(api)) return;
        const seen = new Set<unknown>();
        for (const { shape } of errorBodies(api)) {
          const { code } = shape;
          if (!code || seen.has(code.value) || shape.style === 'problem' || isRpcStatus(shape)) continue;
          if (split(code.name).at(-1) !== 'code') continue;
          seen.add(code.value);
          if (isListed(api, code)) continue;
          const message = `Nothing says which values \`${code.name}\` can have.`;
          yield {
            at: code.at,
            message,
            help: 'List the codes in an `enum`, or link to their list in the description.',
          };
        }
      },
    },
  },
});

/** A chapter on error codes in the description of the API or of a tag serves all errors. */
function documentsCodes(api: OpenApi): boolean {
  const texts = [get(api.root.value['info'], 'description'), ...tags(api).map(({ value }) => value['description'])];
  return texts.some((text) => typeof text === 'string' && /\berror[ _-]?codes?\b/i.test(text));
}

function isListed(api: OpenApi, code: Property): boolean {
  if (['enum', 'const', 'x-extensible-enum', 'externalDocs', 'pattern'].some((name) => has(api, code, name)))
    return true;
  if (partsOf(api, code).some(({ value }) => ['oneOf', 'anyOf'].some((name) => itemsOf(value[name]).length > 0)))
    return true;
  return partsOf(api, code).some(({ value }) => {
    const text = asString(value['description']) ?? '';
    return /https?:\/\/|\]\(|\bhttp\b|status code|\bsee\b|grpc|google\.rpc/i.test(text) || values(text) > 1;
  });
}

const has = (api: OpenApi, schema: Property, name: string): boolean => keyword(api, schema, name) !== undefined;

/** How many values a text seems to name: quoted ones, numbers, and items of lists. */
function values(text: string): number {
  return (text.match(/`[^`]+`|"[^"]+"|'\w+'|\b\d{3,}\b|^\s*[-*] /gm) ?? []).length;
}
