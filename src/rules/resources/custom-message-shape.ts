import { misshapen, typeOf } from '../../conventions/protobuf/method-shapes.ts';
import {
  isTopLevel,
  type MethodMessage,
  requestsOf,
  responsesOf,
} from '../../conventions/protobuf/standard-methods.ts';
import { referenceOf } from '../../languages/protobuf/annotations.ts';
import type { Field } from '../../languages/protobuf/select.ts';
import type { Finding } from '../../text/problem.ts';
import { defineRule } from '../rule.ts';

export default defineRule({
  id: 'resources/custom-message-shape',
  summary: 'the messages of well-known custom methods carry their fields',
  why: `Undeleting, purging, running a job and rolling back to a revision work alike in all APIs that follow the AIPs. A tool that knows
one of them can do it everywhere, as long as the requests call their fields alike; a purge without \`force\` deletes where
the caller only wanted to look.`,
  sources: ['AIP-152', 'AIP-162', 'AIP-164', 'AIP-165'],
  equivalents: [
    'aip:0152::request-name-field',
    'aip:0152::request-resource-suffix',
    'aip:0162::commit-request-name-field',
    'aip:0162::delete-revision-request-name-field',
    'aip:0162::rollback-request-name-field',
    'aip:0162::rollback-request-revision-id-field',
    'aip:0162::tag-revision-request-name-field',
    'aip:0162::tag-revision-request-tag-field',
    'aip:0164::request-name-field',
    'aip:0164::request-unknown-fields',
    'aip:0165::request-filter-field',
    'aip:0165::request-force-field',
    'aip:0165::request-parent-field',
    'aip:0165::response-purge-count-field',
    'aip:0165::response-purge-sample-field',
  ],
  checks: {
    protobuf: {
      good: `
syntax = "proto3";

package library.v1;

message UndeleteBookRequest {
  string name = 1;
  string etag = 2;
}
message RollbackBookRequest {
  string name = 1;
  string revision_id = 2;
}
message PurgeBooksRequest {
  string parent = 1;
  string filter = 2;
  bool force = 3;
}
message PurgeBooksResponse {
  int32 purge_count = 1;
  repeated string purge_sample = 2;
}
message RunJobRequest {}
message RollbackRequest {}
`,
      bad: `
syntax = "proto3";

package library.v1;

import "google/api/resource.proto";

message UndeleteBookRequest {
  string book = 1;
}
message UndeleteShelfRequest {
  string name = 1;
  string library_id = 2;
}
message TagBookRevisionRequest {
  bytes name = 1;
}
message RunExportJobRequest {
  string name = 1 [(google.api.resource_reference).type = "library.example.com/Export"];
}
message PurgeBooksRequest {
  string parent = 1;
  string force = 2;
}
message PurgeBooksResponse {
  int64 purge_count = 1;
}
`,
      *find(api) {
        for (const { message, kind } of requestsOf(api, 'Run', 'Commit', 'Rollback', 'TagRevision', 'DeleteRevision')) {
          const more = kind === 'Rollback' ? ['revision_id'] : kind === 'TagRevision' ? ['tag'] : [];
          yield* misshapen(message, {
            fields: ['name', ...more].map((name) => ({ name, type: 'string', wanted: true })),
          });
        }
        for (const request of requestsOf(api, 'Run')) yield* runsOther(request);
        for (const { message } of requestsOf(api, 'Undelete')) {
          yield* misshapen(message, {
            fields: [
              { name: 'name', type: 'string', wanted: true },
              ...['etag', 'request_id', 'validate_only'].map((name) => ({ name })),
            ],
            closed: {},
          });
        }
        for (const request of requestsOf(api, 'Purge')) {
          const isFree = isTopLevel(api, request, request.methods);
          yield* misshapen(request.message, {
            fields: [
              { name: 'parent', type: 'string', wanted: !isFree, meant: (field) => typeOf(field) === 'string' },
              { name: 'filter', type: 'string', wanted: true, meant: filters },
              { name: 'force', type: 'bool', wanted: true },
            ],
          });
        }
        for (const { message } of responsesOf(api, 'Purge')) {
          const { fields } = message;
          // A response of its own shape says something else than what was purged.
          if (fields.length > 0 && !fields.some(({ name }) => /^purge_(?:count|sample)$/.test(name))) continue;
          yield* misshapen(message, {
            fields: [
              { name: 'purge_count', type: 'int32', wanted: true },
              { name: 'purge_sample', type: 'repeated string', wanted: true },
            ],
          });
        }
      },
    },
  },
});

function filters(field: Field): boolean {
  return typeOf(field) === 'string' && /filter|query/.test(field.name);
}

function* runsOther({ message }: MethodMessage): Generator<Finding> {
  const name = message.fields.find((field) => field.name === 'name');
  const type = name && referenceOf(name.node)?.type;
  if (!type || type.value === '*' || type.value.endsWith('Job')) return;
  yield {
    at: type.at,
    message: `\`${message.name}\` runs \`${type.value}\`, which is called no job.`,
    help: 'Call the resource that is run `…Job`.',
  };
}
