import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { OpenApi } from '../../languages/openapi/openapi.ts';
import type { Context } from '../context.ts';
import { behaviorStage } from './behavior/behavior.ts';
import { bodyStage } from './body.ts';
import { conditionsStage } from './conditions.ts';
import { corsStage } from './cors.ts';
import { declaredHeadersStage } from './declared-headers.ts';
import { eventsStage } from './events/events.ts';
import { pollingStage, streamsStage } from './events/streams.ts';
import { examplesStage } from './examples.ts';
import type { Answer, Caller, Exchange, Route, Stage, Wishes } from './exchange.ts';
import { idempotencyStage } from './idempotency.ts';
import { lifecycleStage } from './lifecycle.ts';
import { limitsStage } from './limits.ts';
import { collected } from './prism.ts';
import { Router } from './router.ts';
import { notFound, routeStage } from './routing.ts';
import { securityStage } from './security.ts';
import { send } from './send.ts';
import { troubleStage } from './trouble.ts';
import { validationStage } from './validation.ts';
import { wishesStage } from './wishes.ts';

/** Answers requests by the OpenAPI documents of a mock. */
export interface RestHandler {
  /** @returns true once it is answered; false: no document has such a path, and somebody else may know it */
  handle(request: IncomingMessage, response: ServerResponse): boolean | Promise<boolean>;
  /** Answers what nobody knows the path of with 404, in the words of the first document. */
  refuse(request: IncomingMessage, response: ServerResponse): boolean | Promise<boolean>;
  /** Lets go of what stages hold. */
  close(): Promise<void>;
}

/**
 * Answers by the OpenAPI documents: a list of stages, of which each has one concern (`Stage` in exchange.ts). To add one, write
 * `xyzStage(context): Stage` in a file of its own and put one line into `stagesOf`, where its turn is.
 *
 * Requests go down the list until a stage answers; the answer goes up again, through the stages that were reached. A stage
 * refuses by returning `refuse(exchange, { status, code, message })` of refusal.ts, and answers with data by returning
 * `{ status, headers, body: { value } }`: media type and bytes are found at the end, by `rendered` of negotiation.ts. Behind
 * routing `exchange.route` is there; what a stage works out for an operation it keeps with `perRoute` of per-route.ts.
 *
 * A path that no document has is left to others where a `.proto` document is served as well (false), and is answered here with
 * 404 where there is none.
 */
export function restHandler(context: Context): RestHandler {
  const apis = context.apis.filter((api): api is OpenApi => api.language === 'openapi');
  const router = new Router(apis);
  const stages = stagesOf(context, router);
  const leavesUnknown = context.apis.some(({ language }) => language === 'protobuf');
  return {
    handle(request, response) {
      const exchange = new Request(context, request, response, apis[0] ?? null);
      if (leavesUnknown && notFound(router, exchange)) return false;
      return answer(stages, exchange);
    },
    refuse: (request, response) => answer(stages, new Request(context, request, response, apis[0] ?? null)),
    async close() {
      await Promise.all(stages.map((stage) => stage.close?.()));
    },
  };
}

function answer(stages: readonly Stage[], exchange: Request): boolean | Promise<boolean> {
  const answer = run(stages, exchange);
  if (answer instanceof Promise) return answer.then((answer) => finish(exchange, answer));
  return finish(exchange, answer);
}

/** What happens to a request, in this order, and in the reverse order to its answer. */
function stagesOf(context: Context, router: Router): readonly Stage[] {
  const behavior = behaviorStage(context);
  return [
    corsStage(context),
    declaredHeadersStage(),
    routeStage(router),
    wishesStage(context),
    troubleStage(context),
    lifecycleStage(context),
    ...admissionStages(context),
    idempotencyStage(context),
    conditionsStage(context),
    eventsStage(context),
    streamsStage(context),
    pollingStage(context, behavior),
    behavior,
    examplesStage(context),
  ];
}

/** Who may ask, how often, and what. */
function admissionStages(context: Context): readonly Stage[] {
  const [security, limits, body] = [securityStage(context), limitsStage(context), bodyStage(context)];
  const validation = validationStage(context);
  if (context.settings.compat === 'prism') return [limits, collected([security, body, validation])];
  return [security, limits, body, validation];
}

function finish(exchange: Request, answer: Answer): true {
  const { route, context, response, id } = exchange;
  context.traffic.name(response, route?.template ?? null, id);
  send(exchange, answer);
  return true;
}

