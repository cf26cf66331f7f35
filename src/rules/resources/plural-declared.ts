import { lastCollection } from '../../conventions/protobuf/resource-patterns.ts';
import { ownResources } from '../../languages/protobuf/annotations.ts';
import { split } from '../../words/split.ts';
import { defineRule } from '../rule.ts';

export default defineRule({
  id: 'resources/plural-declared',
  summary: 'a resource declares its plural, and its patterns use it',
  why: `The plural names the collection: in paths, in List methods, in client libraries. Programs cannot form it from the singular
(\`shelves\`, \`series\`), and where the patterns say another word, one collection has two names.`,
  sources: ['AIP-122', 'AIP-123'],
  equivalents: ['aip:0123::resource-pattern-plural', 'aip:0123::resource-plural'],
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
    plural: "bookShelves"
  };
  string name = 1;
}

message Settings {
  option (google.api.resource) = {
    type: "library.example.com/Settings"
    pattern: "publishers/{publisher}/settings"
    plural: "settings"
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
    pattern: "publishers/{publisher}/shelves/{book_shelf}"
    plural: "bookShelves"
  };
  string name = 1;
}
`,
      *find(api) {
        for (const { message, plural, patterns, name, at } of ownResources(api)) {
          if (!message) continue;
          if (!plural?.value) {
            yield {
              at: plural?.at ?? at,
              message: `The resource \`${name}\` declares no plural.`,
              help: 'Say in `plural` what several are called, in camelCase.',
            };
            continue;
          }
          for (const pattern of patterns) {
            const last = lastCollection(pattern.value);
            if (!last || fits(last.collection, plural.value, last.parents)) continue;
            yield {
              at: pattern.at,
              message: `The pattern \`${pattern.value}\` calls the collection \`${last.collection}\`, but the plural is \`${plural.value}\`.`,
              help: `Name the collection \`${plural.value}\`.`,
            };
          }
        }
      },
    },
  },
});

/** A nested collection need not repeat its parent: `events` below `{user}` are `userEvents` (AIP-122). */
function fits(collection: string, plural: string, parents: readonly string[]): boolean {
  const [own, whole] = [split(collection).join('_'), split(plural).join('_')];
  return own === whole || parents.some((parent) => whole === `${parent}_${own}`);
}
