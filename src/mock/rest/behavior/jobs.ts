/** Work that takes its time (202): a record of the job, which is pending, then running, then done, as time passes. */
import { operations } from '../../../languages/openapi/select.ts';
import { split } from '../../../words/split.ts';
import type { Context } from '../../context.ts';
import { isObject, type Json } from '../../json.ts';
import { Random } from '../../random.ts';
import type { Resource } from '../../resources/resource.ts';
import { stamps, writeMoment } from '../../store/stamps.ts';
import type { Item } from '../../store/store.ts';
import type { Answer, Exchange } from '../exchange.ts';
import { type Success, successOf, successWith } from './declared.ts';
import { fieldsOf } from './fields.ts';
import type { Site } from './places.ts';
import { fitter } from './present.ts';
import type { Answers } from './records.ts';

/** After so many milliseconds a job runs, and after so many it is done. */
const runsAfter = 1000;
const doneAfter = 3000;

/** More jobs are not followed; the oldest are done at once. */
const mostJobs = 1000;

type Phase = 'pending' | 'running' | 'done';

interface Job {
  readonly resource: Resource;
  readonly id: string;
  readonly scope: readonly string[];
  /** Milliseconds since 1970. */
  readonly begun: number;
  phase: Phase;
}

/** The jobs of a mock. */
export class Jobs {
  readonly #context: Context;
  readonly #jobs = new Set<Job>();

  constructor(context: Context) {
    this.#context = context;
  }

  /** Follows a record as a job that begins now. @returns the record as it begins */
  begin(resource: Resource, item: Item): Item {
    const { id, scope } = item;
    const job: Job = { resource, id, scope, begun: this.#context.now(), phase: 'pending' };
    this.#jobs.add(job);
    for (const old of this.#jobs) {
      if (this.#jobs.size <= mostJobs) break;
      this.#end(old);
    }
    return this.#put(job, item, 'pending');
  }

  /** Brings all jobs to where they are by now. Cheap where there are none. */
  advance(): void {
    if (this.#jobs.size === 0) return;
    const now = this.#context.now();
    for (const job of this.#jobs) {
      const age = now - job.begun;
      if (age >= doneAfter) this.#end(job);
      else if (age >= runsAfter && job.phase === 'pending') this.#move(job, 'running');
    }
  }

  #end(job: Job): void {
    this.#jobs.delete(job);
    this.#move(job, 'done');
  }

  #move(job: Job, phase: Phase): void {
    job.phase = phase;
    const item = this.#context.store.get(job.resource, job.id, job.scope);
    if (item) this.#put(job, item, phase);
  }

  #put({ resource }: Job, item: Item, phase: Phase): Item {
    const now = this.#context.now();
    const value: Record<string, Json> = { ...item.value, ...stamps(resource, now, 'updated') };
    for (const { name, shape, writable, required } of fieldsOf(resource).all) {
      const words = split(name).join(' ');
      if (shape.kind === 'enum' && stateWords.test(words)) {
        const state = stateIn(shape.values, phase);
        if (state !== undefined) value[name] = state;
      } else if (shape.kind === 'boolean' && /^(?:is )?(?:done|completed?|finished|ready)$/.test(words)) {
        value[name] = phase === 'done';
      } else if (
        /^(?:progress|percent(?:age)?(?: complete)?|progress percent)$/.test(words) &&
        shape.kind === 'integer'
      ) {
        value[name] = phase === 'pending' ? 0 : phase === 'running' ? 50 : 100;
      } else if (/^(?:completed|finished|ended|done) (?:at|time|on)$/.test(words) && !(required && phase !== 'done')) {
        if (phase === 'done') value[name] = writeMoment(name, shape, now);
        else delete value[name];
      } else if (/^(?:errors?|error message|failure)$/.test(words) && !required && !writable) {
        delete value[name];
      }
    }
    return this.#context.store.replace(item, resource, value);
  }
}

const stateWords = /^(?:status|state|phase|job status|job state)$/;

/** The value of an enum that speaks of a phase. */
function stateIn(values: readonly string[], phase: Phase): string | undefined {
  const worded = values.map((value) => ({ value, words: split(value).join(' ') }));
  return phases[phase].map((name) => worded.find(({ words }) => words === name)?.value).find(Boolean);
}

