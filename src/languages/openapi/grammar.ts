/**
 * What each version of OpenAPI allows where: the one table that the walk, the selectors and the structure rules go by.
 * Sources: Swagger 2.0, OpenAPI 3.0.4, 3.1.1 and 3.2.0, and JSON Schema 2020-12 for the schemas of 3.1 and later.
 */

export type Version = '2.0' | '3.0' | '3.1' | '3.2';

/** The objects that the specifications name. */
export type KindName =
  | 'Document'
  | 'Info'
  | 'Contact'
  | 'License'
  | 'Server'
  | 'ServerVariable'
  | 'Components'
  | 'Paths'
  | 'PathItem'
  | 'Operation'
  | 'ExternalDocs'
  | 'Parameter'
  | 'Items'
  | 'RequestBody'
  | 'MediaType'
  | 'Encoding'
  | 'Responses'
  | 'Response'
  | 'Callback'
  | 'Example'
  | 'Link'
  | 'Header'
  | 'Tag'
  | 'Schema'
  | 'Discriminator'
  | 'Xml'
  | 'SecurityScheme'
  | 'OAuthFlows'
  | 'OAuthFlow'
  | 'SecurityRequirement';

/** What a scalar must look like. `url` is a URI reference, `uri` an absolute one, `count` an integer from 0, `positive` a number above 0. */
export type ScalarName =
  | 'any'
  | 'string'
  | 'boolean'
  | 'count'
  | 'number'
  | 'positive'
  | 'url'
  | 'uri'
  | 'email'
  | 'regex';

/** What may stand at a place. */
export type Shape =
  | ScalarName
  | KindName
  | { readonly list: Shape; readonly min?: number; readonly unique?: true }
  | { readonly map: Shape; readonly keys?: RegExp; readonly extensions?: true }
  | { readonly values: readonly string[] }
  | { readonly either: readonly Shape[] };

/** An object of the specification. */
export interface Kind {
  /** The heading under which the specification describes it, as "operation" in "an operation". */
  readonly noun: string;
  readonly fields: Readonly<Record<string, Shape>>;
  readonly required: readonly string[];
  /** What stands under keys that are no fields, as paths and status codes. */
  readonly entries?: { readonly keys: RegExp; readonly shape: Shape; readonly noun: string };
  /** Whether `x-…` keys are allowed. */
  readonly extensions: boolean;
  /** Whether any other key is allowed too. */
  readonly open: boolean;
  /** Whether a Reference Object may stand in its place. */
  readonly referable: boolean;
}

export type Grammar = Readonly<Record<KindName, Kind>>;

const list = (shape: Shape, more: { min?: number; unique?: true } = {}): Shape => ({ list: shape, ...more });
const map = (shape: Shape, keys?: RegExp): Shape => (keys ? { map: shape, keys } : { map: shape });
const either = (...shapes: Shape[]): Shape => ({ either: shapes });
const values = (...allowed: string[]): Shape => ({ values: allowed });

interface KindOptions {
  required?: readonly string[];
  entries?: Kind['entries'];
  extensions?: boolean;
  open?: boolean;
  referable?: boolean;
}

function kind(noun: string, fields: Record<string, Shape>, options: KindOptions = {}): Kind {
  const { required = [], entries, extensions = true, open = false, referable = false } = options;
  return { noun, fields, required, extensions, open, referable, ...(entries && { entries }) };
}

/** The same object in a later version: more fields, other requirements. */
function later(earlier: Kind, fields: Record<string, Shape>, options: KindOptions = {}): Kind {
  return { ...earlier, ...options, fields: { ...earlier.fields, ...fields } } as Kind;
}

const componentName = /^[a-zA-Z0-9._-]+$/;
const components = (shape: Shape): Shape => ({ map: shape, keys: componentName, extensions: true });
const statusCode = /^[1-5](?:\d\d|XX)$/;

// What all versions describe alike.

