import { isBooleanName } from './booleans.ts';
import { wordsOf } from './split.ts';

/**
 * Whether a name is that of a credential whose value opens something: `password`, `client_secret`, `apiKey`,
 * `refresh_token`. Not what is public, says something about a credential or only carries the word (`public_key`,
 * `next_page_token`, `token_type`, `passwordPolicy`, `has_password`), nor collections (`secrets`).
 */
export function isSecretName(name: string | readonly string[]): boolean {
  const words = wordsOf(name);
  if (isBooleanName(words) || (words.length > 1 && words.some((word) => aside.has(word)))) return false;
  const last = words.at(-1) ?? '';
  const before = words.at(-2) ?? '';
  if (last === 'hash') return before === 'password';
  if (last === 'secret') return !references.has(before);
  if (last === 'key') return keys.has(before);
  if (last === 'token') return tokens.has(before) || before.startsWith('oauth');
  return secrets.has(last);
}

/** Words with which a name speaks of an act, a switch or what was made unreadable. */
const aside = set(`
  allow change disable display enable enforce forgot forget generate has hidden is masked no prevent public recover
  redacted regenerate require required reset rotate save set use uses validate verify with without
`);

const secrets = set('apikey cvc cvc2 cvv cvv2 passphrase passwd password privatekey');

/** Words before `key` and `token` with which they open something. */
const keys = set('access api auth encryption hmac master private secret');
const tokens = set('access api auth authentication bearer bot id jwt refresh secret security session');

/** Words before `secret` that make it the name of one kept elsewhere. */
const references = set('image k8s kubernetes pull tls top');

function set(list: string): ReadonlySet<string> {
  return new Set(list.trim().split(/\s+/));
}
