import * as protobuf from '../../languages/protobuf/select.ts';
import { defineRule } from '../rule.ts';

export default defineRule({
  id: 'schemas/well-known-types',
  summary: 'what Protocol Buffers bring along, as `Empty`, `Timestamp` and `FieldMask`, is not defined again',
  why: `Every language has a ready class for \`google.protobuf.Timestamp\`, which converts to its own times, prints as RFC 3339 in JSON and is
known to all tools. A copy is a plain message: two numbers that every caller converts by hand.`,
  sources: [
    'guide S4, gRPC API Design',
    'AIP-142',
    'AIP-157',
    'AIP-161',
    'AIP-213',
    'Protocol Buffers, Well-Known Types',
  ],
  equivalents: ['aip:0157::request-read-mask-field'],
  checks: {
    protobuf: {
      good: `
syntax = "proto3";

package shop.v1;

import "google/protobuf/field_mask.proto";

message Empty {
  string reason = 1;
}

message Money {
  string amount = 1;
}

message UpdateUserRequest {
  google.protobuf.FieldMask update_mask = 1;
  uint32 permission_mask = 2;
}
`,
      bad: `
syntax = "proto3";

package shop.v1;

message Empty {}

message Timestamp {
  int64 seconds = 1;
  int32 nanos = 2;
}

message Money {
  string currency_code = 1;
  int64 units = 2;
  int32 nanos = 3;
}

message GetUserRequest {
  repeated string read_mask = 1;
}
`,
      *find(api) {
        for (const { name, at, fields, fullName, node } of protobuf.messages(api)) {
          if (fullName.startsWith('google.') || node.parent.kind !== 'file') continue;
          const known = Object.hasOwn(copies, name) ? copies[name] : undefined;
          if (!known || fields.length !== known.fields.length) continue;
          if (!known.fields.every((wanted) => fields.some((field) => field.name === wanted))) continue;
          yield {
            at,
            message: `\`${name}\` is \`${known.original}\` over again.`,
            help: `Import \`${known.original}\`.`,
          };
        }
        for (const { name, type, typeAt, kind } of protobuf.fields(api)) {
          if (kind !== 'scalar' || type !== 'string' || !/^(?:read|update|field)_mask$|_field_mask$/.test(name))
            continue;
          yield {
            at: typeAt,
            message: `\`${name}\` is text rather than a \`google.protobuf.FieldMask\`.`,
            help: 'Make it a `google.protobuf.FieldMask`.',
          };
        }
      },
    },
  },
});

interface Known {
  readonly original: string;
  readonly fields: readonly string[];
}

/** Messages that others define already, by the names under which copies go. */
const copies: Readonly<Record<string, Known>> = {
  Empty: { original: 'google.protobuf.Empty', fields: [] },
  Void: { original: 'google.protobuf.Empty', fields: [] },
  Timestamp: { original: 'google.protobuf.Timestamp', fields: ['seconds', 'nanos'] },
  Duration: { original: 'google.protobuf.Duration', fields: ['seconds', 'nanos'] },
  FieldMask: { original: 'google.protobuf.FieldMask', fields: ['paths'] },
  Any: { original: 'google.protobuf.Any', fields: ['type_url', 'value'] },
  Money: { original: 'google.type.Money', fields: ['currency_code', 'units', 'nanos'] },
  Date: { original: 'google.type.Date', fields: ['year', 'month', 'day'] },
  LatLng: { original: 'google.type.LatLng', fields: ['latitude', 'longitude'] },
  TimeOfDay: { original: 'google.type.TimeOfDay', fields: ['hours', 'minutes', 'seconds', 'nanos'] },
  ...Object.fromEntries(
    ['Double', 'Float', 'Int64', 'UInt64', 'Int32', 'UInt32', 'Bool', 'String', 'Bytes'].map((name) => [
      `${name}Value`,
      { original: `google.protobuf.${name}Value`, fields: ['value'] },
    ]),
  ),
};
