import { asString } from '../../languages/openapi/json.ts';
import type { OpenApi } from '../../languages/openapi/openapi.ts';
import {
  effectiveTypes,
  keyword,
  type Operation,
  operations,
  type Parameter,
  parametersOf,
} from '../../languages/openapi/select.ts';
import { split } from '../../words/split.ts';
import { defineRule } from '../rule.ts';

export default defineRule({
  id: 'limits/long-poll-bounded',
  summary: 'a request can be told to wait for a minute at most',
  why: `Each waiting request holds a connection. Proxies cut connections after a minute or so: a longer wait ends in an error that is
not the API's, and many of them at once leave no connection for anybody else.`,
  sources: ['guide S4, Long-polling Implementation', 'OWASP API4:2023'],
  equivalents: [],
  options: {
    max: {
      description: 'The longest wait in seconds.',
      default: 60,
      schema: { type: 'integer', minimum: 1 },
    },
  },
  checks: {
    openapi: {
      good: `
openapi: 3.1.0
paths:
  /notifications/poll:
    get:
      parameters:
        - { name: timeout, in: query, schema: { type: integer, maximum: 60 } }
        - { name: wait_ms, in: query, schema: { type: integer, maximum: 30000 } }
  /jobs:
    post:
      parameters:
        - { name: timeout, in: query, schema: { type: integer }, description: When to give the job up. }
`,
      bad: `
openapi: 3.1.0
paths:
  /notifications/poll:
    get:
      parameters:
        - { name: timeout, in: query, schema: { type: integer } }
  /changes:
    get:
      parameters:
        - { name: wait_seconds, in: query, schema: { type: integer, maximum: 300 } }
`,
      *find(api, { max }) {
        const seen = new Set<unknown>();
        for (const operation of operations(api)) {
          if (operation.method !== 'get') continue;
          for (const parameter of parametersOf(api, operation)) {
            if (seen.has(parameter.value) || !waits(api, operation, parameter)) continue;
            seen.add(parameter.value);
            const unit = inMilliseconds(parameter) ? 1000 : 1;
            const longest = highest(api, parameter);
            if (longest !== undefined && longest <= max * unit) continue;
            const message =
              longest === undefined
                ? `\`${parameter.name}\` lets a request wait for any time.`
                : `\`${parameter.name}\` lets a request wait for ${longest / unit} seconds.`;
            yield { at: parameter.at.child('name'), message, help: `Set its \`maximum\` to ${max * unit} or less.` };
          }
        }
      },
    },
  },
});

/** Words that may stand beside "wait" or "timeout" without changing what is meant. */
const beside = new Set(
  'wait timeout time poll polling long max seconds secs sec s ms millis milliseconds request in for'.split(' '),
);

function waits(api: OpenApi, { path, value }: Operation, parameter: Parameter): boolean {
  if (parameter.in !== 'query' && parameter.in !== 'header') return false;
  const types = effectiveTypes(api, parameter.schema);
  if (!types.includes('integer') && !types.includes('number')) return false;
  const words = split(parameter.name.replace(/^x-/i, ''));
  if (!words.every((word) => beside.has(word))) return false;
  if (words.includes('wait') || words.includes('poll') || words.includes('polling')) return true;
  if (!words.includes('timeout')) return false;
  const text = [path, value['operationId'], value['summary'], parameter.value['description']].map(
    (part) => asString(part) ?? '',
  );
  return /\bpoll|\bwait|\bwatch|\bstream|\bevents?\b|\bupdates\b|\bblock/i.test(text.join(' '));
}

function inMilliseconds({ name, value }: Parameter): boolean {
  if (split(name).some((word) => /^(?:ms|millis|milliseconds)$/.test(word))) return true;
  return /\bmilliseconds?\b|\bms\b/i.test(asString(value['description']) ?? '') && !/seconds?/i.test(name);
}

function highest(api: OpenApi, { schema }: Parameter): number | undefined {
  const bounds = ['maximum', 'exclusiveMaximum'].map((name) => keyword(api, schema, name));
  return bounds.find((bound) => typeof bound === 'number');
}
