import { isLowerSnake } from '../../conventions/protobuf/names.ts';
import { renaming } from '../../conventions/renaming.ts';
import * as protobuf from '../../languages/protobuf/select.ts';
import { defineRule } from '../rule.ts';

export default defineRule({
  id: 'naming/package-case',
  summary: 'the parts of a package are written in lower_snake_case',
  why: `Packages become directories, namespaces and module names in a dozen languages, some of which do not tell capitals from small
letters. A package in small letters survives them all.`,
  sources: ['guide S4, Service Design', 'protobuf.dev Style Guide, Packages', 'AIP-191'],
  equivalents: ['buf:PACKAGE_LOWER_SNAKE_CASE', 'protolint:PACKAGE_NAME_LOWER_CASE'],
  checks: {
    protobuf: {
      good: `
syntax = "proto3";
package acme.order_history.v1beta1;
`,
      bad: `
syntax = "proto3";
package acme.OrderHistory.V1;
`,
      *find(api) {
        for (const { name, at } of protobuf.packages(api)) {
          const parts = name.split('.');
          const odd = parts.find((part) => !isLowerSnake(part));
          if (odd === undefined) continue;
          const right = parts.map((part) => (isLowerSnake(part) ? part : asPart(part))).join('.');
          yield {
            at,
            message: `The package \`${name}\` is not in lower_snake_case.`,
            help: right.split('.').every(isLowerSnake) ? `Call it \`${right}\`.` : renaming(odd, 'snake'),
          };
        }
      },
    },
  },
});

/** A part in small letters, with underscores only where its author had put any, or between words. */
function asPart(part: string): string {
  return part
    .replace(/([a-z0-9])(?=[A-Z])/g, '$1_')
    .toLowerCase()
    .replace(/_{2,}/g, '_')
    .replace(/^_|_$/g, '');
}
