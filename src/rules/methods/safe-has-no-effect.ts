import { asString } from '../../languages/openapi/json.ts';
import { segmentsOf } from '../../languages/openapi/paths.ts';
import { type Operation, operations } from '../../languages/openapi/select.ts';
import { split } from '../../words/split.ts';
import { effectOf, isVerb, leadingVerb, operationVerb } from '../../words/verbs.ts';
import { defineRule } from '../rule.ts';

export default defineRule({
  id: 'methods/safe-has-no-effect',
  summary: 'a GET creates, changes and deletes nothing',
  why: `Crawlers, link previews, prefetching browsers, caches and retries all send GETs that nobody asked for. One of them will press the
button.`,
  sources: [
    'guide S4, HTTP Method Usage',
    'guide S2, RESTful API Design Principles',
    'RFC 9110, section 9.2.1',
    'Zalando 148',
  ],
  equivalents: [],
  checks: {
    openapi: {
      good: `
openapi: 3.1.0
paths:
  /orders/{id}:
    get: { operationId: getOrder }
  /orders/{id}/cancel:
    post: { operationId: cancelOrder }
  /orders/{id}/cancel-reasons:
    get: { operationId: listCancelReasons }
  /updates:
    get: { summary: Updates since the last visit }
`,
      bad: `
openapi: 3.1.0
paths:
  /orders/{id}/cancel:
    get: {}
  /orders/{id}:
    get: { operationId: deleteOrder }
  /newsletter:
    get: { summary: Unsubscribe from the newsletter }
`,
      *find(api) {
        for (const operation of operations(api)) {
          if (operation.method !== 'get' && operation.method !== 'head') continue;
          const told = effectTold(operation);
          if (!told) continue;
          yield {
            at: operation.at,
            message: `\`${operation.name}\` has an effect by its ${told.where} (\`${told.text}\`).`,
            help: 'Make it a POST, PUT, PATCH or DELETE.',
          };
        }
      },
    },
  },
});

interface Told {
  readonly where: string;
  readonly text: string;
}

/** What says that an operation does more than read: the path's end, else its id, else its summary. */
function effectTold({ path, value }: Operation): Told | null {
  const id = asString(value['operationId']);
  const summary = asString(value['summary']);
  const reads = [id, summary].some((name) => name !== undefined && readsByName(name));
  const last = segmentsOf(path).at(-1)?.text ?? '';
  const words = split(last.replace(/^\{[^{}]*\}:?/, ''));
  if (!reads && changes(leadingVerb(words))) return { where: 'path', text: last };
  if (id !== undefined && !reads && changes(operationVerb(id))) return { where: 'operationId', text: id };
  if (summary !== undefined && id === undefined && changes(firstVerb(summary)))
    return { where: 'summary', text: summary };
  return null;
}

function readsByName(name: string): boolean {
  const verb = operationVerb(name);
  return verb !== null && effectOf(verb) === 'read';
}

const firstVerb = (summary: string): string | null => leadingVerb(split(summary).slice(0, 3));

/** Only verbs that are nothing else: a `set`, a `post` or a `patch` may be what is read. */
function changes(verb: string | null): boolean {
  if (verb === null || !isVerb(verb)) return false;
  const effect = effectOf(verb);
  return effect === 'write' || effect === 'delete';
}
