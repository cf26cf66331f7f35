import { split } from './split.ts';

/** What doing a thing means for the data: it only looks, it changes something, it takes something away. */
export type Effect = 'read' | 'write' | 'delete';

/** Whether a lower-case word is a verb in its base form and is never a noun or adjective in names of APIs. */
export function isVerb(word: string): boolean {
  return verbs.has(word);
}

/** Whether a lower-case word can be a verb in its base form: `order` and `search` can, though they are nouns too. */
export function canBeVerb(word: string): boolean {
  return verbs.has(word) || compoundVerbs.has(word) || verbsOrNouns.has(word);
}

/**
 * The verb that a name begins with where a noun is expected, as in a path segment, or null. Takes words from `split`.
 * Says only what is certain: `create`, `get-user` and `doPayment` begin with one; `orders`, `search` and `orderItems`
 * don't, nor do compounds that begin with a verb but name a thing (`add-ons`, `cancel-reasons`).
 */
export function leadingVerb(words: readonly string[]): string | null {
  const [first, second] = words;
  if (first === undefined) return null;
  if (second === undefined) return isVerb(first) ? first : null;
  if (!isVerb(first) && !compoundVerbs.has(first)) return null;
  if (compounds.get(first)?.has(second) || (!alwaysVerbs.has(first) && namesThing(words.slice(1)))) return null;
  return first;
}

/**
 * The verb of an operation's name, or null. It stands first (`searchUsers`) or behind a namespace
 * (`repos/get-commit`, `chat_delete`); a first word that may be a noun yields to a certain verb right behind it.
 */
export function operationVerb(name: string): string | null {
  const words = split(name.replace(/^.*[/.:]/s, ''));
  const [first, second = ''] = words;
  if (first === undefined) return null;
  if (canBeVerb(first) && !compounds.get(first)?.has(second)) {
    return !isVerb(first) && isVerb(second) && leadingVerb(words.slice(1)) !== null ? second : first;
  }
  return words.find((word, i) => i > 0 && (word === 'list' || leadingVerb(words.slice(i, i + 3)) === word)) ?? null;
}

/** What a verb does, or null where that is not certain (`calculate`, `process`) or the word may be a noun (`order`). */
export function effectOf(verb: string): Effect | null {
  if (reading.has(verb)) return 'read';
  if (deleting.has(verb)) return 'delete';
  if (writing.has(verb)) return 'write';
  return null;
}

/** Whether what follows a verb is the head of a compound: the reasons of a cancellation, the log of updates. */
function namesThing(rest: readonly string[]): boolean {
  return strongHeads.has(rest[0]!) || (rest.length === 1 && heads.has(rest[0]!));
}

const reading = words(`
  browse compare count describe download explain fetch filter find get inspect list lookup peek preview query read
  retrieve search show view
`);

const deleting = words('delete remove destroy erase wipe');

const writing = words(`
  acknowledge activate add approve assign attach cancel confirm create deactivate demote dequeue detach disable
  dismiss edit enable enqueue finalize insert modify notify patch post promote publish put reactivate reassign redeem
  redeliver regenerate reject rename renew reopen replace rerequest resend resubmit revoke rotate save send set submit
  subscribe suspend terminate unarchive unassign unban unblock unfollow uninstall unlink unlock unmute unpause
  unpublish unstar unsubscribe unsuspend update upsert withdraw
`);

/** Verbs that are never nouns or adjectives in names of APIs. */
const verbs = words(`
  ${[...deleting, ...writing].filter((verb) => !'set put post patch'.split(' ').includes(verb)).join(' ')}
  acquire allocate analyse analyze append apply authenticate authorize browse calculate choose clarify classify
  combine compare configure convert create decode decrypt deduplicate deliver deregister describe detect disconnect
  donate encode encrypt ensure escalate evaluate exec execute expire explain extend fetch finalize find generate get
  ingest initialise initialize inspect instantiate interpret invoke migrate normalize notify obtain parse perform
  predict prune reactivate recalculate recognize recommend reconcile recover reevaluate reindex reprocess resize
  resolve respond restrict retrieve rotate settle simulate suggest summarize synchronize tokenize translate transmit
  unmerge unregister unset unshare vacate validate verify
`);

/** Words that are certainly verbs only in front of another: a `make` can be a car's, a `close` a price. */
const compoundVerbs = words('close do make pay put set');

/** Verbs that no noun follows to name a kind of thing. */
const alwaysVerbs = words('get fetch retrieve create find add delete remove upsert generate calculate deregister');

/** Words that can be verbs, and are nouns or adjectives at least as often. */
const verbsOrNouns = words(`
  abort accept access alert answer archive assess audit authorise back backup ban batch bid block book bookmark build
  buy call capture change charge chat check checkout clear clone close collect comment commit complete compute connect
  consume contact copy count credit crosspost debit decline defend defer delegate deploy deposit design diff discard
  dispatch display dispute download draft draw drop dump duplicate echo emit end enroll enter estimate exchange
  exclude exit export extract fail file filter flag flush follow force forecast fork format forward freeze grant group
  halt handle hash heartbeat hide hold host import include increment index install invite invoice issue join kick kill
  label launch leave like limit link list listen load lock log login logout lookup mail manage map mark match measure
  mention merge message monitor move mute offer open order page park patch pause pay persist phone pick pin ping place
  plan play poll post preview price print process produce profile project provision publish pull purchase purge push
  put query queue quit quote rank rate react read reboot rebuild record refer refresh refund register release reload
  render reply report request rerun reserve reset resolve restart restore resume retry return reveal reverse revert
  review revise rewind roll rollback route run sample scan schedule score search sell send serve set share ship show
  shut shutdown sign signal silence skip snooze sort spawn split star start stop store stream swap switch sync tag
  tail test touch track trade train transcribe transfer transform trigger truncate turn undelete undo unsubmit upgrade
  upload use view void vote wait wake warn watch withdraw write zoom
`);

/** Heads of compounds that begin with a verb, however they go on. */
const strongHeads = words(
  'code codes history id ids permission permissions policies policy reason reasons request requests',
);

/** Heads of compounds that begin with a verb and end here; what goes on (`deleteNotificationSettings`) is a command. */
const heads = words(`
  action actions channel channels date dates error errors event events fee fees feed feeds flow flows form forms
  histories info interval job jobs key keys limit limits link links log logs message messages method methods mode
  modes note notes notification notifications only page pages queue queues response responses result results rule
  rules schedule schedules server state states status statuses stream streams template templates time times timestamp
  token tokens type types url urls window windows
`);

/** Further words that make a thing of single verbs. */
const compounds: ReadonlyMap<string, ReadonlySet<string>> = new Map([
  ['add', words('on ons in ins')],
  ['close', words('price prices up')],
  [
    'delete',
    words(
      'code log logs marker markers only permission permissions policies policy reason reasons request requests token',
    ),
  ],
  ['do', words('droplet droplets not setting settings space spaces')],
  ['find', words('my')],
  ['get', words('started')],
  ['load', words('average averages balancer balancers balancing test tests')],
  ['make', words('model models name names year years')],
  ['pay', words('as by period periods later rate rates per stub stubs slip slips run runs code group groups')],
  ['put', words('option options call contract contracts')],
  ['remove', words('token tokens')],
  ['send', words('as')],
  ['set', words('item items list lists member members name names number numbers size sizes up top')],
]);

function words(list: string): ReadonlySet<string> {
  return new Set(list.trim().split(/\s+/));
}