const info = kind(
  'info',
  {
    title: 'string',
    description: 'string',
    termsOfService: 'url',
    contact: 'Contact',
    license: 'License',
    version: 'string',
  },
  { required: ['title', 'version'] },
);
const contact = kind('contact', { name: 'string', url: 'url', email: 'email' });
const license = kind('license', { name: 'string', url: 'url' }, { required: ['name'] });
const externalDocs = kind('external documentation', { description: 'string', url: 'url' }, { required: ['url'] });
const tag = kind(
  'tag',
  { name: 'string', description: 'string', externalDocs: 'ExternalDocs' },
  { required: ['name'] },
);
const xml = kind('xml', {
  name: 'string',
  namespace: 'uri',
  prefix: 'string',
  attribute: 'boolean',
  wrapped: 'boolean',
});
const securityRequirement = kind(
  'security requirement',
  {},
  { entries: { keys: /^/, shape: list('string'), noun: 'security scheme' }, extensions: false },
);

const methods = ['get', 'put', 'post', 'delete', 'options', 'head', 'patch'] as const;
const operationsOf = (names: readonly string[]): Record<string, Shape> =>
  Object.fromEntries(names.map((name) => [name, 'Operation' as const]));

/** Keywords of JSON Schema that mean the same in every version. */
const schemaKeywords: Record<string, Shape> = {
  title: 'string',
  description: 'string',
  default: 'any',
  multipleOf: 'positive',
  maximum: 'number',
  minimum: 'number',
  maxLength: 'count',
  minLength: 'count',
  pattern: 'regex',
  maxItems: 'count',
  minItems: 'count',
  uniqueItems: 'boolean',
  maxProperties: 'count',
  minProperties: 'count',
  required: list('string', { unique: true }),
  enum: list('any'),
  format: 'string',
  allOf: list('Schema', { min: 1 }),
  properties: map('Schema'),
  readOnly: 'boolean',
  xml: 'Xml',
  externalDocs: 'ExternalDocs',
  example: 'any',
};

const jsonTypes = ['array', 'boolean', 'integer', 'number', 'object', 'string'];

// Swagger 2.0.

/** The part of JSON Schema that parameters, headers and items of 2.0 share. */
const itemsKeywords: Record<string, Shape> = {
  format: 'string',
  items: 'Items',
  collectionFormat: values('csv', 'ssv', 'tsv', 'pipes'),
  default: 'any',
  maximum: 'number',
  exclusiveMaximum: 'boolean',
  minimum: 'number',
  exclusiveMinimum: 'boolean',
  maxLength: 'count',
  minLength: 'count',
  pattern: 'regex',
  maxItems: 'count',
  minItems: 'count',
  uniqueItems: 'boolean',
  enum: list('any', { min: 1, unique: true }),
  multipleOf: 'positive',
};
const simpleTypes = ['string', 'number', 'integer', 'boolean', 'array'];
const schemes = list(values('http', 'https', 'ws', 'wss'), { unique: true });

/** Objects that 2.0 does not have. No shape of its grammar leads to them. */
const none = kind('', {});

