/** A document with what Prism's conventions are about. */
export const pets = `
openapi: 3.0.3
info: { title: Pets, version: '1' }
servers: [{ url: https://pets.dev/api }]
paths:
  /pets/{id}:
    get:
      parameters: [{ name: id, in: path, required: true, schema: { type: integer } }]
      responses:
        '200':
          description: ok
          content:
            application/json:
              schema: { type: object, required: [id], properties: { id: { type: integer }, name: { type: string, example: Rex } } }
              examples: { dog: { value: { id: 1, name: dog } }, cat: { value: { id: 2, name: cat } } }
            application/xml: { schema: { type: object }, example: { id: 3 } }
        '404': { description: none, content: { application/json: { schema: { type: object }, example: { none: true } } } }
        default: { description: other, content: { application/json: { schema: { type: object }, example: { other: true } } } }
  /pets/mine:
    get: { responses: { '200': { description: ok, content: { application/json: { example: mine } } } } }
  /plain:
    post:
      requestBody: { required: true, content: { application/json: { schema: { type: object, required: [n], properties: { n: { type: integer } } } } } }
      responses: { '2XX': { description: ok } }
  /documented:
    post:
      requestBody: { content: { application/json: { schema: { type: object, required: [n] } } } }
      responses:
        '201': { description: ok, content: { application/json: { example: { id: seven } } } }
        '400': { description: bad, content: { application/json: { example: { bad: true } } } }
  /both:
    post:
      requestBody: { content: { application/json: { schema: { type: object, required: [n] } } } }
      responses:
        '201': { description: ok }
        '400': { description: bad, content: { application/json: { example: { is: 400 } } } }
        '422': { description: bad, content: { application/json: { example: { is: 422 } } } }
  /wrong:
    get: { responses: { '200': { description: ok, content: { application/json: { schema: { type: integer }, example: text } } } } }
  /media:
    get: { responses: { '200': { description: ok, content: { application/vnd.a+json: { example: a }, application/json; v=2: { example: b } } } } }
  /all:
    post:
      security: [{ key: [] }, { user: [] }]
      parameters: [{ name: n, in: query, schema: { type: integer } }, { name: X-Need, in: header, required: true, schema: { type: string } }]
      requestBody: { required: true, content: { application/json: { schema: { type: object, required: [n] } } } }
      responses: { '200': { description: ok }, '401': { description: who, content: { application/json: { example: who } } } }
  /optional:
    get: { security: [{}, { token: [] }], responses: { '200': { description: ok } } }
  /old:
    get: { deprecated: true, responses: { '200': { description: ok } } }
  /bodiless:
    post: { responses: { '200': { description: ok } } }
  /elsewhere:
    get: { servers: [{ url: 'https://{v}.dev', variables: { v: { default: a, enum: [a, b] } } }], responses: { '200': { description: ok } } }
  /secret:
    get: { security: [{ key: [] }], responses: { '200': { description: ok } } }
components:
  securitySchemes:
    key: { type: apiKey, in: header, name: X-Key }
    user: { type: http, scheme: basic }
    token: { type: http, scheme: bearer }
`;
