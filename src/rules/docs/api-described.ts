import type { OperationTypeNode } from 'graphql';
import * as graphql from '../../languages/graphql/select.ts';
import { textOf } from '../../languages/openapi/descriptions.ts';
import { isObject } from '../../languages/openapi/json.ts';
import { commentsOf } from '../../languages/protobuf/comments.ts';
import type { Protobuf } from '../../languages/protobuf/protobuf.ts';
import * as protobuf from '../../languages/protobuf/select.ts';
import type { Node, ProtoFile } from '../../languages/protobuf/tree.ts';
import type { Place } from '../../text/place.ts';
import { defineRule } from '../rule.ts';

export default defineRule({
  id: 'docs/api-described',
  summary: 'the API says what it is for',
  why: `The description is the first page of the documentation and the text that catalogues and search show. Without it, a
developer has to read the operations to find out whether this is the API to use.`,
  sources: [
    'guide S4, Documentation and Testing',
    'OpenAPI 3.1.1, Info Object',
    'GraphQL specification, section 3.3 (Schema)',
    'Zalando 218',
  ],
  equivalents: ['spectral:info-description', 'zally:218', 'protolint:FILE_HAS_COMMENT'],
  checks: {
    openapi: {
      good: `
openapi: 3.1.0
info:
  title: Orders
  version: 1.0.0
  description: Take orders, follow them to the door, and refund them.
`,
      bad: `
openapi: 3.1.0
info:
  title: Orders
  version: 1.0.0
`,
      *find(api) {
        const { value, at } = api.root;
        if (!isObject(value['info']) || textOf(value['info']) !== undefined) return;
        yield {
          at: at.child('info'),
          message: 'The API has no description.',
          help: 'Say in a `description` what one can do with the API, and for whom it is.',
        };
      },
    },
    graphql: {
      good: `
"Take orders, follow them to the door, and refund them."
schema {
  query: Query
}

type Query {
  orders: [String!]
}
`,
      bad: `
schema {
  query: Query
}

type Query {
  orders: [String!]
}
`,
      *find(api) {
        const definition = graphql.schemaParts(api).find(({ node }) => node.kind === 'SchemaDefinition');
        if (definition?.node.kind !== 'SchemaDefinition' || graphql.descriptionOf(definition.node) !== '') return;
        // The root of all queries is the other place where people say it.
        const query = graphql.rootTypes(api).get('query' as OperationTypeNode)?.base;
        if (query && graphql.descriptionOf(query) !== '') return;
        yield {
          at: definition.at,
          message: 'The schema has no description.',
          help: 'Say in a description of `schema` what one can do with the API, and for whom it is.',
        };
      },
    },
    protobuf: {
      good: {
        'order.proto': `
// Take orders, follow them to the door, and refund them.
syntax = "proto3";

package shop.v1;

service OrderService {}
`,
        'greeter.proto': `
syntax = "proto3";

package greeting.v1;

// Says hello to people in their language.
service GreeterService {}
`,
      },
      bad: `
// Copyright 2031 Shop Inc.

syntax = "proto3";

package shop.v1;

service OrderService {}
`,
      *find(api) {
        for (const [name, files] of servicePackages(api)) {
          const isDescribed = files.some(({ services, comments }) => services.some(hasComment) || comments !== '');
          if (isDescribed) continue;
          const { at, services } = files[0]!;
          yield {
            at: at ?? services[0]!.at,
            message: name === '' ? 'No comment says what the API is for.' : `No comment says what \`${name}\` is for.`,
            help: 'Say above `syntax`, `package` or the service what one can do with the API, and for whom it is.',
          };
        }
      },
    },
  },
});

interface ServiceFile {
  readonly services: readonly protobuf.Service[];
  /** The place of its package's name. */
  readonly at: Place | undefined;
  /** What is said above and beside `syntax` and `package`, licences apart. */
  readonly comments: string;
}

/** The files that define services, by package. */
function servicePackages(api: Protobuf): ReadonlyMap<string, ServiceFile[]> {
  const packages = new Map(protobuf.packages(api).map((declaration) => [declaration.file, declaration.at]));
  const byFile = new Map<ProtoFile, protobuf.Service[]>();
  for (const service of protobuf.services(api)) addTo(byFile, service.file, service);
  const found = new Map<string, ServiceFile[]>();
  for (const [file, services] of byFile) {
    const head = file.body.filter(({ kind }) => kind === 'syntax' || kind === 'edition' || kind === 'package');
    const comments = head.map(fileCommentOf).join('');
    addTo(found, file.packageName, { services, at: packages.get(file), comments });
  }
  return found;
}

function addTo<K, V>(lists: Map<K, V[]>, key: K, item: V): void {
  const known = lists.get(key);
  if (known) known.push(item);
  else lists.set(key, [item]);
}

function fileCommentOf(node: Node): string {
  const { leading, detached } = commentsOf(node);
  const texts = [leading, ...detached].map((comment) => comment?.text ?? '');
  return texts
    .filter((text) => !/\bcopyright\b|\blicen[cs]ed?\b|\(c\) ?\d/i.test(text))
    .join('')
    .trim();
}

const hasComment = ({ node }: protobuf.Service): boolean => protobuf.descriptionOf(node) !== '';
