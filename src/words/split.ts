import { forLetters } from './letters.ts';

/** Names whose inner capitals are spelling, not the start of a word. */
const spellings = [
  '[2-4][Ff][Aa]|3[Dd][Ss]',
  '[Ee]Tag|eMail|eBay|eSIM|iOS|iPad|iPhone|iTunes|macOS|gRPC|mTLS|vCPU|kWh',
  'OAuth|OpenID|OpenAPI|OpenAI|IPv[46]|[Gg]it(?:Hub|Lab)|GraphQL|PostgreSQL|MySQL|NoSQL|MongoDB|JavaScript|TypeScript',
  'PayPal|YouTube|LinkedIn|WhatsApp|WordPress|HubSpot|DevOps|[SPI]aaS|IoT|WiFi|VoIP|DDoS',
].join('|');

/**
 * The words of a name, tried in this order where the last one ended: a spelling from the list, a plural acronym
 * (`IDs`), an acronym with its digits (`HTTP2`, `SHA256`), a word with its digits (`line1`, `Base64`), digits with a
 * unit (`3D`, `30days`). Each repeats single characters only, so reading is linear.
 */
const wordFor = forLetters(({ upper, lower, other, letter, mark }, flags) => {
  const forms = [
    `(?:${spellings})s?(?![${lower}])\\d*`,
    `[${upper}]{2,}s(?![${lower}])`,
    `[${upper}]+(?![${lower}])(?:(?![2-4]FA|3DS)\\d)*`,
    `[${upper}]?[${lower}${other}](?:(?![2-4]fa|3ds)[${lower}${other}${mark}\\d])*`,
    `[${upper}]`,
    `\\d+[${upper}](?![${letter}])`,
    `\\d+(?:[${lower}${other}][${lower}${other}${mark}\\d]*)?`,
  ];
  return new RegExp(forms.join('|'), `g${flags}`);
});

/**
 * The lower-case words of an identifier in any style: `HTTPServerURL` is http server url, `user_ids` and `userIDs`
 * are user ids, `OAuth2Token` is oauth2 token. Digits belong to the word before them; everything else, sigils too,
 * separates.
 */
export function split(name: string): readonly string[] {
  let words = known.get(name);
  if (!words) {
    words = (name.replace(/['’]/g, '').match(wordFor(name)) ?? []).map((found) => found.toLowerCase());
    if (known.size >= mostKnown) known.clear();
    known.set(name, words);
  }
  return words;
}

/** Many rules ask for the words of the same names. */
const known = new Map<string, readonly string[]>();
const mostKnown = 60_000;

/** The words of a name, or the words themselves: what functions that take either begin with. */
export function wordsOf(name: string | readonly string[]): readonly string[] {
  return typeof name === 'string' ? split(name) : name;
}