const swagger2: Grammar = {
  Document: kind(
    'document',
    {
      swagger: values('2.0'),
      info: 'Info',
      host: 'string',
      basePath: 'string',
      schemes,
      consumes: list('string', { unique: true }),
      produces: list('string', { unique: true }),
      paths: 'Paths',
      definitions: map('Schema'),
      parameters: map('Parameter'),
      responses: map('Response'),
      securityDefinitions: map('SecurityScheme'),
      security: list('SecurityRequirement'),
      tags: list('Tag', { unique: true }),
      externalDocs: 'ExternalDocs',
    },
    { required: ['swagger', 'info', 'paths'] },
  ),
  Info: info,
  Contact: contact,
  License: license,
  ExternalDocs: externalDocs,
  Tag: tag,
  Xml: xml,
  SecurityRequirement: securityRequirement,
  Paths: kind('paths', {}, { entries: { keys: /^\//, shape: 'PathItem', noun: 'path' } }),
  PathItem: kind('path item', { $ref: 'string', ...operationsOf(methods), parameters: list('Parameter') }),
  Operation: kind(
    'operation',
    {
      tags: list('string', { unique: true }),
      summary: 'string',
      description: 'string',
      externalDocs: 'ExternalDocs',
      operationId: 'string',
      consumes: list('string', { unique: true }),
      produces: list('string', { unique: true }),
      parameters: list('Parameter'),
      responses: 'Responses',
      schemes,
      deprecated: 'boolean',
      security: list('SecurityRequirement'),
    },
    { required: ['responses'] },
  ),
  Parameter: kind(
    'parameter',
    {
      name: 'string',
      in: values('query', 'header', 'path', 'formData', 'body'),
      description: 'string',
      required: 'boolean',
      schema: 'Schema',
      type: values(...simpleTypes, 'file'),
      allowEmptyValue: 'boolean',
      ...itemsKeywords,
      collectionFormat: values('csv', 'ssv', 'tsv', 'pipes', 'multi'),
    },
    { required: ['name', 'in'], referable: true },
  ),
  Items: kind('items', { type: values(...simpleTypes), ...itemsKeywords }, { required: ['type'] }),
  Responses: kind(
    'responses',
    { default: 'Response' },
    { entries: { keys: statusCode, shape: 'Response', noun: 'status code' } },
  ),
  Response: kind(
    'response',
    { description: 'string', schema: 'Schema', headers: map('Header'), examples: map('any') },
    { required: ['description'], referable: true },
  ),
  Header: kind(
    'header',
    { description: 'string', type: values(...simpleTypes), ...itemsKeywords },
    { required: ['type'] },
  ),
  Schema: kind(
    'schema',
    {
      ...schemaKeywords,
      $ref: 'string',
      exclusiveMaximum: 'boolean',
      exclusiveMinimum: 'boolean',
      enum: list('any', { min: 1, unique: true }),
      required: list('string', { min: 1, unique: true }),
      type: either(values(...jsonTypes, 'null', 'file'), list(values(...jsonTypes, 'null'), { min: 1, unique: true })),
      items: either('Schema', list('Schema', { min: 1 })),
      additionalProperties: either('boolean', 'Schema'),
      discriminator: 'string',
    },
    { referable: true },
  ),
  SecurityScheme: kind(
    'security scheme',
    {
      type: values('basic', 'apiKey', 'oauth2'),
      description: 'string',
      name: 'string',
      in: values('query', 'header'),
      flow: values('implicit', 'password', 'application', 'accessCode'),
      authorizationUrl: 'url',
      tokenUrl: 'url',
      scopes: { map: 'string', extensions: true },
    },
    { required: ['type'] },
  ),
  Server: none,
  ServerVariable: none,
  Components: none,
  RequestBody: none,
  MediaType: none,
  Encoding: none,
  Callback: none,
  Example: none,
  Link: none,
  Discriminator: none,
  OAuthFlows: none,
  OAuthFlow: none,
};

// OpenAPI 3.0.

const styles = ['matrix', 'label', 'simple', 'form', 'spaceDelimited', 'pipeDelimited', 'deepObject'];
const content = map('MediaType');
const examples = map('Example');

/** What a parameter and a header have in common. */
const parameterFields: Record<string, Shape> = {
  description: 'string',
  required: 'boolean',
  deprecated: 'boolean',
  allowEmptyValue: 'boolean',
  style: values(...styles),
  explode: 'boolean',
  allowReserved: 'boolean',
  schema: 'Schema',
  content,
  example: 'any',
  examples,
};

const openapi30: Grammar = {
  Document: kind(
    'document',
    {
      openapi: 'string',
      info: 'Info',
      servers: list('Server'),
      paths: 'Paths',
      components: 'Components',
      security: list('SecurityRequirement'),
      tags: list('Tag'),
      externalDocs: 'ExternalDocs',
    },
    { required: ['openapi', 'info', 'paths'] },
  ),
  Info: info,
  Contact: contact,
  License: license,
  ExternalDocs: externalDocs,
  Tag: tag,
  Xml: xml,
  SecurityRequirement: securityRequirement,
  Server: kind(
    'server',
    { url: 'string', description: 'string', variables: map('ServerVariable') },
    { required: ['url'] },
  ),
  ServerVariable: kind(
    'server variable',
    { enum: list('string'), default: 'string', description: 'string' },
    { required: ['default'] },
  ),
  Components: kind('components', {
    schemas: components('Schema'),
    responses: components('Response'),
    parameters: components('Parameter'),
    examples: components('Example'),
    requestBodies: components('RequestBody'),
    headers: components('Header'),
    securitySchemes: components('SecurityScheme'),
    links: components('Link'),
    callbacks: components('Callback'),
  }),
  Paths: kind('paths', {}, { entries: { keys: /^\//, shape: 'PathItem', noun: 'path' } }),
  PathItem: kind('path item', {
    $ref: 'string',
    summary: 'string',
    description: 'string',
    ...operationsOf([...methods, 'trace']),
    servers: list('Server'),
    parameters: list('Parameter'),
  }),
  Operation: kind(
    'operation',
    {
      tags: list('string'),
      summary: 'string',
      description: 'string',
      externalDocs: 'ExternalDocs',
      operationId: 'string',
      parameters: list('Parameter'),
      requestBody: 'RequestBody',
      responses: 'Responses',
      callbacks: map('Callback'),
      deprecated: 'boolean',
      security: list('SecurityRequirement'),
      servers: list('Server'),
    },
    { required: ['responses'] },
  ),
  Parameter: kind(
    'parameter',
    { name: 'string', in: values('query', 'header', 'path', 'cookie'), ...parameterFields },
    { required: ['name', 'in'], referable: true },
  ),
  Items: none,
  RequestBody: kind(
    'request body',
    { description: 'string', content, required: 'boolean' },
    { required: ['content'], referable: true },
  ),
  MediaType: kind('media type', { schema: 'Schema', example: 'any', examples, encoding: map('Encoding') }),
  Encoding: kind('encoding', {
    contentType: 'string',
    headers: map('Header'),
    style: values('form', 'spaceDelimited', 'pipeDelimited', 'deepObject'),
    explode: 'boolean',
    allowReserved: 'boolean',
  }),
  Responses: kind(
    'responses',
    { default: 'Response' },
    { entries: { keys: statusCode, shape: 'Response', noun: 'status code' } },
  ),
  Response: kind(
    'response',
    { description: 'string', headers: map('Header'), content, links: map('Link') },
    { required: ['description'], referable: true },
  ),
  Callback: kind('callback', {}, { entries: { keys: /^/, shape: 'PathItem', noun: 'expression' }, referable: true }),
  Example: kind(
    'example',
    { summary: 'string', description: 'string', value: 'any', externalValue: 'url' },
    { referable: true },
  ),
  Link: kind(
    'link',
    {
      operationRef: 'url',
      operationId: 'string',
      parameters: map('any'),
      requestBody: 'any',
      description: 'string',
      server: 'Server',
    },
    { referable: true },
  ),
  Header: kind('header', parameterFields, { referable: true }),
  Schema: kind(
    'schema',
    {
      ...schemaKeywords,
      exclusiveMaximum: 'boolean',
      exclusiveMinimum: 'boolean',
      required: list('string', { min: 1, unique: true }),
      enum: list('any', { min: 1 }),
      type: values(...jsonTypes),
      not: 'Schema',
      oneOf: list('Schema', { min: 1 }),
      anyOf: list('Schema', { min: 1 }),
      items: 'Schema',
      additionalProperties: either('boolean', 'Schema'),
      nullable: 'boolean',
      discriminator: 'Discriminator',
      writeOnly: 'boolean',
      deprecated: 'boolean',
    },
    { referable: true },
  ),
  Discriminator: kind(
    'discriminator',
    { propertyName: 'string', mapping: map('string') },
    { required: ['propertyName'], extensions: false },
  ),
  SecurityScheme: kind(
    'security scheme',
    {
      type: values('apiKey', 'http', 'oauth2', 'openIdConnect'),
      description: 'string',
      name: 'string',
      in: values('query', 'header', 'cookie'),
      scheme: 'string',
      bearerFormat: 'string',
      flows: 'OAuthFlows',
      openIdConnectUrl: 'url',
    },
    { required: ['type'], referable: true },
  ),
  OAuthFlows: kind('flows', {
    implicit: 'OAuthFlow',
    password: 'OAuthFlow',
    clientCredentials: 'OAuthFlow',
    authorizationCode: 'OAuthFlow',
  }),
  OAuthFlow: kind(
    'flow',
    { authorizationUrl: 'url', tokenUrl: 'url', refreshUrl: 'url', scopes: map('string') },
    { required: ['scopes'] },
  ),
};

// OpenAPI 3.1: schemas are JSON Schema 2020-12, webhooks, path items as components.

const openapi31: Grammar = {
  ...openapi30,
  Document: later(
    openapi30.Document,
    { jsonSchemaDialect: 'uri', webhooks: map('PathItem') },
    { required: ['openapi', 'info'] },
  ),
  Info: later(info, { summary: 'string' }),
  License: later(license, { identifier: 'string' }),
  Components: later(openapi30.Components, { pathItems: components('PathItem') }),
  Operation: later(openapi30.Operation, {}, { required: [] }),
  Discriminator: { ...openapi30.Discriminator, extensions: true },
  SecurityScheme: later(openapi30.SecurityScheme, {
    type: values('apiKey', 'http', 'mutualTLS', 'oauth2', 'openIdConnect'),
  }),
  Schema: kind(
    'schema',
    {
      ...schemaKeywords,
      $id: 'url',
      $schema: 'uri',
      $ref: 'url',
      $anchor: 'string',
      $dynamicRef: 'url',
      $dynamicAnchor: 'string',
      $vocabulary: map('boolean'),
      $comment: 'string',
      $defs: map('Schema'),
      definitions: map('Schema'),
      type: either(values(...jsonTypes, 'null'), list(values(...jsonTypes, 'null'), { min: 1, unique: true })),
      const: 'any',
      exclusiveMaximum: 'number',
      exclusiveMinimum: 'number',
      maxContains: 'count',
      minContains: 'count',
      dependentRequired: map(list('string', { unique: true })),
      dependentSchemas: map('Schema'),
      not: 'Schema',
      oneOf: list('Schema', { min: 1 }),
      anyOf: list('Schema', { min: 1 }),
      if: 'Schema',
      // biome-ignore lint/suspicious/noThenProperty: a keyword of JSON Schema
      then: 'Schema',
      else: 'Schema',
      prefixItems: list('Schema', { min: 1 }),
      items: 'Schema',
      contains: 'Schema',
      patternProperties: map('Schema'),
      additionalProperties: 'Schema',
      propertyNames: 'Schema',
      unevaluatedItems: 'Schema',
      unevaluatedProperties: 'Schema',
      contentEncoding: 'string',
      contentMediaType: 'string',
      contentSchema: 'Schema',
      deprecated: 'boolean',
      writeOnly: 'boolean',
      examples: list('any'),
      discriminator: 'Discriminator',
    },
    { open: true, referable: true },
  ),
};

// OpenAPI 3.2: the QUERY method and others, streams, richer tags, examples and servers.

const openapi32: Grammar = {
  ...openapi31,
  Document: later(openapi31.Document, { $self: 'url' }),
  Server: later(openapi30.Server, { name: 'string' }),
  Components: later(openapi31.Components, { mediaTypes: components('MediaType') }),
  Tag: later(tag, { summary: 'string', parent: 'string', kind: 'string' }),
  PathItem: later(openapi30.PathItem, {
    query: 'Operation',
    additionalOperations: map('Operation', /^[a-zA-Z0-9!#$%&'*+.^_`|~-]+$/),
  }),
  Parameter: later(openapi30.Parameter, {
    in: values('query', 'querystring', 'header', 'path', 'cookie'),
    style: values(...styles, 'cookie'),
  }),
  MediaType: later(
    openapi30.MediaType,
    { description: 'string', itemSchema: 'Schema', prefixEncoding: list('Encoding'), itemEncoding: 'Encoding' },
    { referable: true },
  ),
  Encoding: later(openapi30.Encoding, {
    encoding: map('Encoding'),
    prefixEncoding: list('Encoding'),
    itemEncoding: 'Encoding',
  }),
  Response: later(openapi30.Response, { summary: 'string' }, { required: [] }),
  Example: later(openapi30.Example, { dataValue: 'any', serializedValue: 'string' }),
  Discriminator: later(openapi31.Discriminator, { defaultMapping: 'string' }),
  Xml: later(xml, { nodeType: values('element', 'attribute', 'text', 'cdata', 'none') }),
  SecurityScheme: later(openapi31.SecurityScheme, { oauth2MetadataUrl: 'url', deprecated: 'boolean' }),
  OAuthFlows: later(openapi30.OAuthFlows, { deviceAuthorization: 'OAuthFlow' }),
  OAuthFlow: later(openapi30.OAuthFlow, { deviceAuthorizationUrl: 'url' }),
};

/** What each version allows. */
export const grammars: Readonly<Record<Version, Grammar>> = {
  '2.0': swagger2,
  '3.0': openapi30,
  '3.1': openapi31,
  '3.2': openapi32,
};

/** The fields of a path item that hold operations, in the order in which reports and lists name them. */
export const httpMethods = ['get', 'head', 'post', 'put', 'patch', 'delete', 'options', 'trace', 'query'] as const;
