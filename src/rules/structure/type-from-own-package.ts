import { areRelated, isCommon } from '../../conventions/protobuf/packages.ts';
import type { Definition } from '../../languages/protobuf/link.ts';
import { fields } from '../../languages/protobuf/select.ts';
import { defineRule } from '../rule.ts';

export default defineRule({
  id: 'structure/type-from-own-package',
  summary: 'fields use types of their own package, or common ones',
  why: `A type of another API changes with that API, in its own time and for its own reasons: a new version there is a breaking change
here. Common types, such as timestamps and money, are made to be shared.`,
  sources: ['AIP-215'],
  equivalents: ['aip:0215::foreign-type-reference'],
  checks: {
    protobuf: {
      good: {
        'library/v1/library.proto': `
syntax = "proto3";
package library.v1;

import "google/protobuf/timestamp.proto";
import "library/v1/resources/shelf.proto";
import "acme/type/isbn.proto";

message Book {
  google.protobuf.Timestamp create_time = 1;
  library.v1.resources.Shelf shelf = 2;
  acme.type.Isbn isbn = 3;
}
`,
        'library/v1/resources/shelf.proto': `
syntax = "proto3";
package library.v1.resources;

message Shelf {
  string name = 1;
}
`,
        'acme/type/isbn.proto': `
syntax = "proto3";
package acme.type;

message Isbn {
  string digits = 1;
}
`,
      },
      bad: {
        'library/v1/library.proto': `
syntax = "proto3";
package library.v1;

import "readers/v1/reader.proto";

message Loan {
  readers.v1.Reader reader = 1;
}
`,
        'readers/v1/reader.proto': `
syntax = "proto3";
package readers.v1;

message Reader {
  string name = 1;
}
`,
      },
      *find(api) {
        for (const { definition, type, file, typeAt, name } of fields(api)) {
          const [own, other] = [file.packageName, definition ? packageOf(definition) : packageIn(type)];
          if (own === '' || other === '' || areRelated(own, other) || isCommon(other)) continue;
          yield {
            at: typeAt,
            message: `\`${name}\` has a type of another package, \`${definition?.fullName ?? type}\`.`,
            help: 'Define a type of your own, or move that one to a package of common types.',
          };
        }
      },
    },
  },
});

function packageOf({ file }: Definition): string {
  return typeof file === 'string' ? '' : file.packageName;
}

/** The package of a type whose file is not at hand, if its name tells: `readers.v1` of `readers.v1.Reader`. */
function packageIn(type: string): string {
  return /^\.?([a-z]\w*(?:\.[a-z]\w*)*\.v\d\w*)\.[A-Z]/.exec(type)?.[1] ?? '';
}
