import type { Rank } from './edit.ts';

/** The order in which people write the fields of objects, for new ones to stand where they are looked for. */
const orders = {
  root: `openapi swagger $self info jsonSchemaDialect externalDocs host basePath schemes consumes produces servers security tags
    paths webhooks components definitions`,
  operation: `tags summary description externalDocs operationId consumes produces deprecated parameters requestBody responses
    callbacks security servers`,
  response: '$ref summary description headers content schema examples links',
  requestBody: '$ref description required content',
  parameter: '$ref name in description required deprecated schema type',
} as const;

/** Where a new field of an object of a kind goes. */
export function fieldRank(kind: keyof typeof orders): Rank {
  const order = orders[kind].split(/\s+/);
  return (field) => {
    const rank = order.indexOf(field);
    return rank === -1 ? undefined : rank;
  };
}

/** Status codes by number, a range behind its codes, `default` behind all. */
export const statusRank: Rank = (code) => {
  if (/^[1-5]\d\d$/.test(code)) return Number(code);
  if (/^[1-5]xx$/i.test(code)) return Number(code[0]) * 100 + 99.5;
  return code === 'default' ? 1000 : undefined;
};
