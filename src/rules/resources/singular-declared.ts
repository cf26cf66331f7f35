import { isSingleton, lastCollection } from '../../conventions/protobuf/resource-patterns.ts';
import { ownResources, type Resource, type Text } from '../../languages/protobuf/annotations.ts';
import { toCase } from '../../words/cases.ts';
import { defineRule } from '../rule.ts';

export default defineRule({
  id: 'resources/singular-declared',
  summary: 'a resource declares its singular, and its patterns use it',
  why: `Client libraries and command-line tools name arguments and classes after the singular. Where it is left to guesses, or the
ids of the patterns go by another word, one resource has two names.`,
  sources: ['AIP-122', 'AIP-123'],
  equivalents: ['aip:0123::resource-pattern-singular', 'aip:0123::resource-singular'],
  checks: {
    protobuf: {
      good: `
syntax = "proto3";
package library.v1;

import "google/api/resource.proto";

message BookShelf {
  option (google.api.resource) = {
    type: "library.example.com/BookShelf"
    pattern: "publishers/{publisher}/bookShelves/{book_shelf}"
    pattern: "books/{book}/shelves/{shelf}"
    singular: "bookShelf"
  };
  string name = 1;
}

message Settings {
  option (google.api.resource) = {
    type: "library.example.com/Settings"
    pattern: "publishers/{publisher}/settings"
    singular: "settings"
  };
  string name = 1;
}
`,
      bad: `
syntax = "proto3";
package library.v1;

import "google/api/resource.proto";

message Book {
  option (google.api.resource) = {
    type: "library.example.com/Book"
    pattern: "books/{book}"
  };
  string name = 1;
}

message BookShelf {
  option (google.api.resource) = {
    type: "library.example.com/BookShelf"
    pattern: "publishers/{publisher}/bookShelves/{shelf}"
    singular: "shelf"
  };
  string name = 1;
}

message BookCover {
  option (google.api.resource) = {
    type: "library.example.com/BookCover"
    pattern: "publishers/{publisher}/covers/{cover}"
    singular: "bookCover"
  };
  string name = 1;
}
`,
      *find(api) {
        for (const resource of ownResources(api)) {
          const { message, singular, name, at } = resource;
          if (!message) continue;
          const wanted = toCase(name, 'camel');
          if (!singular?.value) {
            const help = `Say \`singular: "${wanted}"\`.`;
            yield { at: singular?.at ?? at, message: `The resource \`${name}\` declares no singular.`, help };
          } else if (!isNamed(singular, name)) {
            yield {
              at: singular.at,
              message: `The singular \`${singular.value}\` is not the name of the resource \`${name}\`.`,
              help: `Say \`singular: "${wanted}"\`.`,
            };
          } else yield* otherwiseNamed(resource, singular);
        }
      },
    },
  },
});

/** Whether a word is a resource's name in camelCase, however acronyms are written. */
function isNamed({ value }: Text, name: string): boolean {
  return /^[a-z]/.test(value) && value.toLowerCase() === name.toLowerCase();
}

function* otherwiseNamed({ patterns }: Resource, { value }: Text) {
  const whole = toCase(value, 'snake');
  for (const pattern of patterns) {
    const last = lastCollection(pattern.value);
    if (last && !fits(last.variable, whole, last.parents)) {
      yield {
        at: pattern.at,
        message: `The pattern \`${pattern.value}\` calls the resource \`${last.variable}\`, but its singular is \`${value}\`.`,
        help: `Name the variable \`{${whole}}\`.`,
      };
    } else if (isSingleton(pattern.value) && !pattern.value.endsWith(`/${value}`)) {
      yield {
        at: pattern.at,
        message: `The pattern \`${pattern.value}\` does not end in the singular \`${value}\`.`,
        help: 'End the pattern of a resource that there is one of in its singular.',
      };
    }
  }
}

/** A nested resource need not repeat its parent: `{event}` below `{user}` is a `user_event` (AIP-122). */
function fits(variable: string, whole: string, parents: readonly string[]): boolean {
  return variable === whole || parents.some((parent) => whole === `${parent}_${variable}`);
}
