// What records of `.proto` files are seeded with.
import { expect, it } from 'vitest';
import type { JsonObject } from '../../src/mock/json.ts';
import { Random } from '../../src/mock/random.ts';
import { memoryStore } from '../../src/mock/store/memory-store.ts';
import { linkedId } from '../../src/mock/store/scopes.ts';
import { infer, list, object, proto, ref, rest, text } from './resources-documents.ts';
import { apisOf, orders } from './serving.ts';

const records = (roles: ReturnType<typeof infer>, name: string): JsonObject[] => {
  const { home } = roles.resources.find((resource) => resource.name === name)!;
  return Array.from({ length: 30 }, (_, i) => home.sample(new Random(i)));
};

it('has one currency per record, also the one that is known', async () => {
  const path = 'proto/shop/orders/v1/orders.proto';
  const roles = infer(...(await apisOf({ [path]: orders()[path]! })));
  const seen = new Set<string>();
  for (const record of records(roles, 'order')) {
    const codes = new Set(JSON.stringify(record).match(/(?<="currency_code":")[A-Z]{3}/g));
    expect(codes.size).toBe(1);
    seen.add([...codes][0]!);
  }
  expect(seen.size).toBeGreaterThan(1);
  const { home } = roles.resources[0]!;
  for (let i = 0; i < 10; i++) {
    const known = { total: { currency_code: 'SEK', units: '7', nanos: 0 }, lines: [{ quantity: 2 }] };
    const whole = home.complete(known, new Random(i));
    expect(JSON.stringify(whole).match(/(?<="currency_code":")[A-Z]{3}/g)).toEqual(['SEK', 'SEK']);
  }
});

it('has resource names where a comment or a reference tells of them', async () => {
  const path = 'proto/shop/orders/v1/orders.proto';
  const made = records(infer(...(await apisOf({ [path]: orders()[path]! }))), 'order');
  for (const { lines } of made) {
    for (const { product } of lines as { product: string }[]) expect(product).toMatch(/^products\/pro_[0-9a-f]{12}$/);
  }
  const roles = infer(
    proto(`import "google/api/resource.proto";
      service Loans { rpc GetLoan(GetLoanRequest) returns (Loan); }
      message GetLoanRequest { string name = 1; }
      message Shelf { option (google.api.resource) = { type: "lib.example.com/Shelf" pattern: "rooms/{room}/shelves/{shelf}" }; string name = 1; }
      message Loan {
        string name = 1;
        string shelf = 2 [(google.api.resource_reference).type = "lib.example.com/Shelf"];
        string reader = 3 [(google.api.resource_reference) = { type: "lib.example.com/CardHolder" }];
        // The book: \`publishers/{publisher}/books/{book}\`.
        string book = 4;
        // A type such as \`image/*\`.
        string cover_type = 5;
      }`),
  );
  for (const loan of records(roles, 'loan')) {
    expect(loan['shelf']).toMatch(/^rooms\/roo_\w+\/shelves\/she_\w+$/);
    expect(loan['reader']).toMatch(/^cardHolders\/car_\w+$/);
    expect(loan['book']).toMatch(/^publishers\/pub_\w+\/books\/boo_\w+$/);
    expect(loan['cover_type']).not.toContain('*');
  }
});

it('has names of records that another document describes', () => {
  const roles = infer(
    rest(
      { 'GET /products': { gives: list(ref('Product')) }, 'GET /products/{id}': { gives: ref('Product') } },
      { Product: object({ id: text, title: text }) },
    ),
    proto(`service Baskets { rpc GetBasket(GetBasketRequest) returns (Basket); } message GetBasketRequest { string name = 1; }
      message Basket {
        string name = 1;
        // The product: \`products/\` and an opaque id.
        string product = 2;
      }`),
  );
  const [product, basket] = ['product', 'basket'].map((name) => roles.resources.find((one) => one.name === name)!);
  const store = memoryStore(roles.resources, { seed: 1, count: 5 }, () => Date.UTC(2026, 5, 1));
  for (const { value } of store.page(basket!, {}, { limit: 9 }).items) {
    const link = value['product'] as string;
    expect(link).toMatch(/^products\//);
    const id = link.slice('products/'.length);
    expect(store.get(product!, id)).toBeDefined();
    expect(linkedId(link, product!)).toBe(id);
  }
});
