import { randomBytes } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Clients } from './idp-clients.ts';
import { type Grants, required, scopesOf } from './idp-grants.ts';
import { answerPage, formOf, OAuthError, parametersIn, redirect } from './idp-http.ts';
import { LatestMap } from './idp-memory.ts';

/** A request that waits for somebody to agree. */
interface Asked {
  readonly client: string;
  readonly redirectUri: string;
  readonly state: string | undefined;
  readonly scopes: readonly string[];
  readonly challenge: string;
  readonly nonce: string | undefined;
  readonly user: string;
  readonly issuer: string;
  /** Milliseconds since 1970. */
  readonly expires: number;
}

const patience = 600_000;

/** Where users agree that a client may act for them (RFC 6749, section 4.1.1). */
export class Authorization {
  readonly #asked = new LatestMap<string, Asked>(1000);
  readonly #clients: Clients;
  readonly #grants: Grants;
  readonly #now: () => number;

  constructor(clients: Clients, grants: Grants, now: () => number) {
    this.#clients = clients;
    this.#grants = grants;
    this.#now = now;
  }

  /**
   * Answers the browser: with the page that asks, with what is wrong, or by sending it back. `approve=true` agrees without asking.
   * PKCE with S256 is demanded of everybody (RFC 9700, section 2.1.1).
   * @param known narrows down scopes @throws OAuthError when it cannot be told where to send the browser
   */
  async ask(
    request: IncomingMessage,
    response: ServerResponse,
    query: string,
    issuer: string,
    known: (scopes: readonly string[] | undefined) => readonly string[],
  ): Promise<void> {
    const parameters = request.method === 'POST' ? await formOf(request) : parametersIn(query);
    const decision = parameters.get('decision');
    if (request.method === 'POST' && decision !== undefined) {
      this.#decide(response, required(parameters, 'request'), decision, parameters.get('user'));
      return;
    }
    const client = required(parameters, 'client_id');
    const redirectUri = required(parameters, 'redirect_uri');
    if (!this.#clients.mayRedirect(client, redirectUri)) {
      throw new OAuthError(
        'invalid_request',
        'The redirect_uri is neither on this machine (http://localhost, http://127.0.0.1) nor registered for the client.',
      );
    }
    const back = { redirectUri, state: parameters.get('state'), issuer };
    try {
      const asked = this.#read(parameters, { client, ...back }, known);
      if (parameters.get('approve') === 'true') {
        this.#agree(response, asked, asked.user);
        return;
      }
      if (scopesOf(parameters.get('prompt'))?.includes('none')) {
        throw new OAuthError('consent_required', 'Nobody has agreed yet; approve=true agrees without asking.');
      }
      const id = randomBytes(18).toString('base64url');
      this.#asked.set(id, asked);
      answerPage(response, 200, consentPage(id, asked));
    } catch (error) {
      if (!(error instanceof OAuthError)) throw error;
      refuseBack(response, back, error);
    }
  }

  #read(
    parameters: ReadonlyMap<string, string>,
    back: Pick<Asked, 'client' | 'redirectUri' | 'state' | 'issuer'>,
    known: (scopes: readonly string[] | undefined) => readonly string[],
  ): Asked {
    const type = required(parameters, 'response_type');
    if (type !== 'code') throw new OAuthError('unsupported_response_type', 'The response_type is to be code.');
    if (parameters.has('request') || parameters.has('request_uri')) {
      throw new OAuthError('request_not_supported', 'Request objects are not known here.');
    }
    const challenge = required(parameters, 'code_challenge');
    if (parameters.get('code_challenge_method') !== 'S256') {
      throw new OAuthError('invalid_request', 'The code_challenge_method is to be S256.');
    }
    if (!/^[A-Za-z0-9_-]{43}$/.test(challenge)) {
      throw new OAuthError(
        'invalid_request',
        'The code_challenge is to be a SHA-256 hash in base64url: 43 characters.',
      );
    }
    return {
      ...back,
      scopes: known(scopesOf(parameters.get('scope'))),
      challenge,
      nonce: parameters.get('nonce'),
      user: parameters.get('login_hint') ?? 'user-1',
      expires: this.#now() + patience,
    };
  }

  #decide(response: ServerResponse, id: string, decision: string, user: string | undefined): void {
    const asked = this.#asked.take(id);
    if (!asked || this.#now() >= asked.expires) {
      throw new OAuthError('invalid_request', 'This page is no longer good: begin again.');
    }
    if (decision === 'allow') this.#agree(response, asked, user?.trim() || asked.user);
    else refuseBack(response, asked, new OAuthError('access_denied', 'The user did not agree.'));
  }

  #agree(response: ServerResponse, asked: Asked, user: string): void {
    const { client, redirectUri, scopes, challenge, nonce } = asked;
    const authTime = Math.floor(this.#now() / 1000);
    const grant = { client, subject: user, scopes, authTime, ...(nonce !== undefined && { nonce }) };
    sendBack(response, asked, { code: this.#grants.code(grant, redirectUri, challenge) });
  }
}

/** Sends the browser back with an error (RFC 6749, section 4.1.2.1). */
function refuseBack(
  response: ServerResponse,
  back: Pick<Asked, 'redirectUri' | 'state' | 'issuer'>,
  error: OAuthError,
): void {
  sendBack(response, back, { error: error.code, error_description: error.message });
}

/** Sends the browser back, with the state that it came with and who sends it (RFC 9207). */
function sendBack(
  response: ServerResponse,
  { redirectUri, state, issuer }: Pick<Asked, 'redirectUri' | 'state' | 'issuer'>,
  values: Readonly<Record<string, string>>,
): void {
  const url = new URL(redirectUri);
  for (const [name, value] of Object.entries({ ...values, ...(state !== undefined && { state }), iss: issuer })) {
    url.searchParams.append(name, value);
  }
  redirect(response, url.href);
}

function consentPage(id: string, { client, scopes, user, redirectUri }: Asked): string {
  const items = scopes.map((scope) => `<li><code>${escaped(scope)}</code></li>`).join('');
  return page(
    'Let a client in?',
    `<p><b>${escaped(client)}</b> asks to act for a user of this mock${items ? ' and to have:' : '.'}</p>
${items && `<ul>${items}</ul>`}
<form method="post">
<input type="hidden" name="request" value="${id}">
<label>User <input name="user" value="${escaped(user)}" maxlength="200" autocomplete="off"></label>
<p><button name="decision" value="allow">Allow</button> <button name="decision" value="deny">Deny</button></p>
</form>
<p><small>You go back to ${escaped(new URL(redirectUri).host || redirectUri)}. No password is needed: nothing here is real.</small></p>`,
  );
}

/** The page of what went wrong where the browser cannot be sent back. */
export function errorPage({ code, message }: OAuthError): string {
  return page('This does not work', `<p>${escaped(message)}</p><p><small><code>${escaped(code)}</code></small></p>`);
}

function page(title: string, content: string): string {
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>${title}</title>
<style>
:root { color-scheme: light dark; font: 16px/1.5 system-ui, sans-serif }
body { max-width: 30rem; margin: 3rem auto; padding: 0 1rem; overflow-wrap: anywhere }
input, button { font: inherit; padding: .3rem .8rem }
</style>
<h1>${title}</h1>
${content}
</html>
`;
}

function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
