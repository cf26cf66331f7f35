import { isSingleton } from '../../conventions/protobuf/resource-messages.ts';
import { type Method, methodsOf, resourceOfSubject } from '../../conventions/protobuf/standard-methods.ts';
import type { Protobuf } from '../../languages/protobuf/protobuf.ts';
import { memoised } from '../../languages/protobuf/select.ts';
import { defineRule } from '../rule.ts';

export default defineRule({
  id: 'resources/singleton-methods',
  summary: 'a singleton is neither created, nor deleted, nor listed',
  why: `A singleton, such as the settings of an account, comes and goes with its parent: there is always one. A Create or Delete says
that there may be none, and clients then handle a case that can't happen, or the server fails in one that should not.`,
  sources: ['AIP-156'],
  equivalents: ['aip:0156::forbidden-methods'],
  checks: {
    protobuf: {
      good: `
syntax = "proto3";

package library.v1;

import "google/api/annotations.proto";

service Library {
  rpc GetSettings(GetSettingsRequest) returns (Settings) {
    option (google.api.http).get = "/v1/{name=shelves/*/settings}";
  }
  rpc UpdateSettings(UpdateSettingsRequest) returns (Settings) {
    option (google.api.http) = { patch: "/v1/{settings.name=shelves/*/settings}" body: "settings" };
  }
  rpc DeleteShelf(DeleteShelfRequest) returns (Settings) {
    option (google.api.http).delete = "/v1/{name=shelves/*}";
  }
}

message GetSettingsRequest {}
message UpdateSettingsRequest {}
message DeleteShelfRequest {}
message Settings {}
`,
      bad: `
syntax = "proto3";

package library.v1;

import "google/api/annotations.proto";

service Library {
  rpc GetSettings(GetSettingsRequest) returns (Settings) {
    option (google.api.http).get = "/v1/{name=shelves/*/settings}";
  }
  rpc CreateSettings(CreateSettingsRequest) returns (Settings) {
    option (google.api.http) = { post: "/v1/{parent=shelves/*}/settings" body: "settings" };
  }
  rpc DeleteTheme(DeleteThemeRequest) returns (Settings) {
    option (google.api.http).delete = "/v1/{name=shelves/*/theme}";
  }
}

message GetSettingsRequest {}
message CreateSettingsRequest {}
message DeleteThemeRequest {}
message Settings {}
`,
      *find(api) {
        for (const method of methodsOf(api, 'Create', 'Delete', 'List')) {
          const { rpc, noun, kind } = method;
          if (!actsOnSingleton(api, method)) continue;
          yield {
            at: rpc.at,
            message: `\`${rpc.name}\` ${verbs[kind as keyof typeof verbs]} \`${noun}\`, of which there is always one.`,
            help: 'Leave it out: a singleton is read and updated, and comes and goes with its parent.',
          };
        }
      },
    },
  },
});

const verbs = { Create: 'creates', Delete: 'deletes', List: 'lists' };

function actsOnSingleton(api: Protobuf, method: Method): boolean {
  const resource = resourceOfSubject(api, method);
  if (resource && resource.patterns.length > 0) return isSingleton(resource);
  if (method.kind === 'Delete' && namesSingleton(method)) return true;
  const singletons = singletonNouns(api);
  return [method.noun, method.resource].some((noun) => singletons.has(`${method.package}/${noun}`));
}

/** What Get and Update methods address as singletons. */
const singletonNouns = memoised(
  (api): ReadonlySet<string> =>
    new Set(
      methodsOf(api, 'Get', 'Update')
        .filter(namesSingleton)
        .map((method) => `${method.package}/${method.noun}`),
    ),
);

/** Whether all paths of a method end in a variable, and the template of that in a literal: `{name=…/settings}`. */
function namesSingleton({ rpc: { http } }: Method): boolean {
  return (
    http.length > 0 &&
    http.every(({ path, variables }) => path.endsWith('}') && /\*\/[A-Za-z]\w*$/.test(variables.at(-1)?.pattern ?? ''))
  );
}
