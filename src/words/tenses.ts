/**
 * Whether a verb says what has happened or what to do; `either` for other words and verbs that don't change (`set`).
 */
export type Tense = 'past' | 'present' | 'either';

/**
 * The tense of one lower-case word, as event names need it: `created` and `sent` are past, `create` and `send`
 * present.
 */
export function tense(word: string): Tense {
  if (irregularPasts.has(word) || endsAsPast(word)) return 'past';
  return bases.has(word) ? 'present' : 'either';
}

/** Whether a lower-case word certainly says that something has happened. */
export function isPastTense(word: string): boolean {
  return tense(word) === 'past';
}

function endsAsPast(word: string): boolean {
  return word.length > 3 && /[^e]ed$/.test(word) && !notPast.has(word);
}

/** Nouns, adjectives and base forms in -ed. */
const notPast = words(`
  advanced based dedicated embed hundred infrared kindred moped naked related rugged sacred seabed shed shred sled
  testbed undefined unlimited unspecified unsupported wicked
`);

/** Preterites and past participles of irregular verbs, without those that look like the base form (`put`, `read`). */
const irregularPasts = words(`
  agreed ate begun began bought bound broke broken brought built caught chose chosen did done drawn drew driven drove
  eaten fallen fed fell felt flown forgot forgotten fought found freed froze frozen gave given gone gotten grew
  guaranteed grown heard held hid hidden kept knew known laid led left lent lost made meant met overdrawn overran
  overridden overrode paid prepaid ran rebuilt redone repaid resent resold rewritten risen sang said seen sent shaken
  shown shrunk slept sold sought spent spoke spoken stolen stood struck stuck sung sunk taken taught thought threw
  thrown told took torn undergone understood undid undone unfrozen went withdrawn withdrew withheld woke won worn
  written wrote
`);

/** Verbs in the base form that are never nouns, adjectives or past participles. */
const bases = words(`
  accept achieve acknowledge acquire activate add allocate apply approve assign attach authenticate authorize become
  begin bring cancel choose confirm consume convert create deactivate delete deliver detach detect disable
  disconnect dismiss enable encrypt enroll ensure evaluate execute expire fail finalize forget generate get give
  go happen hear identify ignore insert invalidate keep know lose modify notify occur prepay prevent publish
  rebuild receive reconcile recover redeem redo reject remove renew repay require reschedule resend resolve restrict
  retrieve revoke rewrite save seek send shorten submit subscribe succeed suspend take teach terminate
  think unassign undo uninstall unlock unpublish unsubscribe upsert validate verify withdraw withhold `);

function words(list: string): ReadonlySet<string> {
  return new Set(list.trim().split(/\s+/));
}
