import { GraphQLError } from 'graphql/index.js';
import { split } from '../../words/split.ts';
import { isObject } from '../json.ts';
import type { PageRequest } from '../store/store.ts';

/** The most items of a page, whatever is asked for. */
export const largestPage = 1_000;
/** How many items a page has where nobody says. */
export const usualPage = 25;

/** How a field was asked for a page, and what is left of its arguments. */
export interface Asked {
  readonly request: PageRequest;
  /** The number of the page where pages are counted, from 1; else 1. */
  readonly page: number;
  /** The arguments that do not ask for a page. */
  readonly rest: Readonly<Record<string, unknown>>;
}

/**
 * Reads what arguments say about pages: `first` and `after`, `last` and `before` (Relay's cursor connections), `limit` and
 * `offset`, `page` and `perPage`, in the arguments or in an input of theirs.
 * @param args with defaults filled in
 * @param given the names of those that the caller wrote
 * @param usual how many items there are where nothing says
 * @throws GraphQLError for what contradicts itself
 */
export function readPaging(args: Readonly<Record<string, unknown>>, given: ReadonlySet<string>, usual: number): Asked {
  const found: Found = { rest: {} };
  for (const [name, value] of Object.entries(args)) {
    if (value === null || value === undefined) continue;
    if (take(name, value, found, given.has(name))) continue;
    if (isObject(value) && Object.entries(value).some(([key, inner]) => roleOf(key, inner))) {
      const left: Record<string, unknown> = {};
      for (const [key, inner] of Object.entries(value))
        if (inner !== null && !take(key, inner, found, true)) left[key] = inner;
      if (Object.keys(left).length > 0) found.rest[name] = left;
    } else found.rest[name] = value;
  }
  return { request: requestOf(found, usual), page: found.page ?? 1, rest: found.rest };
}

interface Found {
  first?: { readonly value: number; readonly isGiven: boolean };
  last?: { readonly value: number; readonly isGiven: boolean };
  after?: string;
  before?: string;
  skip?: number;
  page?: number;
  readonly rest: Record<string, unknown>;
}

type Role = 'first' | 'last' | 'after' | 'before' | 'skip' | 'page';

function take(name: string, value: unknown, found: Found, isGiven: boolean): boolean {
  const role = roleOf(name, value);
  if (!role) return false;
  if (role === 'after' || role === 'before') {
    if (value !== '') found[role] = String(value);
    return true;
  }
  const number = Number(value);
  if (number < 0) throw badInput(`\`${name}\` is ${number}, and must not be negative.`);
  if (role === 'first' || role === 'last') found[role] = { value: number, isGiven };
  else found[role] = number;
  return true;
}

function roleOf(name: string, value: unknown): Role | undefined {
  const role = roles.get(split(name).join(' '));
  if (role === 'after' || role === 'before') {
    // `after: "2026-03-01T00:00:00Z"` is a filter by time.
    return typeof value === 'string' && !/^\d{4}-\d\d-\d\d/.test(value) ? role : undefined;
  }
  return typeof value === 'number' ? role : undefined;
}

const roles: ReadonlyMap<string, Role> = new Map(
  (
    [
      [
        'first',
        'first|limit|page size|page limit|per page|take|max results|max items|items per page|results per page|page count|top|size|count|max',
      ],
      ['last', 'last'],
      [
        'after',
        'after|cursor|after cursor|page token|next token|next cursor|continuation token|start cursor|marker|next page token|start after|starting after',
      ],
      ['before', 'before|before cursor|end cursor|end before|ending before'],
      ['skip', 'offset|skip|start index|start at|start offset|from index|page offset'],
      ['page', 'page|page number|page no|page num|page index|current page'],
    ] as const
  ).flatMap(([role, names]) => names.split('|').map((name) => [name, role] as const)),
);

/** Whether an argument of that name says how many items are wanted. */
export function isLimitName(name: string): boolean {
  const role = roles.get(split(name).join(' '));
  return role === 'first' || role === 'last';
}

function requestOf({ first, last, after, before, skip, page }: Found, usual: number): PageRequest {
  if (first?.isGiven && last?.isGiven)
    throw badInput('`first` and `last` are both given; a page is counted from one end.');
  const isLast = last !== undefined && !first?.isGiven;
  const limit = Math.min((isLast ? last.value : first?.value) ?? usual, largestPage);
  const left = (skip ?? 0) + (page === undefined ? 0 : Math.max(0, page - 1) * limit);
  return {
    limit,
    ...(after === undefined ? {} : { after }),
    ...(before === undefined ? {} : { before }),
    ...(isLast ? { fromEnd: true } : {}),
    ...(left > 0 ? { skip: left } : {}),
  };
}

/** An error that tells callers what is wrong with what they gave. */
export function badInput(message: string, extra: Readonly<Record<string, unknown>> = {}): GraphQLError {
  return new GraphQLError(message, { extensions: { code: 'BAD_USER_INPUT', ...extra } });
}
