/**
 * What a table of fields cannot say: fields that ask for or exclude each other, and values that depend on others.
 * Sources: Swagger 2.0, OpenAPI 3.0.4, 3.1.1 and 3.2.0 and the JSON Schemas that the OpenAPI Initiative publishes with them.
 */
import type { KindName, Version } from './grammar.ts';
import type { JsonObject } from './json.ts';
import type { Node } from './walk.ts';

/** What holds for objects of one kind, all or some of them. */
export interface Condition {
  /** The versions in which it holds; all when absent. */
  readonly versions?: readonly Version[];
  /** The objects for which it holds; all when absent. */
  readonly when?: (value: JsonObject, node: Node) => boolean;
  /** What those objects are called: "A `path` parameter". */
  readonly subject: string;
  readonly requires?: readonly string[];
  /** Fields that have no meaning here. */
  readonly excludes?: readonly string[];
  /** Exactly one of these must be there. */
  readonly exactlyOne?: readonly string[];
  /** One of these at least must be there. */
  readonly anyOf?: readonly string[];
  /** At most one of these may be there. */
  readonly atMostOne?: readonly string[];
  /** The values that a field may have here. */
  readonly values?: Readonly<Record<string, readonly string[]>>;
  /** Maps that must have this many entries exactly. */
  readonly entries?: Readonly<Record<string, number>>;
}

const since30 = ['3.0', '3.1', '3.2'] as const;
const since31 = ['3.1', '3.2'] as const;

const is =
  (field: string, ...wanted: unknown[]) =>
  (value: JsonObject): boolean =>
    wanted.includes(value[field]);

/** The fields with which parameters of 2.0 describe their type themselves. */
const typeFields = [
  'type',
  'format',
  'items',
  'collectionFormat',
  'default',
  'maximum',
  'exclusiveMaximum',
  'minimum',
  'exclusiveMinimum',
  'maxLength',
  'minLength',
  'pattern',
  'maxItems',
  'minItems',
  'uniqueItems',
  'enum',
  'multipleOf',
  'allowEmptyValue',
];

const parameter: readonly Condition[] = [
  {
    versions: ['2.0'],
    when: is('in', 'body'),
    subject: 'A `body` parameter',
    requires: ['schema'],
    excludes: typeFields,
  },
  {
    versions: ['2.0'],
    when: is('in', 'query', 'header', 'path', 'formData'),
    subject: 'A parameter outside the body',
    requires: ['type'],
    excludes: ['schema'],
  },
  {
    versions: ['2.0'],
    when: is('in', 'query', 'header', 'path'),
    subject: 'A parameter outside the form data',
    values: { type: ['string', 'number', 'boolean', 'integer', 'array'] },
  },
  {
    versions: ['2.0'],
    when: is('in', 'header', 'path'),
    subject: 'A parameter in the path or a header',
    values: { collectionFormat: ['csv', 'ssv', 'tsv', 'pipes'] },
    excludes: ['allowEmptyValue'],
  },
  {
    versions: since30,
    when: (value) => value['in'] !== 'querystring',
    subject: 'A parameter',
    exactlyOne: ['schema', 'content'],
  },
  {
    versions: since30,
    when: is('in', 'path'),
    subject: 'A `path` parameter',
    values: { style: ['matrix', 'label', 'simple'] },
  },
  { versions: since30, when: is('in', 'header'), subject: 'A `header` parameter', values: { style: ['simple'] } },
  {
    versions: since30,
    when: is('in', 'query'),
    subject: 'A `query` parameter',
    values: { style: ['form', 'spaceDelimited', 'pipeDelimited', 'deepObject'] },
  },
  { versions: ['3.0', '3.1'], when: is('in', 'cookie'), subject: 'A `cookie` parameter', values: { style: ['form'] } },
  {
    versions: ['3.2'],
    when: is('in', 'cookie'),
    subject: 'A `cookie` parameter',
    values: { style: ['form', 'cookie'] },
  },
  {
    versions: ['3.2'],
    when: is('in', 'querystring'),
    subject: 'A `querystring` parameter',
    requires: ['content'],
    excludes: ['schema', 'style', 'explode', 'allowReserved'],
    entries: { content: 1 },
  },
  {
    versions: since31,
    when: is('in', 'path', 'header', 'cookie'),
    subject: 'A parameter outside the query',
    excludes: ['allowEmptyValue'],
  },
  {
    versions: since30,
    when: (value) => value['content'] !== undefined && value['schema'] === undefined && value['in'] !== 'querystring',
    subject: 'A parameter with `content`',
    excludes: ['style', 'explode', 'allowReserved'],
    entries: { content: 1 },
  },
];

const header: readonly Condition[] = [
  { versions: since30, subject: 'A header', exactlyOne: ['schema', 'content'], values: { style: ['simple'] } },
  {
    versions: since30,
    when: (value) => value['content'] !== undefined && value['schema'] === undefined,
    subject: 'A header with `content`',
    excludes: ['style', 'explode', 'allowReserved'],
    entries: { content: 1 },
  },
  { versions: since31, subject: 'A header', excludes: ['allowEmptyValue'] },
  { versions: ['3.1'], subject: 'A header', excludes: ['allowReserved'] },
];

