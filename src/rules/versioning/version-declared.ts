import { versionInPath, versionMarks } from '../../conventions/openapi/versions.ts';
import { commonPackages, isVersion, versioned } from '../../conventions/protobuf/versions.ts';
import { operations, paths, servers } from '../../languages/openapi/select.ts';
import * as protobuf from '../../languages/protobuf/select.ts';
import { defineRule } from '../rule.ts';

export default defineRule({
  id: 'versioning/version-declared',
  summary: 'callers can tell which version of the API they call',
  why: `One day something has to change that breaks callers. With a version in the URL, a header, the media type or the
package, old and new run side by side. Without one, the change breaks everybody at once, or never comes.`,
  sources: [
    'guide S1, REST API Standards',
    'guide S4, Versioning Strategies',
    'AIP-185',
    'AIP-215',
    'Zalando 115 (which disagrees)',
  ],
  equivalents: ['ibm:ibm-major-version-in-path', 'buf:PACKAGE_VERSION_SUFFIX', 'aip:0215::versioned-packages'],
  checks: {
    openapi: {
      good: `
openapi: 3.1.0
servers:
  - url: https://api.shop.test/v1
paths:
  /orders:
    get: {}
`,
      bad: `
openapi: 3.1.0
servers:
  - url: https://api.shop.test
paths:
  /orders:
    get: {}
`,
      *find(api) {
        if (operations(api).length === 0) return;
        if (versionMarks(api).length === 0) {
          const at = servers(api)[0]?.urlAt ?? api.root.at.child('paths');
          const help = 'Put a major version into the server URL or the paths, as `/v1`.';
          yield { at, message: 'Neither paths, servers, headers nor media types tell the version of the API.', help };
          return;
        }
        if (versionMarks(api).some(({ where }) => where !== 'path')) return;
        const all = paths(api);
        const bare = all.filter(({ path }) => versionInPath(path) === undefined && !standsOutside(path));
        if (bare.length * 5 > all.length) return;
        for (const { path, at } of bare) {
          const help = 'Put the version in front of it as well, or into the server URL for all.';
          yield { at, message: `\`${path}\` carries no version, and the other paths do.`, help };
        }
      },
    },
    protobuf: {
      good: {
        'shop/v1/order.proto': `
syntax = "proto3";

package shop.v1;
`,
        'shop/v2beta1/order.proto': `
syntax = "proto3";

package shop.v2beta1;
`,
        'shop/type/money.proto': `
syntax = "proto3";

package shop.type;

message Money {}
`,
      },
      bad: {
        'shop/order.proto': `
syntax = "proto3";

package shop;
`,
        'shop/v1/customers/customer.proto': `
syntax = "proto3";

package shop.v1.customers;
`,
        'v1/item.proto': `
syntax = "proto3";

package v1;
`,
      },
      *find(api) {
        const common = commonPackages(api);
        for (const { name, at } of protobuf.packages(api)) {
          const version = versioned(name);
          if ((version && version.stem !== '') || common.has(name)) continue;
          const inside = name.split('.').find(isVersion);
          if (version)
            yield {
              at,
              message: `The package \`${name}\` is a version of nothing.`,
              help: 'Put a name before it, as `shop.v1`.',
            };
          else if (inside)
            yield {
              at,
              message: `The package \`${name}\` does not end in its version \`${inside}\`.`,
              help: 'Move the version to the end.',
            };
          else
            yield {
              at,
              message: `The package \`${name}\` carries no version.`,
              help: `Add a major version, as \`${name}.v1\`.`,
            };
        }
      },
    },
  },
});

/** What belongs to the server rather than to a version of its API. */
function standsOutside(path: string): boolean {
  return /^\/?(?:\.well-known|health\w*|live\w*|ready\w*|ping|status|metrics|version|openapi\b|swagger\b|docs|oauth2?|auth|login|logout|token)\b/i.test(
    path,
  );
}
