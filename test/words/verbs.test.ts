import { describe, expect, it } from 'vitest';
import { split } from '../../src/words/split.ts';
import { canBeVerb, effectOf, isVerb, leadingVerb, operationVerb } from '../../src/words/verbs.ts';

const table = (text: string) => text.trim().split(/\s+/);

describe('leadingVerb', () => {
  it.each(
    table(`
      getUser:get get-user:get get:get create:create createOrder:create delete:delete deleteMessage:delete doPayment:do
      fetch_config:fetch update:update updateAccountHolder:update addMembers:add removeUser:remove send-email:send
      setParent:set closeAccount:close deleteNotificationConfigurations:delete generateApiKey:generate cancel:cancel
      approve:approve validate-name:validate unlock:unlock makePayment:make GetStatus:get
    `),
  )('%s', (pair) => {
    const [name, verb] = pair.split(':') as [string, string];
    expect(leadingVerb(split(name))).toBe(verb);
  });

  it.each(
    table(`
      orders order search searches reports report output authentication-options target settings getaway postcodes gets
      putting updates created setup login logout add-ons addOns cancel-reasons update-history delete-requests list-items
      order-items check-runs setup_intents sign_requests import-jobs exports transfers access_tokens make set close put
      post posts patch-notes remove-token get-started set-list load_balancers test_clocks users archive do_settings
      process processes changes comments reset-codes review batch share query filter sync upload downloads charge refund
    `),
  )('%s begins with none', (name) => {
    expect(leadingVerb(split(name))).toBeNull();
  });

  it('finds none in nothing', () => {
    expect(leadingVerb([])).toBeNull();
  });
});

describe('operationVerb', () => {
  it.each(
    table(`
      listUsers:list searchUsers:search get_files_id:get repos/get-commit:get apps_get_logs:get chat_delete:delete
      users.list:list databases_list_users:list PostCharges:post ListUsers:list deleteMessage:delete order_cancel:cancel
      Auth_UserRevokeRole:revoke startWorkflow:start uploadFile:upload admin_users_setAdmin:set
      UpdateSchedule:update loadBalancers_add_droplets:add
    `),
  )('%s', (pair) => {
    const [name, verb] = pair.split(':') as [string, string];
    expect(operationVerb(name)).toBe(verb);
  });

  it.each(table('user users_info postcodes billingHistory subscription-activated v1 - add-ons'))(
    '%s has none',
    (name) => {
      expect(operationVerb(name)).toBeNull();
    },
  );
});

it('tells verbs from words that may be verbs', () => {
  expect(table('get create delete fetch remove retrieve validate submit').filter((word) => !isVerb(word))).toEqual([]);
  const both = table(
    'search export import order report request transfer charge refund review access change check filter list',
  );
  expect(both.filter(isVerb)).toEqual([]);
  expect(both.filter((word) => !canBeVerb(word))).toEqual([]);
  expect(table('user users gets getting created status').filter(canBeVerb)).toEqual([]);
});

it('knows what verbs do, where that is certain', () => {
  const effects = (text: string) => [...new Set(table(text).map(effectOf))];
  expect(effects('get list fetch search find retrieve describe count')).toEqual(['read']);
  expect(effects('create add update set cancel approve send enable post put patch')).toEqual(['write']);
  expect(effects('delete remove destroy')).toEqual(['delete']);
  expect(effects('calculate process order charge report export user check')).toEqual([null]);
});
