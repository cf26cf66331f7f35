/** What actions are called and what records are called after them: `cancel` makes `cancelled`, `pay` makes `paid`, `activate` makes `active`. */
import { split } from '../../../words/split.ts';

/** What a name of an action means for a record. */
export interface Deed {
  /** The states that it leads to, in lower-case words, the best first. */
  readonly states: readonly string[];
  /** What is true of a record afterwards, as booleans and times are called: `archived`, `is archived`, `archived at`. */
  readonly becomes: readonly string[];
  /** What is not true any more: `unarchive` takes away `archived`. */
  readonly ends: readonly string[];
}

/** @param action lower-case words: `cancel`, `mark as read` */
export function deedOf(action: string): Deed {
  const words = split(action).filter((word) => !fillers.has(word));
  const marked = markedAs(split(action));
  if (marked) return marked.startsWith('un') ? undoing(marked.slice(2), marked) : doing([marked], marked);
  const verb = words[0] ?? '';
  const opposite = opposites.get(verb) ?? undoneBy(verb);
  const states = [...(results.get(verb) ?? []), ...pasts(verb)];
  if (!opposite) return { states, becomes: states, ends: [...(endings.get(verb) ?? [])] };
  const ended = [...(results.get(opposite) ?? []), ...pasts(opposite)];
  return { states, becomes: states, ends: ended };
}

const fillers: ReadonlySet<string> = new Set(['the', 'a', 'an', 'request', 'force', 'do', 'bulk']);

/** `mark as read`, `set paid`. */
function markedAs(words: readonly string[]): string | undefined {
  if (words[0] === 'mark' || words[0] === 'set') {
    const rest = words.slice(1).filter((word) => word !== 'as');
    return rest.length > 0 ? rest.join(' ') : undefined;
  }
  return undefined;
}

function doing(states: readonly string[], word: string): Deed {
  return { states, becomes: [...states, ...pasts(word)], ends: [] };
}

function undoing(word: string, whole: string): Deed {
  return { states: [whole], becomes: [whole], ends: [word, ...pasts(word)] };
}

/** `unarchive` undoes `archive`. */
function undoneBy(verb: string): string | undefined {
  const match = /^(?:un|de|dis)([a-z]{3,})$/.exec(verb);
  return match && !notUndone.has(verb) ? match[1] : undefined;
}

const notUndone: ReadonlySet<string> = new Set(
  'deliver describe delete deploy define decline demote deny depart deposit detect dispatch display dispute distribute discard discharge dismiss unite'.split(
    ' ',
  ),
);

const opposites: ReadonlyMap<string, string> = pairs(`
  reopen=close reactivate=suspend reinstate=suspend resume=pause enable=disable activate=deactivate restore=delete unblock=block recover=delete
  disable=enable deactivate=activate release=hold remove=add stop=start
`);

/** What an action ends without being called its opposite. */
const endings: ReadonlyMap<string, readonly string[]> = new Map([
  ['close', ['open', 'opened']],
  ['suspend', ['active', 'enabled']],
  ['block', ['active', 'enabled']],
  ['ban', ['active']],
  ['archive', ['active']],
]);

/** States that are not called after the participle, the best first. */
const results: ReadonlyMap<string, readonly string[]> = new Map(
  Object.entries({
    activate: ['active', 'enabled'],
    reactivate: ['active', 'enabled'],
    reinstate: ['active'],
    unsuspend: ['active'],
    unblock: ['active', 'unblocked'],
    enable: ['enabled', 'active'],
    disable: ['disabled', 'inactive'],
    deactivate: ['deactivated', 'inactive', 'disabled'],
    open: ['open'],
    reopen: ['open', 'reopened'],
    close: ['closed', 'done', 'resolved'],
    start: ['running', 'started', 'in progress', 'active', 'processing', 'on'],
    begin: ['in progress', 'started', 'running'],
    run: ['running', 'in progress', 'queued'],
    restart: ['running', 'restarting', 'active'],
    reboot: ['running', 'rebooting', 'active'],
    stop: ['stopped', 'stopping', 'off', 'inactive', 'canceled'],
    shutdown: ['off', 'stopped', 'shutdown'],
    pause: ['paused', 'on hold', 'suspended'],
    resume: ['running', 'active', 'in progress', 'resumed'],
    unpause: ['running', 'active'],
    hold: ['on hold', 'held'],
    cancel: ['canceled', 'cancelled', 'cancelling', 'aborted', 'void'],
    abort: ['aborted', 'canceled', 'cancelled', 'failed'],
    void: ['void', 'voided'],
    complete: ['completed', 'complete', 'done', 'finished'],
    finish: ['finished', 'completed', 'done'],
    finalize: ['final', 'finalized', 'open'],
    approve: ['approved', 'accepted'],
    accept: ['accepted', 'approved'],
    reject: ['rejected', 'declined', 'denied'],
    decline: ['declined', 'rejected', 'denied'],
    deny: ['denied', 'rejected'],
    confirm: ['confirmed', 'succeeded', 'active'],
    capture: ['captured', 'succeeded', 'paid'],
    pay: ['paid'],
    settle: ['settled', 'paid'],
    checkout: ['checked out', 'completed'],
    return: ['returned', 'available'],
    borrow: ['borrowed', 'on loan', 'checked out'],
    reserve: ['reserved', 'on hold'],
    book: ['booked', 'reserved', 'confirmed'],
    submit: ['submitted', 'pending', 'in review', 'under review'],
    publish: ['published', 'live', 'public'],
    unpublish: ['unpublished', 'draft'],
    lock: ['locked'],
    unlock: ['unlocked', 'active'],
    fail: ['failed'],
    retry: ['pending', 'queued', 'retrying', 'running'],
    resend: ['sent', 'pending'],
    deliver: ['delivered'],
    dispatch: ['dispatched', 'shipped'],
    fulfill: ['fulfilled'],
    verify: ['verified', 'active'],
    deploy: ['deployed', 'deploying', 'live'],
    expire: ['expired'],
    renew: ['renewed', 'active'],
    terminate: ['terminated', 'stopped'],
    restore: ['restored', 'active', 'available'],
    delete: ['deleted'],
    quit: ['stopped'],
  }),
);

function pairs(list: string): ReadonlyMap<string, string> {
  return new Map(
    list
      .trim()
      .split(/\s+/)
      .map((pair) => pair.split('=') as [string, string]),
  );
}

/** The participles of a verb, as they may be spelt. */
function pasts(verb: string): readonly string[] {
  if (verb === '') return [];
  const irregular = irregulars.get(verb);
  if (irregular) return [irregular];
  if (verb.endsWith('e')) return [`${verb}d`];
  if (/[^aeiou]y$/.test(verb)) return [`${verb.slice(0, -1)}ied`];
  const doubled = `${verb}${verb.at(-1)}ed`;
  return /[aeiou][bdglmnprtv]$/.test(verb) && !/[aeiou]{2}.$/.test(verb) ? [`${verb}ed`, doubled] : [`${verb}ed`];
}

const irregulars: ReadonlyMap<string, string> = pairs(`
  pay=paid send=sent resend=resent read=read hold=held sell=sold buy=bought take=taken give=given begin=begun win=won lose=lost
  withdraw=withdrawn freeze=frozen unfreeze=unfrozen build=built hide=hidden undo=undone put=put set=set quit=quit put=put bind=bound
  leave=left find=found choose=chosen write=written make=made meet=met keep=kept draw=drawn
`);
