import { describe, expect, it } from 'vitest';
import { tokenIn, tokenStarts } from '../../src/words/tokens.ts';

/** Letters in no order, as chance makes them; put together here so that no scanner takes this file for a leak. */
const letters =
  'q7ZtW2mKx9RbV4nJc8LpH3sYd6FgT5eAu1BvCwDkEjGhIiMoNrOzPyQaSlUfXV0q7ZtW2mKx9RbV4nJc8LpH3sYd6FgT5eAu1BvCwDkEj';
const capitals = 'Q7ZTW2MKX9RBV4NJC8LP';

describe('tokenIn', () => {
  it.each([
    ['an AWS access key', `AKIA${capitals.slice(0, 16)}`],
    ['a GitHub token', `Authorization: token ghp_${letters.slice(0, 36)}`],
    ['a live Stripe key', `sk_live_${letters.slice(0, 24)}`],
    ['a Slack token', `xoxb-17653672481-19874698323-${letters.slice(0, 24)}`],
    ['a Google API key', `?key=AIza${letters.slice(0, 35)}&q=1`],
    ['a private key', `-----BEGIN RSA PRIVATE KEY-----\n${letters}\n-----END RSA PRIVATE KEY-----`],
    ['a private key', `-----BEGIN PRIVATE KEY-----\\n${letters}\\n-----END PRIVATE KEY-----`],
  ])('finds %s in %s', (kind, text) => {
    expect(tokenIn(text)?.kind).toBe(kind);
    expect(tokenStarts.test(text)).toBe(true);
  });

  it.each([
    'AKIAIOSFODNN7EXAMPLE',
    `AKIA${'X'.repeat(16)}`,
    `ghp_${'x'.repeat(36)}`,
    'ghs_16C7e42F292c6912E7710c838347Ae178B4a',
    `sk_test_${letters.slice(0, 24)}`,
    'sk_live_...',
    `sk_live_your${letters.slice(0, 24)}`,
    '-----BEGIN PRIVATE KEY-----\n...\n-----END PRIVATE KEY-----',
    `-----BEGIN PUBLIC KEY-----\n${letters}\n-----END PUBLIC KEY-----`,
    'risk-assessment-of-the-orders-that-were-placed-in-the-last-thirty-days-by-anybody',
    '',
  ])('takes %s for no credential', (text) => {
    expect(tokenIn(text)).toBeUndefined();
  });

  it('reads long texts that begin like one in linear time', () => {
    expect(tokenIn('-----BEGIN PRIVATE KEY-----'.repeat(2000))).toBeUndefined();
    expect(tokenIn('sk-'.repeat(50000))).toBeUndefined();
  });
});
