/** Which rpcs list things, and how they are asked for a page (AIP-132, AIP-158). */
import type { Protobuf } from '../../languages/protobuf/protobuf.ts';
import {
  type Field,
  type Message,
  memoised,
  messages,
  type Rpc,
  type RpcSide,
  rpcs,
} from '../../languages/protobuf/select.ts';

/** An rpc that lists, and what it lists. */
export interface Collection {
  readonly rpc: Rpc;
  /** Null where the file that defines it is not at hand. */
  readonly request: Message | null;
  readonly response: Message | null;
  /** The repeated field of the response that holds the items; null where it has none, or none is certain. */
  readonly items: Field | null;
  readonly paging: Paging;
}

/** The fields of a request and its response that speak of pages. */
export interface Paging {
  /** `page_size`, `limit`, `max_results` … of the request. */
  readonly size: Field | null;
  /** `page_token`, `cursor`, … of the request. */
  readonly token: Field | null;
  /** `offset`, `skip`, `page` … of the request: a number to count from. */
  readonly skip: Field | null;
  /** `next_page_token`, `next_cursor`, `has_more`, … of the response. */
  readonly next: Field | null;
  /** A message of the request that is about pages: `PageRequest pagination`. What is in it is not looked at. */
  readonly nested: Field | null;
}

/** The rpcs called `List…` that answer with one message that holds a repeated field, or with a stream. */
export const collections = memoised((api): readonly Collection[] =>
  rpcs(api).flatMap((rpc) => {
    if (rpc.role !== 'List') return [];
    const request = messageOf(api, rpc.request);
    const response = messageOf(api, rpc.response);
    return [{ rpc, request, response, items: response && itemsOf(response), paging: pagingOf(request, response) }];
  }),
);

/** The message on one side of an rpc or in a field; null where only its name is known. */
export function messageOf(api: Protobuf, side: Pick<RpcSide | Field, 'definition'> | null): Message | null {
  const node = side?.definition?.node;
  return (node && byNode(api).get(node)) ?? null;
}

const byNode = memoised(
  (api): ReadonlyMap<unknown, Message> => new Map(messages(api).map((message) => [message.node, message])),
);

/** The repeated message of a response; the first, if there are several. */
export function itemsOf({ fields }: Message): Field | null {
  const lists = fields.filter(({ label }) => label === 'repeated');
  return lists.find(({ kind }) => kind === 'message' || kind === 'group') ?? lists[0] ?? null;
}

/** What asks for a page and what leads to the next one. */
export function pagingOf(request: Message | null, response: Message | null): Paging {
  const named = (message: Message | null, names: ReadonlySet<string>): Field | null =>
    message?.fields.find(({ name, label }) => label !== 'repeated' && names.has(name)) ?? null;
  return {
    size: named(request, sizeNames),
    token: named(request, tokenNames),
    skip: named(request, skipNames),
    next: named(response, nextNames),
    nested:
      request?.fields.find(
        ({ name, kind, type }) =>
          kind !== 'scalar' &&
          /pag(?:e|ing|ination)|cursor|listoptions/i.test(`${name} ${type.replace(/^.*\./, '')}`.replaceAll('_', '')),
      ) ?? null,
  };
}

const sizeNames = names(
  'page_size max_page_size maximum_page_size limit max_results page_limit per_page max_items pagesize pageSize maxResults size',
);
const tokenNames = names(
  'page_token next_page_token cursor page_cursor continuation_token token next_token start_cursor starting_after after pageToken nextPageToken',
);
const skipNames = names('skip offset page page_number page_index start_index');
const nextNames = names(
  'next_page_token next_cursor next_token next_page has_more cursor end_cursor continuation_token total_pages nextPageToken nextCursor hasMore',
);

/** Whether a message is what a list is returned in: called `List…Response`, or so with another verb and with a token for the next page. */
export function isListResponse({ name, fields }: Message): boolean {
  if (/^List[A-Z0-9]\w*Response$/.test(name)) return true;
  return (
    /^(?:Search|Query|Find|Scan)\w*(?:Response|Result)s?$/.test(name) &&
    fields.some((field) => field.name === 'next_page_token')
  );
}

/** Whether a message holds anything that tells of further pages: a count, a cursor, or a message about pages. */
export function tellsOfPages({ fields }: Message): boolean {
  return fields.some(({ name }) =>
    /pag(?:e|ing|ination)|cursor|token|total|count|more|next|offset|last|metadata|meta/i.test(name),
  );
}

function names(list: string): ReadonlySet<string> {
  return new Set(list.split(' '));
}