/** A request before anything is known of it. The request may be exchanged for one that is read again. */
export function exchangeOf(
  context: Context,
  request: IncomingMessage,
  response: ServerResponse,
): Exchange & { request: IncomingMessage } {
  const first = context.apis.find((api): api is OpenApi => api.language === 'openapi');
  return new Request(context, request, response, first ?? null);
}

/** A request as it comes in. */
class Request implements Exchange {
  readonly context: Context;
  request: IncomingMessage;
  readonly response: ServerResponse;
  readonly id: string;
  readonly at: number;
  readonly method: string;
  readonly path: string;
  readonly query: string;
  basePath = '';
  route: Route | null = null;
  api: OpenApi | null;
  pathParameters: Exchange['pathParameters'] = nothing;
  parameters: Exchange['parameters'] = noParameters;
  bytes: Buffer | null = null;
  body: unknown = undefined;
  mediaType: string | null = null;
  wishes: Wishes = nothing;
  caller: Caller | null = null;

  constructor(context: Context, request: IncomingMessage, response: ServerResponse, api: OpenApi | null) {
    this.context = context;
    this.request = request;
    this.response = response;
    this.api = api;
    this.id = idOf(request);
    this.at = context.now();
    this.method = request.method ?? 'GET';
    const target = targetOf(request.url ?? '/');
    const mark = target.indexOf('?');
    this.path = mark < 0 ? target : target.slice(0, mark);
    this.query = mark < 0 ? '' : target.slice(mark + 1);
  }

  get base(): string {
    const { host } = this.request.headers;
    const { settings } = this.context;
    const isSane = host !== undefined && /^[\w.:[\]-]{1,255}$/.test(host);
    return `http://${isSane ? host : `${settings.host}:${settings.port}`}${this.basePath}`;
  }
}

const nothing = Object.freeze({});
const noParameters = Object.freeze({ path: nothing, query: nothing, header: nothing, cookie: nothing });

/** The caller's name for the request, as long as it is one that may be shown again, else one of ours. */
function idOf({ headers }: IncomingMessage): string {
  const sent = headers['x-request-id'];
  return typeof sent === 'string' && /^[\w.:+/=@-]{1,200}$/.test(sent) ? sent : randomUUID();
}

/** What is asked for, from the path on: proxies' clients send whole URLs (RFC 9112, section 3.2.2), and fragments do not belong here. */
function targetOf(url: string): string {
  const whole = url.startsWith('/') ? url : url.replace(/^[a-z][a-z0-9+.-]*:\/\/[^/?#]*/i, '');
  const hash = whole.indexOf('#');
  return hash < 0 ? whole : whole.slice(0, hash);
}

/** Takes a request down the stages until one answers, and the answer up again. */
function run(stages: readonly Stage[], exchange: Exchange): Answer | Promise<Answer> {
  for (let i = 0; i < stages.length; i++) {
    const answer = stages[i]!.before?.(exchange);
    if (answer === undefined) continue;
    if (answer instanceof Promise) return goOn(stages, exchange, i, answer);
    return leave(stages, exchange, i, answer);
  }
  throw new Error('No stage has answered.');
}

async function goOn(
  stages: readonly Stage[],
  exchange: Exchange,
  reached: number,
  pending: Promise<Answer | undefined>,
): Promise<Answer> {
  let answer = await pending;
  let i = reached;
  while (answer === undefined) {
    i++;
    const stage = stages[i];
    if (!stage) throw new Error('No stage has answered.');
    const given = stage.before?.(exchange);
    answer = given instanceof Promise ? await given : given;
  }
  return leave(stages, exchange, i, answer);
}

function leave(stages: readonly Stage[], exchange: Exchange, reached: number, first: Answer): Answer | Promise<Answer> {
  let answer = first;
  for (let i = stages.length - 1; i >= 0; i--) {
    const stage = stages[i]!;
    if (!stage.after || (i > reached && !stage.everywhere)) continue;
    const changed = stage.after(exchange, answer);
    if (changed instanceof Promise) return leaveLater(stages, exchange, reached, i, changed);
    answer = changed;
  }
  return answer;
}

async function leaveLater(
  stages: readonly Stage[],
  exchange: Exchange,
  reached: number,
  from: number,
  pending: Promise<Answer>,
): Promise<Answer> {
  let answer = await pending;
  for (let i = from - 1; i >= 0; i--) {
    const stage = stages[i]!;
    if (!stage.after || (i > reached && !stage.everywhere)) continue;
    answer = await stage.after(exchange, answer);
  }
  return answer;
}
