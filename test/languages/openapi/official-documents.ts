// Small documents that use much of each version, all valid.
import type { Version } from '../../../src/languages/openapi/grammar.ts';

const info = {
  title: 'Orders',
  version: '1',
  description: 'All about orders.',
  termsOfService: 'https://example.com/terms',
  contact: { name: 'API team', url: 'https://example.com', email: 'api@example.com' },
  license: { name: 'MIT', url: 'https://example.com/license' },
};
const tags = [
  { name: 'orders', description: 'Orders.', externalDocs: { url: 'https://example.com', description: 'More.' } },
];

const swagger2 = {
  swagger: '2.0',
  info,
  host: 'api.example.com',
  basePath: '/v1',
  schemes: ['https'],
  consumes: ['application/json'],
  produces: ['application/json'],
  tags,
  externalDocs: { url: 'https://example.com' },
  security: [{ key: [] }],
  paths: {
    '/orders/{id}': {
      parameters: [{ name: 'id', in: 'path', required: true, type: 'string', minLength: 1 }],
      get: {
        operationId: 'readOrder',
        tags: ['orders'],
        summary: 'Read',
        deprecated: false,
        schemes: ['https'],
        parameters: [
          { name: 'expand', in: 'query', type: 'array', items: { type: 'string' }, collectionFormat: 'multi' },
          { name: 'X-Trace', in: 'header', type: 'integer', format: 'int32', maximum: 5, exclusiveMaximum: true },
        ],
        responses: {
          200: {
            description: 'An order.',
            schema: { $ref: '#/definitions/Order' },
            headers: { ETag: { type: 'string', description: 'Its tag.' } },
          },
          default: { $ref: '#/responses/Problem' },
        },
        security: [{ login: ['read'] }],
      },
      put: {
        parameters: [{ name: 'order', in: 'body', required: true, schema: { $ref: '#/definitions/Order' } }],
        responses: { 204: { description: 'Done.' } },
      },
      post: {
        consumes: ['multipart/form-data'],
        parameters: [{ name: 'file', in: 'formData', type: 'file' }],
        responses: { 204: { description: 'Done.' } },
      },
    },
  },
  responses: { Problem: { description: 'What went wrong.' } },
  parameters: { Limit: { name: 'limit', in: 'query', type: 'integer' } },
  definitions: {
    Order: {
      type: 'object',
      required: ['id'],
      discriminator: 'kind',
      properties: {
        id: { type: 'string', maxLength: 9, pattern: '^a', readOnly: true },
        kind: { type: 'string' },
        lines: { type: 'array', items: { type: 'number', multipleOf: 2 }, minItems: 1, uniqueItems: true },
      },
      allOf: [{ $ref: '#/definitions/Base' }],
      externalDocs: { url: 'https://example.com' },
      xml: { name: 'order', attribute: false },
    },
    Base: { type: 'object', additionalProperties: { type: 'string' } },
  },
  securityDefinitions: {
    key: { type: 'apiKey', in: 'header', name: 'X-Key' },
    basic: { type: 'basic' },
    login: { type: 'oauth2', flow: 'implicit', authorizationUrl: 'https://example.com', scopes: { read: 'Read.' } },
  },
};

const schemas30 = {
  Order: {
    type: 'object',
    required: ['id'],
    properties: {
      id: { type: 'string', maxLength: 9, nullable: true },
      price: { type: 'number', minimum: 0, exclusiveMinimum: true, multipleOf: 0.5, deprecated: true },
      lines: { type: 'array', items: { $ref: '#/components/schemas/Base' }, maxItems: 3, uniqueItems: true },
    },
    additionalProperties: false,
    externalDocs: { url: 'https://example.com' },
    xml: { name: 'order', wrapped: false },
  },
  Base: {
    oneOf: [{ $ref: '#/components/schemas/Order' }],
    anyOf: [{ type: 'object' }],
    not: { type: 'string' },
    discriminator: { propertyName: 'kind', mapping: { order: 'Order' } },
  },
};

const paths30 = {
  '/orders/{id}': {
    summary: 'Orders',
    servers: [{ url: '/v2' }],
    parameters: [{ name: 'id', in: 'path', required: true, style: 'simple', schema: { type: 'string' } }],
    get: {
      operationId: 'readOrder',
      tags: ['orders'],
      description: 'Reads.',
      deprecated: false,
      parameters: [
        {
          name: 'expand',
          in: 'query',
          style: 'form',
          explode: false,
          allowReserved: true,
          schema: { type: 'string' },
          example: 'a',
        },
        { name: 'X-Trace', in: 'header', deprecated: true, schema: { type: 'string' } },
        { name: 'session', in: 'cookie', style: 'form', schema: { type: 'string' } },
        { name: 'filter', in: 'query', content: { 'application/json': { schema: { type: 'object' } } } },
        { $ref: '#/components/parameters/Limit' },
      ],
      responses: {
        200: {
          description: 'An order.',
          headers: {
            ETag: { schema: { type: 'string' }, required: true },
            Next: { $ref: '#/components/headers/Next' },
          },
          content: {
            'application/json': {
              schema: { $ref: '#/components/schemas/Order' },
              examples: { one: { value: 1, summary: 'One.' } },
            },
          },
          links: { self: { operationId: 'readOrder', parameters: { id: '$request.path.id' }, description: 'Itself.' } },
        },
        '4XX': { description: 'No.' },
        default: { $ref: '#/components/responses/Problem' },
      },
      security: [{ key: [] }, { login: ['read'] }],
    },
    put: {
      requestBody: {
        required: true,
        description: 'The order.',
        content: {
          'multipart/form-data': {
            schema: { type: 'object' },
            encoding: {
              file: { contentType: 'image/png', style: 'form', explode: true, headers: { 'X-A': { schema: {} } } },
            },
          },
        },
      },
      responses: { 204: { description: 'Done.' } },
      callbacks: { done: { '{$request.body#/url}': { post: { responses: { 200: { description: 'Thanks.' } } } } } },
    },
  },
};

