import { describe, expect, it } from 'vitest';
import { countable, irregular, uncountable } from '../../src/words/nouns.ts';
import { isPlural, isSingular, number, plural, singular } from '../../src/words/plurals.ts';

const table = (text: string) => text.trim().split(/\s+/);

describe('number', () => {
  it.each(
    table(`
      users line_items userSettings people children indices schemas apis kpis ids urls URLs statuses addresses aliases
      analyses criteria repos queries batches boxes quizzes leaves clinics metrics topics movies caches licenses
      steps_to_reproduce settings_for_users settings credentials webhooks widgets firewalls
    `),
  )('of %s is plural', (name) => {
    expect([number(name), isPlural(name), isSingular(name)]).toEqual(['plural', true, false]);
  });

  it.each(
    table(`
      user order lineItem person child index schema api id url customer company category invoice webhook
      repository user_with_access API userId
    `),
  )('of %s is singular', (name) => {
    expect([number(name), isPlural(name), isSingular(name)]).toEqual(['singular', false, true]);
  });

  it.each(
    table(`
      status news data metadata info health auth search me sheep series timeseries analytics media staff feedback
      inventory content access process sms dns https aws os kubernetes active latest experimental v1 items_v2
      created_by sort_by terms_of_service_url number_of_items children_of_group mbps exists redis postgres
      billing storage windows foo grass thus via this line1
    `),
  )('of %s is not known', (name) => {
    expect([number(name), isPlural(name), isSingular(name)]).toEqual(['either', false, false]);
  });

  it('takes words as well, and none', () => {
    expect(number(['line', 'items'])).toBe('plural');
    expect(number('')).toBe('either');
    expect(number([])).toBe('either');
  });
});

describe('plural and singular', () => {
  it.each(
    table(`
      user:users city:cities day:days box:boxes branch:branches dish:dishes bus:buses status:statuses address:addresses
      class:classes database:databases case:cases response:responses size:sizes cache:caches movie:movies person:people
      child:children criterion:criteria index:indexes vertex:vertices schema:schemas analysis:analyses leaf:leaves
      quiz:quizzes photo:photos hero:heroes api:apis archive:archives wave:waves clinic:clinics sheep:sheep
      process:processes alias:aliases gateway:gateways warehouse:warehouses license:licenses foobar:foobars axis:axes
    `),
  )('%s', (pair) => {
    const [one, many] = pair.split(':') as [string, string];
    expect(plural(one)).toBe(many);
    expect(singular(many)).toBe(one);
    expect(singular(one)).toBe(one);
    expect(plural(many)).toBe(many);
  });

  it.each(table('indices:index schemata:schema matrices:matrix formulae:formula corpora:corpus'))(
    'know the further plural %s',
    (pair) => {
      const [many, one] = pair.split(':') as [string, string];
      expect(singular(many)).toBe(one);
      expect(number(many)).toBe('plural');
    },
  );

  it('undo each other for all nouns of the lexicon', () => {
    const broken = [...countable].filter(
      (word) => singular(plural(word)) !== word || plural(plural(word)) !== plural(word),
    );
    expect(broken).toEqual([]);
  });

  it('leave uncountable words alone', () => {
    const known = new Set(irregular.flat());
    const changed = [...uncountable].filter(
      (word) => !known.has(word) && (plural(word) !== word || singular(word) !== word),
    );
    expect(changed).toEqual([]);
  });

  it('know no word as both countable and uncountable', () => {
    expect([...countable].filter((word) => uncountable.has(word))).toEqual([]);
  });
});
