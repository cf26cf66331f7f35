import { describe, expect, it } from 'vitest';
import { isPlaceholder, isSelfExplanatory, saysOnly } from '../../src/words/filler.ts';

describe('isPlaceholder', () => {
  it.each([
    'TODO',
    'todo',
    'TBD.',
    'FIXME: say more',
    'TODO add a description',
    'Sorted by name. TODO: say how ties are broken.',
    'string',
    '"string"',
    'N/A',
    '...',
    '-',
    'Description goes here',
    'Lorem ipsum dolor sit amet, consectetur adipiscing elit, sed do eiusmod tempor incididunt ut labore et dolore.',
  ])('%s', (text) => {
    expect(isPlaceholder(text)).toBe(true);
  });

  it.each([
    'TODO lists of the caller.',
    'The todos that are due.',
    'A string to search for.',
    'Success!',
    'test',
    'No description is needed for tasks that repeat.',
    '説明',
    'Replaces TBDs in texts.',
  ])('not %s', (text) => {
    expect(isPlaceholder(text)).toBe(false);
  });
});

describe('saysOnly', () => {
  it.each([
    ['user_id', 'User ID'],
    ['userId', "The user's ID."],
    ['Pet', 'A pet.'],
    ['models', 'The models'],
    ['api_key_infos', 'API key info'],
  ])('%s: %s', (name, text) => {
    expect(saysOnly(text, name)).toBe(true);
  });

  it.each([
    ['user_id', 'The ID of the user.'],
    ['user_id', 'User ID, as in the invitation'],
    ['status', 'Status of the order'],
    ['id', ''],
    ['', ''],
    ['Order', 'Orders are what customers buy.'],
  ])('not %s: %s', (name, text) => {
    expect(saysOnly(text, name)).toBe(false);
  });
});

it('isSelfExplanatory knows names in any style', () => {
  expect(['first_name', 'lastName', 'Postal-Code', 'user_id'].every(isSelfExplanatory)).toBe(true);
  expect(['name', 'status', 'id'].some(isSelfExplanatory)).toBe(false);
});