const securityScheme: readonly Condition[] = [
  {
    versions: ['2.0'],
    when: is('type', 'basic'),
    subject: 'A `basic` security scheme',
    excludes: ['name', 'in', 'flow', 'authorizationUrl', 'tokenUrl', 'scopes'],
  },
  {
    versions: ['2.0'],
    when: is('type', 'apiKey'),
    subject: 'An `apiKey` security scheme',
    requires: ['name', 'in'],
    excludes: ['flow', 'authorizationUrl', 'tokenUrl', 'scopes'],
  },
  {
    versions: ['2.0'],
    when: is('type', 'oauth2'),
    subject: 'An `oauth2` security scheme',
    requires: ['flow', 'scopes'],
    excludes: ['name', 'in'],
  },
  {
    versions: ['2.0'],
    when: is('flow', 'implicit'),
    subject: 'The flow `implicit`',
    requires: ['authorizationUrl'],
    excludes: ['tokenUrl'],
  },
  {
    versions: ['2.0'],
    when: is('flow', 'password', 'application'),
    subject: 'The flow `password` or `application`',
    requires: ['tokenUrl'],
    excludes: ['authorizationUrl'],
  },
  {
    versions: ['2.0'],
    when: is('flow', 'accessCode'),
    subject: 'The flow `accessCode`',
    requires: ['authorizationUrl', 'tokenUrl'],
  },
  {
    versions: since30,
    when: is('type', 'apiKey'),
    subject: 'An `apiKey` security scheme',
    requires: ['name', 'in'],
    excludes: ['scheme', 'bearerFormat', 'flows', 'openIdConnectUrl', 'oauth2MetadataUrl'],
  },
  {
    versions: since30,
    when: is('type', 'http'),
    subject: 'An `http` security scheme',
    requires: ['scheme'],
    excludes: ['name', 'in', 'flows', 'openIdConnectUrl', 'oauth2MetadataUrl'],
  },
  {
    versions: since30,
    when: is('type', 'oauth2'),
    subject: 'An `oauth2` security scheme',
    requires: ['flows'],
    excludes: ['name', 'in', 'scheme', 'bearerFormat', 'openIdConnectUrl'],
  },
  {
    versions: since30,
    when: is('type', 'openIdConnect'),
    subject: 'An `openIdConnect` security scheme',
    requires: ['openIdConnectUrl'],
    excludes: ['name', 'in', 'scheme', 'bearerFormat', 'flows', 'oauth2MetadataUrl'],
  },
  {
    versions: since31,
    when: is('type', 'mutualTLS'),
    subject: 'A `mutualTLS` security scheme',
    excludes: ['name', 'in', 'scheme', 'bearerFormat', 'flows', 'openIdConnectUrl', 'oauth2MetadataUrl'],
  },
];

const flowNamed =
  (...names: string[]) =>
  (_: JsonObject, node: Node): boolean =>
    node.parent?.kind === 'OAuthFlows' && names.includes(node.field);

const oauthFlow: readonly Condition[] = [
  {
    when: flowNamed('implicit'),
    subject: 'The flow `implicit`',
    requires: ['authorizationUrl'],
    excludes: ['tokenUrl', 'deviceAuthorizationUrl'],
  },
  {
    when: flowNamed('password'),
    subject: 'The flow `password`',
    requires: ['tokenUrl'],
    excludes: ['authorizationUrl', 'deviceAuthorizationUrl'],
  },
  {
    when: flowNamed('clientCredentials'),
    subject: 'The flow `clientCredentials`',
    requires: ['tokenUrl'],
    excludes: ['authorizationUrl', 'deviceAuthorizationUrl'],
  },
  {
    when: flowNamed('authorizationCode'),
    subject: 'The flow `authorizationCode`',
    requires: ['authorizationUrl', 'tokenUrl'],
    excludes: ['deviceAuthorizationUrl'],
  },
  {
    when: flowNamed('deviceAuthorization'),
    subject: 'The flow `deviceAuthorization`',
    requires: ['deviceAuthorizationUrl', 'tokenUrl'],
    excludes: ['authorizationUrl'],
  },
];

/** The conditions on the objects of each kind. */
export const conditions: Readonly<Partial<Record<KindName, readonly Condition[]>>> = {
  Document: [{ versions: since31, subject: 'The document', anyOf: ['paths', 'components', 'webhooks'] }],
  License: [{ versions: since31, subject: 'A license', atMostOne: ['url', 'identifier'] }],
  Parameter: [...parameter, { versions: since30, subject: 'A parameter', atMostOne: ['example', 'examples'] }],
  Header: [...header, { versions: since30, subject: 'A header', atMostOne: ['example', 'examples'] }],
  MediaType: [
    { subject: 'A media type', atMostOne: ['example', 'examples'] },
    { versions: ['3.2'], subject: 'A media type', atMostOne: ['encoding', 'prefixEncoding'] },
    { versions: ['3.2'], subject: 'A media type', atMostOne: ['encoding', 'itemEncoding'] },
  ],
  Encoding: [
    { versions: ['3.2'], subject: 'An encoding', atMostOne: ['encoding', 'prefixEncoding'] },
    { versions: ['3.2'], subject: 'An encoding', atMostOne: ['encoding', 'itemEncoding'] },
  ],
  Link: [
    { versions: ['3.0'], subject: 'A link', atMostOne: ['operationRef', 'operationId'] },
    { versions: since31, subject: 'A link', exactlyOne: ['operationRef', 'operationId'] },
  ],
  Example: [
    { subject: 'An example', atMostOne: ['value', 'externalValue'] },
    { versions: ['3.2'], subject: 'An example', atMostOne: ['value', 'dataValue'] },
    { versions: ['3.2'], subject: 'An example', atMostOne: ['value', 'serializedValue'] },
    { versions: ['3.2'], subject: 'An example', atMostOne: ['serializedValue', 'externalValue'] },
  ],
  SecurityScheme: securityScheme,
  OAuthFlow: oauthFlow,
};
