import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isBooleanName } from '../../src/words/booleans.ts';
import { caseOf, majority } from '../../src/words/cases.ts';
import { isIdName } from '../../src/words/ids.ts';
import { isMoneyName } from '../../src/words/money.ts';
import { number } from '../../src/words/plurals.ts';
import { isSecretName } from '../../src/words/secrets.ts';
import { split } from '../../src/words/split.ts';
import { isPastTense, tense } from '../../src/words/tenses.ts';
import { timeOf } from '../../src/words/times.ts';
import { leadingVerb, operationVerb } from '../../src/words/verbs.ts';

const table = (text: string) => text.trim().split(/\s+/);

describe('timeOf', () => {
  it.each(
    table(`
      created_at expiresAt updatedAt deleted_at starts_at sent_at last_run_at next_failure_at timestamp start_timestamp
      update_time createTime expire_time last_login_time lastModified created modified expires valid_until not_before
      date_created dateJoined date_time scheduled_start_time run_started_at locked_until
    `),
  )('%s is a date-time', (name) => {
    expect(timeOf(name)).toBe('date-time');
  });

  it.each(table('birth_date date dueDate date_of_birth dob birthdate due_on created_on expirationDate executionDate'))(
    '%s is a date',
    (name) => {
      expect(timeOf(name)).toBe('date');
    },
  );

  it.each(
    table(`
      timeout time_zone runtime date_format lifetime duration times uptime realtime based_on depends_on look_at update
      mandate candidate validate up_to_date date_range response_time last_run_time executionTime elapsed_time time
      opening_time has_expiry_date card_expiration_date expiry_date is_created_at created_by format at on id
      flat hosted_at
    `),
  )('%s is neither', (name) => {
    expect(timeOf(name)).toBeNull();
  });
});

describe('isMoneyName', () => {
  it.each(
    table(`
      price unitPrice amount total_amount cost balance fee fees shipping_cost price_per_unit amount_cents price_in_cents
      amountUsd subtotal monthly_price account_balance application_fee salary
    `),
  )('says yes to %s', (name) => {
    expect(isMoneyName(name)).toBe(true);
  });

  it.each(
    table(`
      amount_of_items total total_count rate interest_rate tax discount price_id priceRange amount_type fill_amount
      white_balance query_cost load_balancer fee_percentage random_page_cost source_of_income has_balance balanced
      discount_percent priceless cost_center rainfallAmount currency
    `),
  )('says no to %s', (name) => {
    expect(isMoneyName(name)).toBe(false);
  });
});

describe('isSecretName', () => {
  it.each(
    table(`
      password newPassword client_secret clientSecret private_key privateKeyPassword access_token refreshToken
      api_key apiKey
      apikey webhook_secret secret oauth_token session_token secret_access_key passphrase cvv cvc encryption_key
      password_hash
    `),
  )('says yes to %s', (name) => {
    expect(isSecretName(name)).toBe(true);
  });

  it.each(
    table(`
      token_type next_page_token sync_token password_reset_url secret_name public_key passwordPolicy
      has_password token_count
      password_changed_at token key tokens_used secrets api_key_id access_token_url is_secret idempotency_key
      forgot_password secretary max_tokens cvc_check publishable_key image_pull_secret requires_password keyboard
      masked_api_key csrf_token keyword is_api_key
    `),
  )('says no to %s', (name) => {
    expect(isSecretName(name)).toBe(false);
  });
});

it('tells names of identifiers', () => {
  expect(table('id user_id userId userID uuid orderUUID ID _id').filter((name) => !isIdName(name))).toEqual([]);
  expect(table('grid valid paid android ids userIds id_token idle identity void').filter(isIdName)).toEqual([]);
});

it('tells names that ask yes or no', () => {
  expect(table('is_active hasMore canEdit shouldNotify wasRead').filter((name) => !isBooleanName(name))).toEqual([]);
  expect(table('is issue island hash hasher cancel canary active enabled isbn wash').filter(isBooleanName)).toEqual([]);
});

describe('tense', () => {
  it('knows what has happened', () => {
    const past = table(
      'created paid sent shipped built failed completed withdrawn frozen agreed cancelled written left',
    );
    expect(past.filter((word) => tense(word) !== 'past' || !isPastTense(word))).toEqual([]);
  });

  it('knows what is still to do', () => {
    expect(table('create delete send cancel withdraw approve').filter((word) => tense(word) !== 'present')).toEqual([]);
  });

  it('leaves the rest open', () => {
    const open = table(
      'feed speed need seed embed hundred red set put read pending order update processing success bed',
    );
    expect(open.filter((word) => tense(word) !== 'either')).toEqual([]);
  });
});

it('judges any text without failing, and words like names', () => {
  const name = fc.oneof(
    fc.string(),
    fc.string({ unit: 'binary' }),
    fc.constantFrom('constructor', '__proto__', 'toString', 'hasOwnProperty'),
  );
  fc.assert(
    fc.property(name, (text) => {
      const words = split(text);
      for (const judge of [number, timeOf, isMoneyName, isSecretName, isIdName, isBooleanName]) {
        expect(judge(text)).toBe(judge(words));
      }
      for (const word of words) expect(['past', 'present', 'either']).toContain(tense(word));
      const verb = leadingVerb(words);
      expect(verb === null || verb === words[0]).toBe(true);
      expect([null, ...split(text)]).toContain(operationVerb(text));
      expect(caseOf(text) === null || majority([text]) === null || majority([text, text]) !== null).toBe(true);
    }),
  );
});
