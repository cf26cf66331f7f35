import { setFileOption } from '../../languages/protobuf/edit.ts';
import { editionOf } from '../../languages/protobuf/features.ts';
import type { Protobuf } from '../../languages/protobuf/protobuf.ts';
import { optionOf } from '../../languages/protobuf/select.ts';
import { type OptionNode, type ProtoFile, placeOf, type StringLiteral } from '../../languages/protobuf/tree.ts';
import type { Edit, Fix } from '../../text/fix.ts';
import type { Finding } from '../../text/problem.ts';
import { toCase } from '../../words/cases.ts';
import { defineRule } from '../rule.ts';

export default defineRule({
  id: 'structure/language-options-declared',
  summary: 'a file says how it is called in Java, and its namespaces follow its package',
  why: `Without these options Java puts all messages of a file into one class of its own naming, and C#, PHP and Ruby get namespaces
in a case that none of them uses. Changing any of it later breaks all code that was generated before.`,
  sources: ['AIP-191'],
  equivalents: [
    'aip:0191::csharp-namespace',
    'aip:0191::java-multiple-files',
    'aip:0191::java-outer-classname',
    'aip:0191::java-package',
    'aip:0191::php-namespace',
    'aip:0191::ruby-package',
  ],
  checks: {
    protobuf: {
      good: {
        'library.proto': `
syntax = "proto3";
package library.v1beta1;

option csharp_namespace = "Acme.Library.V1Beta1";
option java_multiple_files = true;
option java_outer_classname = "LibraryProto";
option java_package = "com.acme.library.v1beta1";
option php_namespace = "Library\\\\V1beta1";
option ruby_package = "Library::V1beta1";

message Book {
  string name = 1;
}
`,
        'all.proto': `
syntax = "proto3";
package library.v1beta1;

import "library.proto";
`,
      },
      bad: {
        'library.proto': `
syntax = "proto3";
package library.v1beta1;

option csharp_namespace = "Library.v1beta1";
option java_outer_classname = "Library";
option php_namespace = "Library.V1beta1";
option ruby_package = "Library::V1Beta1";

message Book {
  string name = 1;
}
`,
      },
      fixable: 'unsafe',
      *find(api) {
        for (const file of api.files) {
          yield* namespaceFaults(api, file);
          if (editionOf(file) === 'proto3' && definesTypes(file)) yield* javaFaults(api, file);
        }
      },
    },
  },
});

function definesTypes({ body }: ProtoFile): boolean {
  return body.some(({ kind }) => kind === 'message' || kind === 'enum' || kind === 'service');
}

function* javaFaults(api: Protobuf, file: ProtoFile): Generator<Finding> {
  const statement = file.body.find((node) => node.kind === 'package');
  if (statement?.kind !== 'package') return;
  const at = placeOf(statement, statement.name);
  const className = classNameOf(file);
  if (!stringOf(optionOf(file, 'java_package'))?.value) {
    const others = api.files.filter(({ packageName }) => packageName === file.packageName);
    const usual = others.map((other) => stringOf(optionOf(other, 'java_package'))?.value).find(Boolean);
    const help = `Set it to \`com.\` and the package, as \`com.${file.packageName}\`.`;
    const fix = settingInPackage(api, file, 'java_package', `"${usual ?? `com.${file.packageName}`}"`);
    yield { at, message: 'The file has no `java_package`.', help, fix };
  }
  const multiple = optionOf(file, 'java_multiple_files')?.value;
  if (multiple?.kind !== 'word' || multiple.text !== 'true') {
    const fix = settingInPackage(api, file, 'java_multiple_files', 'true');
    yield { at, message: 'The file does not set `java_multiple_files`.', help: 'Set it to `true`.', fix };
  }
  const option = optionOf(file, 'java_outer_classname');
  const edits = () => setFileOption(file, 'java_outer_classname', `"${className}"`);
  const naming = { title: 'Set `java_outer_classname`', safe: false, edits };
  const outer = stringOf(option);
  if (!option || !outer?.value) {
    yield { at, message: 'The file has no `java_outer_classname`.', help: `Set it to \`${className}\`.`, fix: naming };
  } else if (outer.value.toLowerCase() !== className.toLowerCase()) {
    yield {
      at: placeOf(option, outer),
      message: `The \`java_outer_classname\` is \`${outer.value}\`, not the file's name with \`Proto\`.`,
      help: `Set it to \`${className}\`.`,
      fix: naming,
    };
  }
}

/** The fix that sets an option in all files of a package alike. It changes generated code. */
function settingInPackage(api: Protobuf, file: ProtoFile, name: string, written: string): Fix {
  const edits = (): readonly Edit[] => {
    const isOfPackage = ({ packageName }: ProtoFile): boolean => packageName === file.packageName;
    if (api.imported.some(isOfPackage)) return [];
    return api.files.filter(isOfPackage).flatMap((one) => setFileOption(one, name, written));
  };
  return { title: `Set \`${name}\``, safe: false, edits };
}

/** `book_shelf.proto` gives `BookShelfProto`. */
function classNameOf({ source: { path } }: ProtoFile): string {
  return `${toCase(path.slice(path.lastIndexOf('/') + 1).replace(/\.proto$/, ''), 'pascal')}Proto`;
}

const namespaces = [
  { name: 'csharp_namespace', separator: '.', pascal: pascalOfCsharp },
  { name: 'php_namespace', separator: '\\', pascal },
  { name: 'ruby_package', separator: '::', pascal },
];

function* namespaceFaults(api: Protobuf, file: ProtoFile): Generator<Finding> {
  if (file.packageName === '') return;
  for (const { name, separator, pascal: form } of namespaces) {
    const option = optionOf(file, name);
    const value = stringOf(option);
    if (!option || !value || fits(value.value, separator, file.packageName, form)) continue;
    const wanted = file.packageName
      .split('.')
      .map((part) => form(part))
      .join(separator);
    yield {
      at: placeOf(option, value),
      message: `The \`${name}\` \`${value.value}\` is not the package in PascalCase, joined by \`${separator}\`.`,
      help: `Set it to \`${wanted}\`.`,
      fix: settingInPackage(api, file, name, JSON.stringify(wanted)),
    };
  }
}

/** A namespace may have other words than the package, as a company's name in front; the version is always the same. */
function fits(namespace: string, separator: string, packageName: string, form: (part: string) => string): boolean {
  const parts = namespace.split(separator);
  const version = /(?:^|\.)(v\d\w*)$/.exec(packageName)?.[1];
  return parts.every((part) => /^[A-Z][A-Za-z0-9]*$/.test(part)) && (!version || parts.at(-1) === form(version));
}

/** A version keeps its letters, except in C#: `v1beta1` is `V1beta1`. */
function pascal(part: string): string {
  return part
    .split('_')
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join('');
}

/** C# begins each word of a version in upper case, as in all its names: `V1Beta1`. */
function pascalOfCsharp(part: string): string {
  const whole = pascal(part);
  return /^V\d/.test(whole) ? whole.replace(/(?<=\d)[a-oq-z]/g, (letter) => letter.toUpperCase()) : whole;
}

function stringOf(option: OptionNode | undefined): StringLiteral | null {
  return option?.value?.kind === 'string' ? option.value : null;
}
