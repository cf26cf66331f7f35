import type { Context } from '../context.ts';
import { Random } from '../random.ts';
import { bucketsOf } from '../rest/buckets.ts';
import { authorizationOf, bearerToken } from '../rest/credentials.ts';
import { admissions } from '../rest/security-tokens.ts';
import { drawn } from '../rest/trouble.ts';
import { type Trouble, troubles } from '../settings.ts';
import type { CodeName } from './codes.ts';
import type { Rpc } from './services.ts';
import { codeNamed, detail, exhausted, StatusError } from './status.ts';

/** Milliseconds that an answer is held at most, whatever is asked for. */
const longestWait = 300_000;

/** What is asked of a call before its request is looked at. */
export interface Knock {
  /** A metadata value by its name in lower case. */
  metadata(name: string): string | undefined;
  /** The address that the call came from. */
  readonly peer: string;
}

/** Lets calls in, or says why not. */
export interface Admission {
  /**
   * Milliseconds that the call is to wait; then `judge` is asked.
   */
  delay(knock: Knock): number;
  /**
   * What the caller or the settings force, credentials and the rate: in this order.
   * @throws StatusError
   */
  judge(rpc: Rpc, knock: Knock): void;
}

/**
 * What stands before every rpc: `apiarch-code` and `apiarch-delay` in the metadata, latency and chaos of the settings, bearer
 * tokens where the settings list some, have keys or serve a provider, and the rate limit.
 */
export function admissionOf(context: Context): Admission {
  const known = admitting.get(context) ?? newAdmission(context);
  admitting.set(context, known);
  return known;
}

/** The same over gRPC and HTTP, so that callers cannot go round a limit. */
const admitting = new WeakMap<Context, Admission>();

function newAdmission(context: Context): Admission {
  const { settings } = context;
  const tokens = admissions(context);
  const asksTokens =
    settings.auth === 'on' && (settings.tokens !== null || (settings.jwks ?? null) !== null || settings.idp);
  const slowness = new Random('latency', 'grpc', settings.seed);
  const chance = new Random('chaos', 'grpc', settings.seed);
  const isChaotic = troubles.some((trouble) => (settings.chaos[trouble] ?? 0) > 0);
  const buckets = bucketsOf(context);

  function callerOf(rpc: Rpc, knock: Knock): string {
    const given = authorizationOf(knock.metadata('authorization'));
    const token = given?.scheme === 'bearer' ? bearerToken(given) : null;
    if (!asksTokens) return token === null ? `address:${knock.peer}` : `token:${token}`;
    if (token === null)
      throw refused(
        'UNAUTHENTICATED',
        'A bearer token in the metadata `authorization` is missing.',
        'CREDENTIALS_MISSING',
      );
    const admission = tokens.ofToken(token);
    if ('problem' in admission) throw refused('UNAUTHENTICATED', admission.problem, 'ACCESS_TOKEN_INVALID');
    const { scopes, key } = admission.caller;
    const wanted = scopesOf(rpc);
    if (scopes !== null && wanted.length > 0 && !wanted.some((scope) => scopes.includes(scope))) {
      throw refused(
        'PERMISSION_DENIED',
        `The token lacks the scope ${wanted.join(' or ')}.`,
        'ACCESS_TOKEN_SCOPE_INSUFFICIENT',
      );
    }
    return key;
  }

  return {
    delay(knock) {
      const asked = Number(knock.metadata('apiarch-delay') ?? Number.NaN);
      const { latency } = settings;
      const delay = asked >= 0 ? asked : latency ? slowness.integer(latency.least, latency.most) : 0;
      return Math.min(delay, longestWait);
    },
    judge(rpc, knock) {
      const wanted = knock.metadata('apiarch-code');
      if (wanted !== undefined) forced(wanted);
      else if (isChaotic) strike(drawn(settings.chaos, chance.fraction()), chance);
      const caller = callerOf(rpc, knock);
      const refusal = buckets?.take(caller, context.now());
      if (refusal) throw exhausted(refusal.message, Number(refusal.headers!['retry-after']) * 1000);
    },
  };
}

/** A status that the caller asks for. */
function forced(text: string): void {
  const code = codeNamed(text);
  if (!code) throw new StatusError('INVALID_ARGUMENT', `\`apiarch-code: ${text}\` is no status code.`);
  if (code !== 'OK') throw new StatusError(code, 'As the metadata `apiarch-code` asks for.');
}

function refused(code: CodeName, message: string, reason: string): StatusError {
  return new StatusError(code, message, [detail('ErrorInfo', { reason, domain: 'apiarch' })]);
}

/** The scopes of which one is needed, by `google.api.oauth_scopes` of the service. */
function scopesOf({ method }: Rpc): readonly string[] {
  const said = method.serviceOptions['[google.api.oauth_scopes]'];
  return typeof said === 'string'
    ? said
        .split(',')
        .map((scope) => scope.trim())
        .filter(Boolean)
    : [];
}

const serverErrors: readonly CodeName[] = ['INTERNAL', 'UNKNOWN', 'UNAVAILABLE', 'DEADLINE_EXCEEDED'];

/** What goes wrong, as a status: connections that are reset and answers that never come have one, too. */
function strike(trouble: Trouble | null, chance: Random): void {
  if (trouble === null) return;
  const message = 'As this mock was asked to say.';
  if (trouble === '429') throw exhausted(`Too many requests: ${message}`, 1000);
  if (trouble === '5xx') throw new StatusError(chance.pick(serverErrors)!, message);
  throw new StatusError(trouble === 'timeout' ? 'DEADLINE_EXCEEDED' : 'UNAVAILABLE', message);
}
