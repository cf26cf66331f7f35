import { renamedTo } from '../../conventions/renaming.ts';
import { renameDefinition } from '../../languages/protobuf/edit.ts';
import * as protobuf from '../../languages/protobuf/select.ts';
import { defineRule } from '../rule.ts';

export default defineRule({
  id: 'naming/service-suffix',
  summary: 'names of services end in `Service`',
  why: `A package has a message \`Order\` and, some day, a service for orders. With one ending for all services the names never meet, and
generated code tells what is called from what is sent. Google's own APIs do without, so a team decides once.`,
  sources: ['guide S4, Service Design', "Buf's style guide, Services"],
  equivalents: ['buf:SERVICE_SUFFIX', 'protolint:SERVICE_NAMES_END_WITH'],
  options: {
    suffix: {
      description: 'What names of services end in.',
      default: 'Service',
      schema: { type: 'string', pattern: '^[A-Za-z0-9_]+$' },
    },
  },
  checks: {
    protobuf: {
      good: `
syntax = "proto3";

service OrderService {}
`,
      bad: `
syntax = "proto3";

service Orders {}
`,
      fixable: 'unsafe',
      *find(api, { suffix }) {
        for (const { node, name, at } of protobuf.services(api)) {
          if (name.endsWith(suffix)) continue;
          yield {
            at,
            message: `The service \`${name}\` does not end in \`${suffix}\`.`,
            help: `Call it \`${name}${suffix}\`.`,
            fix: renamedTo(`${name}${suffix}`, (to) => renameDefinition(api, node, to)),
          };
        }
      },
    },
  },
});
