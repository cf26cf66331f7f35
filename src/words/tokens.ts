/** A credential that stands in a text, and what it is. */
export interface Token {
  readonly kind: string;
  readonly text: string;
}

/** Credentials that one can tell by their form, each with the prefix that its issuer gives it. */
const forms: readonly (readonly [kind: string, form: RegExp])[] = [
  ['an AWS access key', /\b(?:AKIA|ASIA)[0-9A-Z]{16}\b/],
  // Its letters are not all hexadecimal, as they are in GitHub's own examples.
  ['a GitHub token', /\b(?:gh[opsur]_(?![0-9A-Fa-f]{36})[0-9A-Za-z]{36}|github_pat_[0-9A-Za-z_]{82})\b/],
  ['a GitLab token', /\bglpat-[\w-]{20}\b/],
  ['a live Stripe key', /\b[rs]k_live_[0-9A-Za-z]{24,247}\b/],
  ['a Slack token', /\bxox[abeoprs]-\d{9,15}-\d{9,15}-[\w-]{20,80}/],
  ['a Google API key', /\bAIza[0-9A-Za-z_-]{35}(?![\w-])/],
  ['a SendGrid key', /\bSG\.[\w-]{22}\.[\w-]{43}(?![\w-])/],
  ['an OpenAI key', /\bsk-(?:proj-)?[0-9A-Za-z_-]{48,200}(?![\w-])/],
  ['an npm token', /\bnpm_[0-9A-Za-z]{36}\b/],
  ['a DigitalOcean token', /\bdo[opr]_v1_[0-9a-f]{64}\b/],
  ['a Shopify token', /\bshp(?:at|ca|pa|ss)_[0-9a-fA-F]{32}\b/],
];

const privateKey = /-----BEGIN (?:[A-Z]+ )?PRIVATE KEY-----([^-]{100,20000})-----END/;

/** What any of these forms begins with: a text without it holds none of them. */
export const tokenStarts =
  /PRIVATE KEY-----|\b(?:AKIA|ASIA)[0-9A-Z]|\bgh[opsur]_|\bgithub_pat_|\bglpat-|\b[rs]k_live_|\bxox[abeoprs]-|\bAIza|\bSG\.|\bsk-|\bnpm_|\bdo[opr]_v1_|\bshp(?:at|ca|pa|ss)_/;

/**
 * The first credential in a text that looks real: of a known form, and neither shortened, nor masked, nor made up of
 * the letters that examples are made of.
 */
export function tokenIn(text: string): Token | undefined {
  const [, body] = privateKey.exec(text) ?? [];
  // The shortest private keys in use, those of elliptic curves, have more than a hundred letters.
  const letters = body?.replaceAll(/\\n|\\r|\s/g, '') ?? '';
  if (letters.length >= 100 && looksRandom(letters)) return { kind: 'a private key', text: letters };
  for (const [kind, form] of forms) {
    const found = form.exec(text)?.[0];
    if (found !== undefined && looksRandom(found)) return { kind, text: found };
  }
  return undefined;
}

/** Whether a text is made of many different characters in no order, as chance makes it. */
function looksRandom(text: string): boolean {
  if (/example|sample|dummy|fake|placeholder|your|xxxx|\*\*|\.\.\.|<|0000|1234567|abcdefg|(.)\1{5}/i.test(text))
    return false;
  const distinct = new Set(text).size;
  return distinct >= Math.min(12, text.length / 2);
}