const phases: Readonly<Record<Phase, readonly string[]>> = {
  pending: 'pending|queued|created|accepted|submitted|scheduled|not started|waiting|new|enqueued|initiated'.split('|'),
  running: 'running|in progress|processing|started|working|active|inprogress|executing'.split('|'),
  done: 'done|completed|complete|succeeded|success|finished|ready|successful|exported|imported|processed'.split('|'),
};

/** Whether a resource is work that takes its time. */
export function isJob(resource: Resource): boolean {
  const last = resource.name.split(' ').at(-1) ?? '';
  const { state } = fieldsOf(resource);
  const goesOn = state?.shape.kind === 'enum' && stateIn(state.shape.values, 'done') !== undefined;
  return /^(?:job|operation|task|export|import|run|process|execution|batch|report)$/.test(last) && goesOn;
}

/**
 * What answers with 202 beside what an operation does: the status of a job under a URL of its own, where the document has
 * resources that are jobs.
 */
export function deferred(site: Site, jobs: Jobs, answers: Answers): Answers {
  const { route } = site;
  const accepted = successWith(route.api, route.operation, 202);
  const usual = successOf(route.api, route.operation, [200, 201, 204]);
  const isWished = accepted !== undefined && usual.status !== 202;
  if (!accepted) return answers;
  const accept = acceptance(site, jobs, accepted);
  return (exchange) => {
    const answer = answers(exchange);
    if (!answer || answer.status >= 300) return answer;
    // RFC 7240, section 4.1: where both are declared, the caller says which it is to be.
    if (isWished && !/\brespond-async\b/i.test(String(exchange.request.headers['prefer'] ?? ''))) return answer;
    return accept(exchange, answer);
  };
}

function acceptance(site: Site, jobs: Jobs, accepted: Success): (exchange: Exchange, answer: Answer) => Answer {
  const { context, route, role } = site;
  const { api } = route;
  const target = jobRoute(site);
  const fitted = accepted.schema ? fitter(context, api, accepted.schema, target?.resource ?? role.resource) : null;
  return (exchange, answer) => {
    if (!target)
      return answer.status === 202
        ? { ...answer, headers: { ...answer.headers, 'retry-after': '1' } }
        : { status: 202, headers: answer.headers, body: null };
    const { resource, template, parameter } = target;
    const random = new Random(
      context.settings.seed,
      resource.name,
      context.store.page(resource, {}, { limit: 0 }).total,
    );
    const made = resource.home.complete({}, random);
    const idField = resource.home.idField;
    const value = Object.fromEntries(Object.entries(made).filter(([name]) => name !== idField));
    const record = context.store.create(resource, { ...value, ...stamps(resource, context.now(), 'created') });
    const item = jobs.begin(resource, record);
    const path = template.replace(`{${parameter}}`, encodeURIComponent(item.id));
    const location = exchange.base + path;
    const shown = fitted?.({ ...item.value, ...(isObject(item.value) ? jobNames(item, location) : {}) }, item.id);
    const headers = { location, 'retry-after': '1' };
    if (!accepted.hasBody || shown === undefined) return { status: 202, headers, body: null };
    return { status: 202, headers, body: { value: shown, schema: accepted.schema! } };
  };
}

/** What answers call a job and its address. */
function jobNames({ id }: Item, location: string): Record<string, Json> {
  const named = ['job_id', 'jobId', 'operation_id', 'operationId', 'task_id', 'taskId'].map(
    (name) => [name, id] as const,
  );
  const links = ['status_url', 'statusUrl', 'status_uri', 'location', 'url', 'href'].map(
    (name) => [name, location] as const,
  );
  return Object.fromEntries([...named, ...links]);
}

/** Where jobs are asked about; null where the document has no such place, or the operation's own records are the jobs. */
function jobRoute({ context, route, role }: Site): { resource: Resource; template: string; parameter: string } | null {
  if (isJob(role.resource)) return null;
  for (const operation of operations(route.api)) {
    const other = context.roles.rest.get(operation);
    if (other?.kind !== 'get' || other.idParameter === null || other.scopeParameters.length > 0) continue;
    if (isJob(other.resource))
      return { resource: other.resource, template: operation.path, parameter: other.idParameter };
  }
  return null;
}
