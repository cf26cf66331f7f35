import { isVariable, type Segment, segmentsOf } from '../../conventions/protobuf/resource-patterns.ts';
import {
  isResourceType,
  ownResources,
  type Resource,
  resources,
  type Text,
} from '../../languages/protobuf/annotations.ts';
import { memoised } from '../../languages/protobuf/select.ts';
import type { Finding } from '../../text/problem.ts';
import { defineRule } from '../rule.ts';

export default defineRule({
  id: 'resources/resource-annotation-valid',
  summary: 'types and name patterns of resources are well-formed, and each type is defined once',
  why: `Client libraries build and take apart resource names by these patterns, and tools find resources by their types. Both fail
on a pattern that no name fits, and on two definitions of one type they pick either.`,
  sources: ['AIP-122', 'AIP-123'],
  equivalents: [
    'aip:0122::resource-collection-identifiers',
    'aip:0123::duplicate-resource',
    'aip:0123::resource-definition-pattern',
    'aip:0123::resource-definition-type-name',
    'aip:0123::resource-definition-variables',
    'aip:0123::resource-name-components-alternate',
    'aip:0123::resource-pattern',
    'aip:0123::resource-type-message',
    'aip:0123::resource-type-name',
    'aip:0123::resource-variables',
  ],
  checks: {
    protobuf: {
      good: `
syntax = "proto3";
package library.v1;

import "google/api/resource.proto";

option (google.api.resource_definition) = {
  type: "library.example.com/Publisher"
  pattern: "publishers/{publisher}"
  pattern: "*"
};

message Book {
  option (google.api.resource) = {
    type: "library.example.com/Book"
    pattern: "publishers/{publisher}/electronicBooks/{electronic_book}"
    pattern: "shelves/{shelf}~{book}/settings"
  };
  string name = 1;
}
`,
      bad: `
syntax = "proto3";
package library.v1;

import "google/api/resource.proto";

option (google.api.resource_definition) = {
  type: "library/publisher"
};

message Book {
  option (google.api.resource) = {
    type: "library.example.com/ElectronicBook"
    pattern: "publishers/{publisher_id}/electronic_books/{book}"
    pattern: "/shelves/{shelf}/books/{book}"
    pattern: "books/{electronicBook}"
    pattern: "library/books/{book}"
  };
  string name = 1;
}

message Ebook {
  option (google.api.resource) = {
    type: "library.example.com/ElectronicBook"
    pattern: "books/{book}"
  };
  string name = 1;
}
`,
      *find(api) {
        for (const resource of ownResources(api)) {
          yield* typeFaults(resource);
          if (repeated(api).has(resource)) yield repetition(resource);
          yield* patternFaults(resource);
        }
      },
    },
  },
});

function* typeFaults({ type, message, at }: Resource): Generator<Finding> {
  if (!type) {
    const help = 'Set `type` to the service and the name, as `library.example.com/Book`.';
    yield { at, message: 'The resource says no type.', help };
  } else if (!isResourceType(type.value)) {
    yield {
      at: type.at,
      message: `The type \`${type.value}\` is not a host, a slash and a name in PascalCase.`,
      help: 'Write it as `library.example.com/Book`.',
    };
  } else if (message && type.value.split('/')[1] !== message.name.text) {
    yield {
      at: type.at,
      message: `The type \`${type.value}\` is not called like its message \`${message.name.text}\`.`,
      help: 'Give the message and the type one name.',
    };
  }
}

/** The resources whose type another one of the same package has before them. */
const repeated = memoised((api): ReadonlySet<Resource> => {
  const known = new Set<string>();
  const found = new Set<Resource>();
  for (const resource of resources(api)) {
    if (!resource.type) continue;
    const key = `${resource.file.packageName} ${resource.type.value}`;
    if (known.has(key)) found.add(resource);
    known.add(key);
  }
  return found;
});

function repetition({ type, at }: Resource): Finding {
  return {
    at: type?.at ?? at,
    message: `The resource type \`${type?.value}\` is defined twice in this package.`,
    help: 'Keep one definition; refer to it everywhere else.',
  };
}

function* patternFaults({ patterns, type, at }: Resource): Generator<Finding> {
  if (patterns.length === 0) {
    const of = type ? ` \`${type.value}\`` : '';
    yield {
      at,
      message: `The resource${of} has no pattern.`,
      help: 'Say with `pattern` what its names look like, as `books/{book}`.',
    };
  }
  for (const pattern of patterns) {
    if (pattern.value === '*') continue;
    const fault = faultOf(pattern);
    if (fault) yield { at: pattern.at, ...fault };
  }
}

function faultOf({ value }: Text): { message: string; help: string } | null {
  const segments = segmentsOf(value);
  const pattern = `The pattern \`${value}\``;
  if (segments.some(({ text }) => text === '')) {
    return { message: `${pattern} has an empty segment.`, help: 'Let it neither begin nor end with a slash.' };
  }
  const uneven = segments.find((segment, index) => isId(segment) === (index % 2 === 0));
  if (uneven) {
    return {
      message: `${pattern} does not alternate between collections and ids at \`${uneven.text}\`.`,
      help: 'Put an id behind each collection, as `publishers/{publisher}/books/{book}`.',
    };
  }
  return collectionFault(pattern, segments) ?? variableFault(pattern, segments);
}

/** Some collections have one item that is always there: `locations/global`. */
function isId(segment: Segment): boolean {
  return isVariable(segment) || segment.text === 'global';
}

function collectionFault(pattern: string, segments: readonly Segment[]): { message: string; help: string } | null {
  const wrong = segments.find((segment) => !isVariable(segment) && !/^[a-z][A-Za-z0-9]*$/.test(segment.text));
  if (!wrong) return null;
  return {
    message: `${pattern} has the collection \`${wrong.text}\`, which is not in camelCase.`,
    help: 'Begin collections in lower case, and write their words together.',
  };
}

function variableFault(pattern: string, segments: readonly Segment[]): { message: string; help: string } | null {
  const names = segments.flatMap(({ variables }) => [...variables]);
  const wrong = names.find((name) => !/^[a-z][a-z0-9]*(?:_[a-z0-9]+)*$/.test(name));
  if (wrong !== undefined) {
    return {
      message: `${pattern} has the variable \`${wrong}\`, which is not in snake_case.`,
      help: 'Name the variable after the resource, in snake_case.',
    };
  }
  const id = names.find((name) => name.endsWith('_id'));
  if (id === undefined) return null;
  return {
    message: `${pattern} has the variable \`${id}\`, which ends in \`_id\`.`,
    help: `Name the variable after the resource: \`{${id.slice(0, -3)}}\`.`,
  };
}
