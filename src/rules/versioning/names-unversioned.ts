import { asString } from '../../languages/openapi/json.ts';
import type { Pointer } from '../../languages/openapi/pointer.ts';
import { everyOperation, namedSchemas } from '../../languages/openapi/select.ts';
import { split } from '../../words/split.ts';
import { defineRule } from '../rule.ts';

export default defineRule({
  id: 'versioning/names-unversioned',
  summary: 'names of operations and schemas carry no version',
  why: `\`UserV2\` beside \`User\` puts two versions into one API: callers have to find out which goes with which, and the old name never
leaves. The API as a whole has a version.`,
  sources: ['guide S4, Backward Compatibility Patterns', 'AIP-185'],
  equivalents: [],
  checks: {
    openapi: {
      good: `
openapi: 3.1.0
paths:
  /v2/addresses:
    get: { operationId: listIpv4Addresses }
components:
  schemas:
    IPv4Address: { type: string }
`,
      bad: `
openapi: 3.1.0
paths:
  /users:
    get: { operationId: listUsersV2 }
    post: { operationId: createUser }
  /orders:
    get: { operationId: listOrders }
components:
  schemas:
    User: { type: object }
    UserV2: { type: object }
`,
      *find(api) {
        const ids = everyOperation(api).flatMap(({ value, at }) => {
          const name = asString(value['operationId']);
          return name === undefined ? [] : [{ name, at: at.child('operationId') }];
        });
        yield* versioned('operationId', ids);
        yield* versioned(
          'schema',
          namedSchemas(api).map(({ name, at }) => ({ name, at: at.onKey })),
        );
      },
    },
  },
});

/** A version that most names share is that of a package they come from, as in `v1ListOrders`, and says nothing of each. */
function* versioned(what: string, names: readonly { name: string; at: Pointer }[]) {
  const found = names.flatMap(({ name, at }) => {
    const version = versionIn(name);
    return version === undefined ? [] : [{ name, at, version }];
  });
  if (found.length * 2 > names.length) return;
  for (const { name, at, version } of found) {
    const message = `The ${what} \`${name}\` carries the version \`${version}\`.`;
    yield {
      at,
      message,
      help: 'Let the new one replace the old under its own name, in a new version of the API where that breaks callers.',
    };
  }
}

/** `v2` as a word at the beginning or end of a name. Dotted names are those of packages. */
function versionIn(name: string): string | undefined {
  if (name.includes('.')) return undefined;
  const words = split(name);
  if (words.length < 2) return undefined;
  return [words.at(-1)!, words[0]!].find((word) => /^v\d+$/.test(word));
}
