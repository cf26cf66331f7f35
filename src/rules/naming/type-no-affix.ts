import type { OpenApi } from '../../languages/openapi/openapi.ts';
import { effectiveTypes, namedSchemas } from '../../languages/openapi/select.ts';
import { split } from '../../words/split.ts';
import { defineRule } from '../rule.ts';

export default defineRule({
  id: 'naming/type-no-affix',
  summary: 'names of schemas say what a thing is, not that it is a type',
  why: `\`UserDTO\` and \`StatusEnum\` tell callers how the server is built. The ending becomes part of every class name in generated
clients, and stays when the server has long changed.`,
  sources: ['guide S4, Consistency Over Cleverness', 'AIP-190'],
  equivalents: [],
  checks: {
    openapi: {
      good: `
openapi: 3.1.0
components:
  schemas:
    User: { type: object }
    PaymentType: { type: string, enum: [card, cash] }
    CarModel: { type: object }
    NetworkInterface: { type: object }
    StorageObject: { type: object }
`,
      bad: `
openapi: 3.1.0
components:
  schemas:
    UserDTO: { type: object }
    StatusEnum: { type: string, enum: [open, closed] }
    Order: { type: object }
    OrderModel: { type: object }
`,
      *find(api) {
        const idle = idleEndings(api);
        const names = new Set(namedSchemas(api).map(({ name }) => name));
        for (const { name, at } of namedSchemas(api)) {
          const words = split(name);
          const ending = words.at(-1) ?? '';
          if (words.length < 2 || !(always.has(ending) || idle.has(ending) || isTwin(name, ending, names))) continue;
          yield {
            at: at.onKey,
            message: `The schema \`${name}\` says \`${name.slice(-ending.length)}\`, which is about code rather than the thing.`,
            help: names.has(stemOf(name, ending))
              ? `Name it for what sets it apart from \`${stemOf(name, ending)}\`.`
              : `Call it \`${stemOf(name, ending)}\`.`,
          };
        }
      },
    },
  },
});

/** Endings that mean nothing in a description of an API. */
const always: ReadonlySet<string> = new Set(['dto', 'dtos', 'enum', 'pojo']);

/** Endings that may as well be what a thing is: a `PaymentType`, a `CarModel`, a `StorageObject`. */
const ambiguous: ReadonlySet<string> = new Set(['type', 'model', 'object', 'interface']);

/** A thing that stands there without the ending too. A type beside a thing (`PaymentType`) is a kind of it. */
function isTwin(name: string, ending: string, names: ReadonlySet<string>): boolean {
  return (ending === 'model' || ending === 'object') && names.has(stemOf(name, ending));
}

/** The ambiguous endings that a good part of all objects carry: there it is a habit. */
function idleEndings(api: OpenApi): ReadonlySet<string> {
  const counts = new Map<string, number>();
  let objects = 0;
  for (const schema of namedSchemas(api)) {
    if (!effectiveTypes(api, schema).includes('object')) continue;
    objects++;
    const words = split(schema.name);
    const ending = words.at(-1) ?? '';
    if (words.length > 1 && ambiguous.has(ending)) counts.set(ending, (counts.get(ending) ?? 0) + 1);
  }
  return new Set([...counts].flatMap(([ending, count]) => (count > 3 && count * 4 > objects ? [ending] : [])));
}

function stemOf(name: string, ending: string): string {
  return name.slice(0, -ending.length).replace(/[_.-]$/, '');
}
