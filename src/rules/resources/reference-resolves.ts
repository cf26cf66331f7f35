import { areRelated } from '../../conventions/protobuf/packages.ts';
import {
  isResourceType,
  ownResources,
  type Resource,
  referenceOf,
  resources,
  type Text,
} from '../../languages/protobuf/annotations.ts';
import type { Protobuf } from '../../languages/protobuf/protobuf.ts';
import { fields, memoised } from '../../languages/protobuf/select.ts';
import type { ProtoFile } from '../../languages/protobuf/tree.ts';
import { isPublished } from '../../languages/protobuf/well-known.ts';
import { closest } from '../../text/closest.ts';
import type { Finding } from '../../text/problem.ts';
import { defineRule } from '../rule.ts';

export default defineRule({
  id: 'resources/reference-resolves',
  summary: 'a resource that a field refers to is defined in the API',
  why: `A reference to a type that nothing defines says no more than a string. Client libraries cannot know what the name looks
like, and readers look for a resource that is called otherwise, or that is gone.`,
  sources: ['AIP-122', 'AIP-124'],
  equivalents: ['aip:0124::reference-same-package'],
  checks: {
    protobuf: {
      good: `
syntax = "proto3";
package library.v1;

import "google/api/resource.proto";

option (google.api.resource_definition) = {
  type: "library.example.com/Publisher"
  pattern: "publishers/{publisher}"
};

message Book {
  option (google.api.resource) = {
    type: "library.example.com/Book"
    pattern: "publishers/{publisher}/books/{book}"
  };
  string name = 1;
  string publisher = 2 [(google.api.resource_reference).type = "library.example.com/Publisher"];
  string key = 3 [(google.api.resource_reference).type = "keys.example.com/Key"];
  string project = 4 [(google.api.resource_reference).type = "*"];
}
`,
      bad: `
syntax = "proto3";
package library.v1;

import "google/api/resource.proto";

message GetBookRequest {
  string name = 1 [(google.api.resource_reference).type = "library.example.com/Boook"];
}

message Book {
  option (google.api.resource) = {
    type: "library.example.com/Book"
    pattern: "shelves/{shelf}/books/{book}"
  };
  string name = 1;
  string shelf = 2 [(google.api.resource_reference) = { type: "library.example.com/Shelf" }];
}
`,
      *find(api) {
        for (const { node, file } of fields(api)) {
          const reference = referenceOf(node);
          for (const type of [reference?.type, reference?.childType]) {
            if (type && !isElsewhere(api, type.value, file)) yield* findingsAt(api, type, file);
          }
        }
      },
    },
  },
});

function* findingsAt(api: Protobuf, { value, at }: Text, file: ProtoFile): Generator<Finding> {
  const defined = definitions(api).get(value) ?? [];
  if (defined.some((one) => !one.message || areRelated(one.file.packageName, file.packageName))) return;
  if (defined[0]) {
    yield {
      at,
      message: `The resource \`${value}\` is defined in another package, \`${defined[0].file.packageName}\`.`,
      help: 'Define it in this package with `google.api.resource_definition`.',
    };
    return;
  }
  const meant = closest(value, definitions(api).keys());
  yield {
    at,
    message: `No resource of the type \`${value}\` is defined.`,
    help: meant
      ? `Did you mean \`${meant}\`?`
      : 'Define it with `google.api.resource` or `google.api.resource_definition`.',
  };
}

const definitions = memoised((api): ReadonlyMap<string, readonly Resource[]> => {
  const found = new Map<string, Resource[]>();
  for (const resource of resources(api)) {
    const type = resource.type?.value ?? '';
    found.set(type, [...(found.get(type) ?? []), resource]);
  }
  return found;
});

/** Whether a type may be defined where nobody looks: with another service, or in a file that is not at hand. One that is none is left alone. */
function isElsewhere(api: Protobuf, type: string, file: ProtoFile): boolean {
  if (!isResourceType(type) || shared.has(type) || lacksImports(api)) return true;
  const own = hosts(api).get(file.packageName) ?? hosts(api).get('*')!;
  return own.size > 0 && !own.has(hostOf(type));
}

/** What all of Google Cloud stands in. */
const shared: ReadonlySet<string> = new Set([
  'cloudresourcemanager.googleapis.com/Project',
  'cloudresourcemanager.googleapis.com/Folder',
  'cloudresourcemanager.googleapis.com/Organization',
  'cloudbilling.googleapis.com/BillingAccount',
  'locations.googleapis.com/Location',
]);

/** The services whose resources each package defines; under `*`, those of all packages. */
const hosts = memoised((api): ReadonlyMap<string, ReadonlySet<string>> => {
  const found = new Map<string, Set<string>>([['*', new Set()]]);
  for (const { type, message, file } of ownResources(api)) {
    if (!type || !message) continue;
    const own = found.get(file.packageName) ?? new Set();
    found.set(file.packageName, own.add(hostOf(type.value)));
    found.get('*')!.add(hostOf(type.value));
  }
  return found;
});

function hostOf(type: string): string {
  return type.split('/')[0]!;
}

const lacksImports = memoised((api): boolean =>
  [...api.files, ...api.imported].some(({ body }) =>
    body.some((node) => {
      if (node.kind !== 'import') return false;
      const target = api.target(node);
      return target === null || (target === 'external' && !isPublished(node.path.value));
    }),
  ),
);