const components30 = {
  schemas: schemas30,
  responses: { Problem: { description: 'What went wrong.' } },
  parameters: { Limit: { name: 'limit', in: 'query', schema: { type: 'integer' } } },
  examples: { One: { summary: 'One.', externalValue: 'https://example.com/one.json' } },
  requestBodies: { Order: { content: { 'application/json': {} } } },
  headers: { Next: { description: 'Next.', schema: { type: 'string' }, style: 'simple' } },
  links: { Other: { operationRef: '#/paths/~1orders~1{id}/get' } },
  callbacks: { Done: { 'https://example.com': { post: { responses: { 200: { description: 'Thanks.' } } } } } },
  securitySchemes: {
    key: { type: 'apiKey', in: 'header', name: 'X-Key' },
    token: { type: 'http', scheme: 'bearer', bearerFormat: 'JWT' },
    oidc: { type: 'openIdConnect', openIdConnectUrl: 'https://example.com/.well-known' },
    login: {
      type: 'oauth2',
      description: 'Sign in.',
      flows: {
        implicit: { authorizationUrl: 'https://example.com', scopes: { read: 'Read.' } },
        password: { tokenUrl: 'https://example.com', scopes: {} },
        clientCredentials: { tokenUrl: 'https://example.com', refreshUrl: 'https://example.com', scopes: {} },
        authorizationCode: { authorizationUrl: 'https://example.com', tokenUrl: 'https://example.com', scopes: {} },
      },
    },
  },
};

const openapi30 = {
  openapi: '3.0.3',
  info,
  servers: [
    {
      url: 'https://{region}.example.com',
      description: 'All.',
      variables: { region: { default: 'eu', enum: ['eu'], description: 'Where.' } },
    },
  ],
  tags,
  externalDocs: { url: 'https://example.com' },
  security: [{ key: [] }],
  paths: paths30,
  components: components30,
};

const openapi31 = {
  ...openapi30,
  openapi: '3.1.1',
  jsonSchemaDialect: 'https://spec.openapis.org/oas/3.1/dialect/base',
  info: { ...info, summary: 'Orders.', license: { name: 'MIT', identifier: 'MIT' } },
  webhooks: { placed: { post: { requestBody: { $ref: '#/components/requestBodies/Order' } } } },
  components: {
    ...components30,
    pathItems: { Orders: { get: { responses: { 200: { description: 'The orders.' } } } } },
    schemas: {
      Base: schemas30.Base,
      Order: {
        type: ['object', 'null'],
        required: ['id'],
        properties: { id: { type: 'string', const: 'a', examples: ['a'] }, any: true, price: { exclusiveMinimum: 0 } },
        patternProperties: { '^x': { type: 'string' } },
        dependentRequired: { id: ['price'] },
        dependentSchemas: { id: { minProperties: 2 } },
        if: { type: 'object' },
        else: { contains: {}, minContains: 1, prefixItems: [{ type: 'string' }], items: false },
        unevaluatedProperties: false,
        $defs: { a: { $anchor: 'a', $comment: 'Here.' } },
        $ref: '#/components/schemas/Base',
        contentMediaType: 'application/json',
        contentEncoding: 'base64',
      },
    },
    securitySchemes: { ...components30.securitySchemes, certificate: { type: 'mutualTLS' } },
  },
};

const openapi32 = {
  ...openapi31,
  openapi: '3.2.0',
  jsonSchemaDialect: 'https://spec.openapis.org/oas/3.2/dialect',
  $self: 'https://example.com/openapi.yaml',
  servers: [{ url: 'https://example.com', name: 'live' }],
  tags: [...tags, { name: 'lines', parent: 'orders', kind: 'nav', summary: 'Lines' }],
  paths: {
    ...paths30,
    '/search': {
      query: {
        parameters: [{ name: 'q', in: 'querystring', content: { 'application/json': { schema: {} } } }],
        responses: { 200: { summary: 'Found.', content: { 'text/event-stream': { itemSchema: { type: 'object' } } } } },
      },
      additionalOperations: { COPY: { responses: { 204: { description: 'Done.' } } } },
    },
  },
  components: {
    ...openapi31.components,
    mediaTypes: {
      Json: {
        schema: {},
        prefixEncoding: [{ contentType: 'text/plain' }],
        itemEncoding: { contentType: 'text/plain' },
      },
    },
    examples: { One: { dataValue: 1, serializedValue: '1' } },
  },
};

/** A valid document of each version. */
export const documents: Readonly<Record<Version, unknown>> = {
  '2.0': swagger2,
  '3.0': openapi30,
  '3.1': openapi31,
  '3.2': openapi32,
};
