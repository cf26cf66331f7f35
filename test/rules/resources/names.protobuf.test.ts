// Where the rules about names of resources, their references and their fields begin and end.
import { describe, expect, it } from 'vitest';
import { rules } from '../../../src/rules/index.ts';
import { apiOf } from '../../languages/protobuf/api.ts';

/** What a rule says of files, without the help. */
function found(id: string, files: string | Readonly<Record<string, string>>): string[] {
  const check = rules.find((rule) => rule.id === id)!.checks.protobuf!;
  const api = apiOf(files);
  return [...check.find(api, {}, { apis: [api] })].map(({ message }) => message);
}

/** A file with the usual imports. */
function file(body: string, packageName = 'library.v1'): string {
  const imports = ['field_behavior', 'field_info', 'resource'].map((name) => `import "google/api/${name}.proto";\n`);
  return `syntax = "proto3";\npackage ${packageName};\n${imports.join('')}${body}`;
}

function resource(name: string, fields: string, pattern = `${name.toLowerCase()}s/{${name.toLowerCase()}}`): string {
  return `message ${name} {
  option (google.api.resource) = { type: "library.example.com/${name}" pattern: "${pattern}" };
  string name = 1;
  ${fields}
}
`;
}

function reference(name: string, to: string, more = ''): string {
  return `string ${name} = ${name.length + 1} [(google.api.resource_reference).type = "library.example.com/${to}"${more}];`;
}

describe('resources/related-by-name', () => {
  const circle = (...names: string[]) =>
    file(names.map((name, index) => resource(name, reference('next', names[(index + 1) % names.length]!))).join(''));

  it('finds a circle of any length once', () => {
    expect(found('resources/related-by-name', circle('A', 'B', 'C'))).toEqual([
      '`next` closes a circle of resources that need each other: `A` → `B` → `C` → `A`.',
    ]);
  });

  it('follows chains that are long', () => {
    const names = Array.from({ length: 1500 }, (_, index) => `A${index}`);
    const chain = names.map((name, index) => resource(name, index > 0 ? reference('last', `A${index - 1}`) : ''));
    expect(found('resources/related-by-name', file(chain.join('')))).toEqual([]);
    expect(found('resources/related-by-name', circle(...names))).toHaveLength(1);
  });

  it('counts what messages inside a resource refer to', () => {
    const inner = `message Loan { ${reference('book', 'Book')} Loan again = 9; }\n`;
    expect(found('resources/related-by-name', file(inner + resource('Book', 'Loan loan = 2;')))).toEqual([
      '`book` refers to its own kind: `Book` → `Book`.',
    ]);
  });

  it('leaves out what the server writes', () => {
    const output = ', (google.api.field_behavior) = OUTPUT_ONLY';
    const text =
      resource('Book', reference('author', 'Author')) + resource('Author', reference('last', 'Book', output));
    expect(found('resources/related-by-name', file(text))).toEqual([]);
  });

  it('finds resources in lists and maps, but no copies that are kept on purpose', () => {
    const shelf = resource('Shelf', 'repeated Book books = 2; map<string, Book> by_title = 3; Shelf inner = 4;');
    const revision = resource('BookRevision', 'Book snapshot = 2;');
    expect(found('resources/related-by-name', file(resource('Book', '') + shelf + revision))).toEqual([
      '`books` holds the resource `Book` instead of its name.',
      '`by_title` holds the resource `Book` instead of its name.',
      '`inner` refers to its own kind: `Shelf` → `Shelf`.',
    ]);
  });
});

