import { defineRule } from '../rule.ts';

/** Only the engine knows which findings were silenced. */
const foundByTheEngine: readonly never[] = [];

export default defineRule({
  id: 'structure/suppression-valid',
  summary: 'every note that silences a rule names one that exists, gives a reason, and silences something',
  why: `A suppression without a reason cannot be reviewed, and one that outlived its cause hides the next mistake in the same place.`,
  sources: ['guide S4, Documentation and Testing'],
  equivalents: [],
  checks: {
    openapi: {
      good: `
openapi: 3.1.0
paths:
  # apiarch-ignore docs/operation-described: the health check explains itself
  /health:
    get: { responses: { '200': { description: All is well. } } }
`,
      bad: `
openapi: 3.1.0
paths:
  # apiarch-ignore
  /health: {}
  # apiarch-ignore docs/operation-described
  /orders: {}
  # apiarch-ignore docs/operation-describd: planned for May
  /items: {}
`,
      find: () => foundByTheEngine,
    },
    graphql: {
      good: `
type Query {
  # apiarch-ignore docs/operation-described: the health check explains itself
  health: Boolean
}
`,
      bad: `
type Query {
  # apiarch-ignore
  health: Boolean
  # apiarch-ignore docs/operation-described
  orders: [String!]
  items: [String!] # apiarch-ignore docs/operation-describd: planned for May
}
`,
      find: () => foundByTheEngine,
    },
    protobuf: {
      good: `
syntax = "proto3";

service Health {
  // apiarch-ignore docs/operation-described: the health check explains itself
  rpc Check(CheckRequest) returns (CheckResponse);
}
`,
      bad: `
syntax = "proto3";

service OrderService {
  // apiarch-ignore
  rpc Check(CheckRequest) returns (CheckResponse);
  // apiarch-ignore docs/operation-described
  rpc GetOrder(GetOrderRequest) returns (Order);
  rpc ListItems(ListItemsRequest) returns (ListItemsResponse); // apiarch-ignore docs/operation-describd: planned for May
}
`,
      find: () => foundByTheEngine,
    },
  },
});
