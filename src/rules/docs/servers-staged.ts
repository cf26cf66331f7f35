import { asString, entriesOf, get, isObject, itemsOf, stringsOf } from '../../languages/openapi/json.ts';
import { split } from '../../words/split.ts';
import { defineRule } from '../rule.ts';

export default defineRule({
  id: 'docs/servers-staged',
  summary: 'a server to try things out on is named beside the one in production',
  why: `Callers need a place where a mistake costs nothing. If the document names production only, integrations are tested
there.`,
  sources: ['guide S1, Operations & Monitoring', 'guide S4, Documentation and Testing'],
  equivalents: [],
  checks: {
    openapi: {
      good: `
openapi: 3.1.0
servers:
  - url: https://api.acme.io/v1
    description: Production
  - url: https://staging-api.acme.io/v1
`,
      bad: `
openapi: 3.1.0
servers:
  - url: https://api.acme.io/v1
    description: Production
`,
      *find(api) {
        const declared = itemsOf(api.root.value['servers']).filter(isObject);
        const remote = declared.some(({ url }) => typeof url === 'string' && /^https?:|^\/\//i.test(url));
        if (!remote || declared.some((server) => split(textsOf(server).join(' ')).some((word) => stages.has(word))))
          return;
        yield {
          at: api.root.at.child('servers'),
          message: 'No server is named for staging or testing.',
          help: 'Add a staging or sandbox server, and say in its `description` what it is for.',
        };
      },
    },
  },
});

/** What may tell the stage of a server: its address, its name, what is said of it, and the values of its variables. */
function textsOf(server: Readonly<Record<string, unknown>>): string[] {
  const variables = entriesOf(server['variables']).flatMap(([name, variable]) => [
    name,
    asString(get(variable, 'description')) ?? '',
    asString(get(variable, 'default')) ?? '',
    ...stringsOf(get(variable, 'enum')),
  ]);
  return [server['url'], server['description'], server['name'], ...variables].filter(
    (text) => typeof text === 'string',
  );
}

const stages: ReadonlySet<string> = new Set(
  `staging stage sandbox test testing tests qa uat preprod preproduction preview beta dev develop development demo mock
integration int acceptance trial playground localhost`.split(/\s+/),
);