describe('resources/reference-resolves', () => {
  const other = { 'keys/v1/keys.proto': file(resource('Key', ''), 'keys.v1') };
  const using = (imported: string) => ({
    'library/v1/library.proto': file(`${imported}${resource('Book', reference('key', 'Key'))}`),
  });

  it('asks for a definition in the same package', () => {
    expect(found('resources/reference-resolves', { ...using('import "keys/v1/keys.proto";\n'), ...other })).toEqual([
      'The resource `library.example.com/Key` is defined in another package, `keys.v1`.',
    ]);
  });

  it('takes a definition of the file for a resource of another package', () => {
    const definition = `option (google.api.resource_definition) = { type: "library.example.com/Key" pattern: "keys/{key}" };`;
    expect(found('resources/reference-resolves', { ...using(definition), ...other })).toEqual([]);
  });

  it('is silent where a file is missing that may define the resource', () => {
    expect(found('resources/reference-resolves', using('import "keys/v1/keys.proto";\n'))).toEqual([]);
  });

  it('knows nothing of other services, nor of what is everywhere', () => {
    const fields = `string a = 2 [(google.api.resource_reference).type = "keys.example.com/Key"];
  string b = 3 [(google.api.resource_reference).type = "cloudresourcemanager.googleapis.com/Project"];`;
    expect(found('resources/reference-resolves', file(resource('Book', fields)))).toEqual([]);
  });
});

describe('resources/resource-annotation-valid', () => {
  const patterns = (...list: string[]) => list.flatMap((pattern) => found(id, file(resource('Book', '', pattern))));
  const id = 'resources/resource-annotation-valid';

  it.each([
    '*',
    'books/{book}',
    'locations/global/books/{book}',
    'users/{user}/settings',
    'shelves/{shelf}~{book}',
    'a/{b}/c/{d_2}',
  ])('takes %s', (pattern) => {
    expect(patterns(pattern)).toEqual([]);
  });

  it.each([
    'books/{book}/',
    '/books/{book}',
    '{book}',
    'books/{book}/{page}',
    'library/books/{book}',
    'Books/{book}',
    'e-books/{book}',
    'books/{Book}',
    'books/{book_id}',
  ])('refuses %s', (pattern) => {
    expect(patterns(pattern)).toHaveLength(1);
  });
});

describe('resources/singular-declared and plural-declared', () => {
  const declared = (name: string, pattern: string) => {
    const plural = `plural: "${name.charAt(0).toLowerCase()}${name.slice(1)}s"`;
    const singular = `singular: "${name.charAt(0).toLowerCase()}${name.slice(1)}"`;
    const text = resource(name, '', pattern).replace(' };', ` ${singular} ${plural} };`);
    return ['singular', 'plural'].map((word) => found(`resources/${word}-declared`, file(text)).length);
  };

  it('let nested resources leave out their parent', () => {
    expect(declared('UserEvent', 'users/{user}/events/{event}')).toEqual([0, 0]);
    expect(declared('UserEvent', 'users/{user}/userEvents/{user_event}')).toEqual([0, 0]);
    expect(declared('UserEvent', 'shops/{shop}/events/{event}')).toEqual([1, 1]);
  });

  it('do not judge what several ids name, nor patterns that anything fits', () => {
    expect(declared('Event', 'events/{year}~{number}')).toEqual([0, 0]);
    expect(declared('Event', '*')).toEqual([0, 0]);
  });
});

describe('schemas/field-behavior-declared', () => {
  const get = 'service S { rpc Find(FindRequest) returns (FindResponse); }\nmessage FindResponse { string a = 1; }\n';

  it('looks at what callers send, however deep', () => {
    const sent = 'message FindRequest { map<string, Part> parts = 1; }\nmessage Part { Part part = 1; }\n';
    expect(found('schemas/field-behavior-declared', file(get + sent))).toEqual([
      '`parts` in `FindRequest` does not say whether it is required.',
      '`part` in `Part` does not say whether it is required.',
    ]);
  });

  it('asks nothing of APIs that mark no field', () => {
    const sent = 'syntax = "proto3";\nmessage FindRequest { string query = 1; }\n';
    expect(found('schemas/field-behavior-declared', sent)).toEqual([]);
  });
});

describe('structure/type-from-own-package', () => {
  const field = (type: string) => found('structure/type-from-own-package', file(`message A { ${type} a = 1; }`));

  it('reads the package from the name of a type that is not at hand', () => {
    expect(field('shop.orders.v1.Order')).toEqual(['`a` has a type of another package, `shop.orders.v1.Order`.']);
    expect(field('shop.type.v1.Money')).toEqual([]);
    expect(field('Outer.Inner')).toEqual([]);
    expect(field('google.type.Money')).toEqual([]);
  });
});
