import { parameterEntries } from '../../languages/openapi/parameter-lists.ts';
import { defineRule } from '../rule.ts';

export default defineRule({
  id: 'structure/body-parameter-single',
  summary: 'an operation of Swagger 2.0 has one body: one body parameter, or form fields',
  why: `A request has one body. Two descriptions of it cannot both be sent, so clients and servers each choose one.`,
  sources: ['Swagger 2.0, Parameter Object'],
  equivalents: ['spectral:operation-parameters', 'zally:M009'],
  checks: {
    openapi: {
      good: `
swagger: '2.0'
paths:
  /orders:
    post:
      parameters:
        - { name: order, in: body, schema: { type: object } }
        - { name: order, in: query, type: string }
    put:
      parameters:
        - { name: note, in: formData, type: string }
        - { name: file, in: formData, type: file }
`,
      bad: `
swagger: '2.0'
paths:
  /orders:
    post:
      parameters:
        - { name: order, in: body, schema: { type: object } }
        - { name: line, in: body, schema: { type: object } }
    put:
      parameters:
        - { name: order, in: body, schema: { type: object } }
        - { name: file, in: formData, type: file }
`,
      *find(api) {
        if (api.version !== '2.0') return;
        const { Operation, PathItem } = api.index.nodes;
        for (const holder of [...PathItem, ...Operation]) {
          const entries = parameterEntries(api, holder);
          const bodies = entries.filter(({ value }) => value['in'] === 'body');
          for (const { used } of bodies.slice(1)) {
            yield {
              at: used,
              message: 'This is a second body parameter; a request has one body.',
              help: 'Join them in one schema.',
              related: [{ message: 'the first one', at: bodies[0]!.used }],
            };
          }
          if (bodies.length > 0 && entries.some(({ value }) => value['in'] === 'formData')) {
            yield {
              at: holder.at.child('parameters'),
              message: 'The parameters hold a body and form fields, which exclude each other.',
              help: 'Describe the body by the one or by the other.',
            };
          }
        }
      },
    },
  },
});
