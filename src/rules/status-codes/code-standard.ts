import { everyOperation, responsesOf } from '../../languages/openapi/select.ts';
import { defineRule } from '../rule.ts';

/** IANA HTTP Status Code Registry, without the codes that are unused or reserved. */
const registered = new Set(
  `100 101 102 103 200 201 202 203 204 205 206 207 208 226 300 301 302 303 304 305 307 308
  400 401 402 403 404 405 406 407 408 409 410 411 412 413 414 415 416 417 421 422 423 424 425 426 428 429 431 451
  500 501 502 503 504 505 506 507 508 510 511`.split(/\s+/),
);

export default defineRule({
  id: 'status-codes/code-standard',
  summary: 'only registered status codes are used',
  why: `Proxies, client libraries and people know the registered codes. What a code of one's own means has to be looked up, and
whatever does not know it treats it as the x00 of its class.`,
  sources: ['guide S4, Status Code Strategy', 'RFC 9110, section 15', 'IANA HTTP Status Code Registry'],
  equivalents: ['zally:150'],
  checks: {
    openapi: {
      good: `
openapi: 3.1.0
paths:
  /orders:
    get:
      responses:
        '200': { description: The orders. }
        '422': { description: The filter makes no sense. }
        5XX: { description: Our fault. }
`,
      bad: `
openapi: 3.1.0
paths:
  /orders:
    get:
      responses:
        '200': { description: The orders. }
        '460': { description: The order is cold. }
`,
      *find(api) {
        for (const operation of everyOperation(api)) {
          for (const { code, used } of responsesOf(api, operation)) {
            if (!/^[1-5]\d\d$/.test(code) || registered.has(code)) continue;
            const message = `\`${code}\` is no registered HTTP status code.`;
            yield {
              at: used.onKey,
              message,
              help: 'Use the registered code that comes closest and say the rest in the body.',
            };
          }
        }
      },
    },
  },
});
