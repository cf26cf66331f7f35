import type { OpenApi } from '../../languages/openapi/openapi.ts';
import { effectiveTypes, keyword, type Property, properties } from '../../languages/openapi/select.ts';
import { split } from '../../words/split.ts';
import { timeOf } from '../../words/times.ts';
import { defineRule } from '../rule.ts';

export default defineRule({
  id: 'naming/time-field-suffix',
  summary: 'points of time are named after one pattern',
  why: `With \`created_at\`, \`update_time\` and \`expires\` in one API, nobody can guess the next one, and tools that find times by their names
find half of them.`,
  sources: ['guide S4, Consistency Over Cleverness', 'AIP-142', 'Zalando 235'],
  equivalents: ['zally:235'],
  options: {
    suffix: {
      description: 'What names of times end in; `majority` is what most of them end in.',
      default: 'majority' as 'majority' | 'at' | 'time',
      schema: { enum: ['majority', 'at', 'time'] },
    },
  },
  checks: {
    openapi: {
      good: `
openapi: 3.1.0
components:
  schemas:
    Order:
      properties:
        created_at: { type: string, format: date-time }
        paid_at: { type: string, format: date-time }
        shipped_on: { type: string, format: date }
        timeout: { type: integer }
        timezone: { type: string }
`,
      bad: `
openapi: 3.1.0
components:
  schemas:
    Order:
      properties:
        created_at: { type: string, format: date-time }
        paid_at: { type: string, format: date-time }
        sent_at: { type: string, format: date-time }
        update_time: { type: string, format: date-time }
        expires: { type: string, format: date-time }
`,
      *find(api, { suffix }) {
        const times = timesOf(api);
        const usual = suffix === 'majority' ? commonest([...times.values()].map(({ pattern }) => pattern)) : suffix;
        if (usual === null || usual === 'bare') return;
        for (const [name, { first, pattern }] of times) {
          if (pattern === usual) continue;
          const most = suffix === 'majority' ? ', as most times of this API do' : '';
          yield {
            at: first.at.onKey,
            message: `The time \`${name}\` does not end in \`${usual}\`${most}.`,
            help: 'Name all points of time after one pattern.',
          };
        }
      },
    },
  },
});

type Pattern = 'at' | 'time' | 'timestamp' | 'bare';

/** The properties that are points of time, by name, with what they end in. */
function timesOf(api: OpenApi): Map<string, { first: Property; pattern: Pattern }> {
  const found = new Map<string, { first: Property; pattern: Pattern }>();
  for (const property of properties(api)) {
    if (found.has(property.name)) continue;
    const pattern = patternOf(property.name);
    if (pattern !== null && isTime(api, property)) found.set(property.name, { first: property, pattern });
  }
  return found;
}

/** What a time's name ends in; null for what is no time, and for days. */
function patternOf(name: string): Pattern | null {
  const words = split(name);
  if (timeOf(words) !== 'date-time') return null;
  const last = words.at(-1)!;
  if (words.length > 1 && (last === 'at' || last === 'time' || last === 'timestamp')) return last;
  return words.length === 1 && last !== 'timestamp' && last !== 'datetime' ? 'bare' : null;
}

function isTime(api: OpenApi, property: Property): boolean {
  const types = effectiveTypes(api, property);
  if (types.includes('integer')) return true;
  return types.includes('string') && keyword(api, property, 'format') === 'date-time';
}

/** The pattern that more than half have, of at least three. */
function commonest(patterns: readonly Pattern[]): Pattern | null {
  if (patterns.length < 3) return null;
  return patterns.find((one) => patterns.filter((other) => other === one).length * 2 > patterns.length) ?? null;
}
