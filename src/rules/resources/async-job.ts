import { shapeOf } from '../../conventions/openapi/resources.ts';
import { get } from '../../languages/openapi/json.ts';
import type { OpenApi } from '../../languages/openapi/openapi.ts';
import { placeholdersOf, segmentsOf } from '../../languages/openapi/paths.ts';
import {
  type Operation,
  operations,
  propertiesOf,
  type Response,
  responsesOf,
} from '../../languages/openapi/select.ts';
import { singular } from '../../words/plurals.ts';
import { split } from '../../words/split.ts';
import { defineRule } from '../rule.ts';

export default defineRule({
  id: 'resources/async-job',
  summary: 'what a 202 has begun can be read: there is an operation that returns its state',
  why: `A job id is of no use without an address to ask at. Clients then poll what they wanted to have in the end, and cannot tell "not yet"
from "failed".`,
  sources: ['guide S4, Status Code Strategy', 'RFC 9110, section 15.3.3', 'AIP-151', 'Zalando 152'],
  equivalents: [],
  checks: {
    openapi: {
      good: `
openapi: 3.1.0
paths:
  /reports:
    post:
      responses:
        '202':
          description: Being made.
          content:
            application/json:
              schema:
                type: object
                properties:
                  job_id: { type: string }
  /jobs/{id}:
    get: {}
  /imports:
    post:
      responses:
        '202':
          description: The import is read where it will be.
  /imports/{id}:
    get: {}
  /exports:
    post:
      responses:
        '202':
          description: Asked for at the given place.
          headers:
            Location: { schema: { type: string } }
`,
      bad: `
openapi: 3.1.0
paths:
  /reports:
    post:
      responses:
        '202':
          description: Being made.
          content:
            application/json:
              schema:
                type: object
                properties:
                  job_id: { type: string }
                  status: { type: string }
`,
      *find(api) {
        const readable = readableThings(api);
        for (const operation of operations(api)) {
          if (get(operation.value, 'callbacks') !== undefined || operation.method === 'get') continue;
          const accepted = responsesOf(api, operation).find(({ code }) => code === '202');
          if (!accepted || linksOn(api, accepted)) continue;
          const job = jobOf(api, accepted);
          if (!job || readable.has(job.thing) || canBeRead(operation, readable)) continue;
          yield {
            at: accepted.used.onKey,
            message: `\`${operation.name}\` answers with \`${job.name}\`, but no GET returns the state of ${/^[aeiou]/.test(job.thing) ? 'an' : 'a'} ${job.thing}.`,
            help: `Add a path such as \`/${job.thing}s/{id}\` with a GET, and point to it with \`Location\`.`,
          };
        }
      },
    },
  },
});

const linkHeaders = /^(?:location|operation-location|content-location|link|azure-asyncoperation)$/i;

/** Whether a response says with a URL where to look. */
function linksOn(api: OpenApi, { headers, media }: Response): boolean {
  if (headers.some(({ name }) => linkHeaders.test(name))) return true;
  return media.some(({ schema }) =>
    [...propertiesOf(api, schema).keys()].some((name) => split(name).some((word) => linkWords.has(word))),
  );
}

const linkWords: ReadonlySet<string> = new Set(['href', 'link', 'links', 'location', 'self', 'uri', 'url']);

/** The property that names what has been begun: `job_id`, `taskId`, `operation`. */
function jobOf(api: OpenApi, { media }: Response): { readonly name: string; readonly thing: string } | undefined {
  for (const { schema } of media) {
    for (const name of propertiesOf(api, schema).keys()) {
      const words = split(name);
      const thing = words.find((word) => jobs.has(word));
      if (thing && (words.length === 1 || ['id', 'uuid', 'name'].includes(words.at(-1)!))) return { name, thing };
    }
  }
  return undefined;
}

const jobs: ReadonlySet<string> = new Set([
  'execution',
  'export',
  'import',
  'job',
  'operation',
  'process',
  'run',
  'task',
  'workflow',
]);

/** The things of which one can be read, in the singular, and the shapes of all paths with a GET. */
function readableThings(api: OpenApi): ReadonlySet<string> {
  const found = new Set<string>();
  for (const { method, path } of operations(api)) {
    if (method !== 'get') continue;
    found.add(shapeOf(path));
    for (const { text, literal } of segmentsOf(path)) {
      if (literal) for (const word of split(text)) found.add(singular(word));
    }
    for (const name of placeholdersOf(path)) for (const word of split(name)) found.add(word);
  }
  return found;
}

/** Whether what an operation acts on can be read itself. */
function canBeRead({ path }: Operation, readable: ReadonlySet<string>): boolean {
  const shape = shapeOf(path);
  return readable.has(`${shape}/{}`) || (shape.endsWith('}') && readable.has(shape));
}
