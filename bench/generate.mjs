// Writes OpenAPI documents of any size, always the same for the same size: `node bench/generate.mjs RESOURCES > file.json`.
import { pathToFileURL } from 'node:url';

/** An OpenAPI 3.0 document with five operations, two schemas and an example for each resource; some 14 KB a resource. */
export function generate(resources) {
  const paths = {};
  const schemas = { Error: errorSchema() };
  for (let i = 0; i < resources; i++) {
    const name = `Resource${i}`;
    schemas[name] = resourceSchema(i, resources);
    schemas[`${name}Page`] = pageSchema(name);
    paths[`/resources-${i}`] = { get: list(i), post: create(i) };
    paths[`/resources-${i}/{id}`] = { parameters: [idParameter()], get: read(i), put: replace(i), delete: remove(i) };
  }
  return {
    openapi: '3.0.3',
    info: { title: 'Generated', version: '1.0.0', description: 'Made to be large.', license: { name: 'MIT' } },
    servers: [{ url: 'https://api.shop.dev/v1' }],
    security: [{ token: [] }],
    tags: [{ name: 'generated', description: 'All of it.' }],
    paths,
    components: { schemas, securitySchemes: { token: { type: 'http', scheme: 'bearer' } } },
  };
}

const ref = (name) => ({ $ref: `#/components/schemas/${name}` });
const json = (schema, example) => ({ 'application/json': { schema, ...(example ? { example } : {}) } });
const error = (description) => ({ description, content: json(ref('Error')) });
const errors = {
  400: error('Wrong.'),
  401: error('Who?'),
  404: error('Gone.'),
  429: error('Slower.'),
  500: error('Ours.'),
};

const idParameter = () => ({
  name: 'id',
  in: 'path',
  required: true,
  description: 'Its id.',
  schema: { type: 'string' },
});

function operation(verb, i, rest) {
  return {
    operationId: `${verb}Resource${i}`,
    summary: `${verb} resource ${i}`,
    description: `What it takes to ${verb} the resource ${i}, told in a sentence of ordinary length.`,
    tags: ['generated'],
    ...rest,
  };
}

function list(i) {
  const parameters = [
    {
      name: 'limit',
      in: 'query',
      description: 'How many.',
      schema: { type: 'integer', minimum: 1, maximum: 100, default: 20 },
    },
    { name: 'cursor', in: 'query', description: 'From where.', schema: { type: 'string' } },
  ];
  const responses = { 200: { description: 'A page.', content: json(ref(`Resource${i}Page`)) }, ...errors };
  return operation('list', i, { parameters, responses });
}

function create(i) {
  const requestBody = { required: true, content: json(ref(`Resource${i}`), value(i)) };
  const responses = { 201: { description: 'Made.', content: json(ref(`Resource${i}`)) }, ...errors };
  return operation('create', i, { requestBody, responses });
}

function read(i) {
  return operation('get', i, {
    responses: { 200: { description: 'It.', content: json(ref(`Resource${i}`), value(i)) }, ...errors },
  });
}

function replace(i) {
  const requestBody = { required: true, content: json(ref(`Resource${i}`), value(i)) };
  return operation('replace', i, {
    requestBody,
    responses: { 200: { description: 'It.', content: json(ref(`Resource${i}`)) }, ...errors },
  });
}

function remove(i) {
  return operation('delete', i, { responses: { 204: { description: 'Gone.' }, ...errors } });
}

function resourceSchema(i, resources) {
  const properties = { id: { type: 'string', description: 'Its id.' } };
  for (let field = 0; field < 20; field++) {
    properties[`field_${field}`] = {
      type: ['string', 'integer', 'boolean', 'number'][field % 4],
      description: `The field ${field} of resource ${i}.`,
    };
  }
  properties.related = ref(`Resource${(i * 7 + 1) % resources}`);
  return { type: 'object', description: `The resource ${i}.`, required: ['id'], properties };
}

function pageSchema(name) {
  return {
    type: 'object',
    description: `A page of ${name}.`,
    properties: {
      data: { type: 'array', description: 'The items.', items: ref(name) },
      has_more: { type: 'boolean', description: 'Whether there is more.' },
      next_cursor: { type: 'string', description: 'Where the next page begins.' },
    },
  };
}

function errorSchema() {
  const detail = { type: 'object', properties: { code: { type: 'string' }, message: { type: 'string' } } };
  return { type: 'object', description: 'What went wrong.', properties: { error: detail } };
}

function value(i) {
  return { id: `r${i}`, field_0: 'text', field_1: i, field_2: true, field_3: 1.5 };
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) {
  process.stdout.write(JSON.stringify(generate(Number(process.argv[2])), null, 2));
}
