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
const word = new RegExp(
  [
    `(?:${spellings})s?(?!\\p{Ll})\\d*`,
    '\\p{Lu}{2,}s(?!\\p{Ll})',
    '\\p{Lu}+(?!\\p{Ll})(?:(?![2-4]FA|3DS)\\d)*',
    '\\p{Lu}?[\\p{Ll}\\p{Lo}](?:(?![2-4]fa|3ds)[\\p{Ll}\\p{Lo}\\p{M}\\d])*',
    '\\p{Lu}',
    '\\d+\\p{Lu}(?!\\p{L})',
    '\\d+(?:[\\p{Ll}\\p{Lo}][\\p{Ll}\\p{Lo}\\p{M}\\d]*)?',
  ].join('|'),
  'gu',
);

/**
 * The lower-case words of an identifier in any style: `HTTPServerURL` is http server url, `user_ids` and `userIDs`
 * are user ids, `OAuth2Token` is oauth2 token. Digits belong to the word before them; everything else, sigils too,
 * separates.
 */
export function split(name: string): string[] {
  return (name.replace(/['’]/g, '').match(word) ?? []).map((found) => found.toLowerCase());
}

/** The words of a name, or the words themselves: what functions that take either begin with. */
export function wordsOf(name: string | readonly string[]): readonly string[] {
  return typeof name === 'string' ? split(name) : name;
}
