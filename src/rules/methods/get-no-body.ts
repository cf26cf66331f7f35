import { bodyOf, operations } from '../../languages/openapi/select.ts';
import { rpcs } from '../../languages/protobuf/select.ts';
import { defineRule } from '../rule.ts';

export default defineRule({
  id: 'methods/get-no-body',
  summary: 'GET, HEAD, OPTIONS, TRACE and DELETE take no request body',
  why: `Such a body has no meaning in HTTP: proxies and caches drop it, browsers cannot send it, and some servers refuse the request. What
works in a test fails at the first gateway.`,
  sources: [
    'guide S4, HTTP Method Usage',
    'RFC 9110, section 9.3',
    'OpenAPI 3.1.1, Operation Object',
    'AIP-127',
    'AIP-131',
  ],
  equivalents: ['ibm:ibm-no-operation-requestbody', 'ibm:ibm-no-body-for-delete', 'vacuum:no-request-body'],
  options: {
    methods: {
      description: 'The methods that take no body.',
      default: ['get', 'head', 'options', 'trace', 'delete'] as readonly string[],
      schema: {
        type: 'array',
        items: { enum: ['get', 'head', 'options', 'trace', 'delete'] },
        uniqueItems: true,
      },
    },
  },
  checks: {
    openapi: {
      good: `
openapi: 3.1.0
paths:
  /orders:
    get:
      parameters:
        - { name: q, in: query, schema: { type: string } }
  /orders/search:
    post:
      requestBody:
        description: A search that is too long for a URL.
        content:
          application/json:
            schema: { type: object }
`,
      bad: `
openapi: 3.1.0
paths:
  /orders:
    get:
      requestBody:
        content:
          application/json:
            schema: { type: object }
    delete:
      requestBody:
        content:
          application/json:
            schema: { type: object }
`,
      *find(api, { methods }) {
        for (const operation of operations(api)) {
          if (!methods.includes(operation.method)) continue;
          const body = bodyOf(api, operation);
          if (!body) continue;
          yield {
            at: body.used,
            message: `\`${operation.name}\` takes a body, to which HTTP gives no meaning.`,
            help:
              operation.method === 'delete'
                ? 'Name in the URL what is deleted, or make it a POST to an action.'
                : 'Take parameters, or make it a POST.',
          };
        }
      },
    },
    protobuf: {
      good: `
syntax = "proto3";
package orders.v1;

service OrderService {
  rpc GetOrder(GetOrderRequest) returns (Order) {
    option (google.api.http) = { get: "/v1/{name=orders/*}" };
  }
  rpc SearchOrders(SearchOrdersRequest) returns (SearchOrdersResponse) {
    option (google.api.http) = { post: "/v1/orders:search" body: "*" };
  }
}
`,
      bad: `
syntax = "proto3";
package orders.v1;

service OrderService {
  rpc SearchOrders(SearchOrdersRequest) returns (SearchOrdersResponse) {
    option (google.api.http) = { get: "/v1/orders:search" body: "*" };
  }
  rpc DeleteOrder(DeleteOrderRequest) returns (google.protobuf.Empty) {
    option (google.api.http) = { delete: "/v1/{name=orders/*}" body: "reason" };
  }
}
`,
      *find(api, { methods }) {
        for (const { name, http } of rpcs(api)) {
          for (const { method, body, bodyAt } of http) {
            if (!body || !bodyAt || !methods.includes(method.toLowerCase())) continue;
            yield {
              at: bodyAt,
              message: `\`${name}\` takes a body with ${method}, to which HTTP gives no meaning.`,
              help:
                method === 'DELETE'
                  ? 'Name in the URL what is deleted, or bind a custom method to POST.'
                  : 'Leave the body out, so that the fields come from the query, or bind it to POST.',
            };
          }
        }
      },
    },
  },
});
