/// <reference lib="dom" />
/// <reference lib="dom.iterable" />
import type { Form, Offered, OfferedParameter } from './operations.ts';
import type { Entry } from './traffic.ts';

/**
 * The script of the page. It is put into it as text, so it stands alone: nothing from outside of it, but types and what a
 * browser has. What documents and servers say reaches the page as text nodes only.
 */
export function explorer(): void {
  type Child = Node | string | null;
  type Listed = Omit<Offered, 'form'>;
  interface Described {
    readonly name: string;
    readonly language: string;
    readonly count: number;
    readonly operations: readonly string[];
  }
  interface Recorded {
    readonly id: string;
    readonly version: number;
    readonly scope: readonly string[];
    readonly value: unknown;
  }

  const root = '/__apiarch/';
  /** So many requests are shown, the newest first. */
  const mostShown = 200;
  const side = document.getElementById('side')!;
  const view = document.getElementById('view')!;
  const health = document.getElementById('health')!;
  /** Ends what the view before has begun. */
  let leave = () => {};
  let offers: Promise<readonly Listed[]> | null = null;
  /** What was typed into forms, so that it is there when one comes back. */
  const typed = new Map<string, string>();

  window.addEventListener('hashchange', show);
  void tellHealth();
  show();

  function show(): void {
    leave();
    leave = () => {};
    const [name = 'try', rest = ''] = location.hash.slice(1).split(/\/(.*)/s);
    const views: Readonly<Record<string, (rest: string) => Promise<void>>> = {
      try: showTry,
      graphql: async () => showTry(String((await operations()).findIndex(({ protocol }) => protocol === 'graphql'))),
      store: showStore,
      requests: showRequests,
      documents: showDocuments,
    };
    const known = Object.hasOwn(views, name) ? name : 'try';
    for (const link of document.querySelectorAll('.top nav a')) {
      const isHere = link.getAttribute('href') === `#${known === 'graphql' ? 'try' : known}`;
      if (isHere) link.setAttribute('aria-current', 'page');
      else link.removeAttribute('aria-current');
    }
    views[known]!(decodeURIComponent(rest)).catch((error: unknown) => {
      view.replaceChildren(element('p', { class: 'bad', role: 'alert' }, `The mock does not answer: ${String(error)}`));
    });
  }

  // Operations and their forms.

  function operations(): Promise<readonly Listed[]> {
    offers ??= ask<{ data: Listed[] }>('operations').then(({ data }) => data);
    return offers;
  }

  async function showTry(rest: string): Promise<void> {
    const all = await operations();
    const chosen = all[Number(rest || '0')] ?? all[0];
    listOperations(all, chosen);
    if (!chosen) {
      view.replaceChildren(element('p', {}, 'The documents declare no operation.'));
      return;
    }
    const index = all.indexOf(chosen);
    const asked = location.hash;
    const form = await ask<Form>(`operations/${index}`);
    // Somebody may have gone on meanwhile.
    if (location.hash === asked) view.replaceChildren(...formOf({ ...chosen, ...form }, index));
  }

  function listOperations(all: readonly Listed[], chosen: Listed | undefined): void {
    const box = document.createElement('div');
    const search = field('search', typed.get('search') ?? '', 'Find an operation');
    search.type = 'search';
    const draw = () => {
      typed.set('search', search.value);
      const wanted = search.value.toLowerCase().split(/\s+/);
      const groups = new Map<string, Child[]>();
      for (const [index, one] of all.entries()) {
        const text = `${one.method} ${one.name} ${one.summary} ${one.group}`.toLowerCase();
        if (!wanted.every((word) => text.includes(word))) continue;
        const attributes = {
          href: `#try/${index}`,
          title: one.summary || one.name,
          ...(one === chosen && { 'aria-current': 'true' }),
        };
        const name = element('span', one.deprecated ? { class: 'deprecated' } : {}, one.name);
        const link = element('a', attributes, badge(one.method), name);
        groups.set(one.group, [...(groups.get(one.group) ?? []), link]);
      }
      const parts = [...groups].flatMap(([group, links]) => [element('h2', {}, group), ...links]);
      box.replaceChildren(
        ...((parts.length > 0
          ? parts
          : ([element('p', { class: 'quiet' }, 'Nothing is called so.')] as Child[])) as Node[]),
      );
    };
    search.addEventListener('input', draw);
    draw();
    side.replaceChildren(search, box);
  }

  /** The form of an operation, with what came of it below. */
  function formOf(offered: Listed & Form, index: number): Node[] {
    const inputs = offered.parameters.map((parameter, i) => ({ parameter, input: input(parameter, `${index} ${i}`) }));
    const body = offered.body && area(`body ${index}`, offered.body.text);
    const variables = offered.variables === null ? null : area(`variables ${index}`, offered.variables);
    const authorization = field(
      `authorization ${index}`,
      offered.security.length > 0 ? bearer(offered) : '',
      'Authorization',
    );
    const headers = area(`headers ${index}`, '');
    headers.placeholder = 'Prefer: code=404';
    const curl = element('pre', { class: 'curl' });
    const answer = element('div', { 'aria-live': 'polite' });
    const send = element('button', { class: 'main', type: 'submit' }, 'Send') as HTMLButtonElement;
    const stop = element('button', { type: 'button', hidden: '' }, 'Stop') as HTMLButtonElement;

    const bodyText = () => {
      if (!body || !variables) return body?.value ?? null;
      return JSON.stringify({ query: body.value, variables: parsed(variables.value) });
    };
    const request = () => {
      let path = offered.path;
      const query = new URLSearchParams();
      const sent: Record<string, string> = {};
      for (const { parameter, input } of inputs) {
        const { value } = input;
        if (parameter.in === 'path') path = path.replace(`{${parameter.name}}`, encodeURIComponent(value));
        else if (value !== '' && parameter.in === 'query') query.append(parameter.name, value);
        else if (value !== '' && parameter.in === 'header') sent[parameter.name] = value;
      }
      if (authorization.value !== '') sent['Authorization'] = authorization.value;
      for (const line of headers.value.split('\n')) {
        const [, name, value] = /^([^:]+):\s*(.*)$/.exec(line) ?? [];
        if (name !== undefined) sent[name.trim()] = value!;
      }
      if (body && offered.body) sent['Content-Type'] = variables ? 'application/json' : offered.body.mediaType;
      if (offered.method === 'subscription') sent['Accept'] = 'text/event-stream';
      const method = offered.protocol === 'rest' ? offered.method : 'POST';
      return { url: `${path}${query.size > 0 ? `?${query}` : ''}`, method, headers: sent, body: bodyText() };
    };
    const draw = () => {
      curl.textContent = asCurl(request());
    };
    const block = element('form', {}) as HTMLFormElement;
    block.append(
      ...parts([
        offered.security.length > 0
          ? element('p', { class: 'quiet' }, `Asks for ${offered.security.join(' or ')}.`)
          : null,
        inputs.length > 0 ? element('h2', {}, 'Parameters') : null,
        inputs.length > 0 ? element('div', { class: 'fields' }, ...inputs.flatMap(labelled)) : null,
        body ? heading(body, variables ? 'Operation' : `Body, ${offered.body!.mediaType}`) : null,
        body,
        variables ? heading(variables, 'Variables') : null,
        variables,
        element('h2', {}, 'Headers'),
        element(
          'div',
          { class: 'fields' },
          label('Authorization', authorization),
          authorization,
          label('Further ones', headers),
          headers,
        ),
        element('div', { class: 'row' }, send, stop),
        element('h2', {}, 'As a command'),
        curl,
      ]),
    );
    block.addEventListener('input', draw);
    block.addEventListener('submit', (event) => {
      event.preventDefault();
      const controller = new AbortController();
      leave();
      leave = () => controller.abort();
      const asked = request();
      renewKeys(inputs);
      draw();
      stop.hidden = false;
      stop.onclick = () => controller.abort();
      void call(asked, answer, controller.signal).finally(() => {
        stop.hidden = true;
        void tellHealth();
      });
    });
    draw();
    const title = element(
      'h1',
      {},
      badge(offered.method),
      element('span', offered.deprecated ? { class: 'deprecated' } : {}, offered.name),
    );
    return [title, element('p', { class: 'quiet' }, offered.summary), block, answer];
  }

  /** The same key again would only be answered as before. */
  function renewKeys(
    inputs: readonly { parameter: OfferedParameter; input: HTMLInputElement | HTMLSelectElement }[],
  ): void {
    for (const { parameter, input } of inputs) {
      if (/^idempotency-key$/i.test(parameter.name) && input.value !== '') input.value = crypto.randomUUID();
    }
  }

  /** A token that lets its bearer do what the operation asks for. */
  function bearer({ security }: Form): string {
    const scopes = /\(([^)]*)\)/.exec(security[0] ?? '')?.[1] ?? '';
    return `Bearer dev:${scopes.replaceAll(', ', ',')}`;
  }

  function input(parameter: OfferedParameter, key: string): HTMLInputElement | HTMLSelectElement {
    // What is optional stays out until somebody wants it.
    const begin = typed.get(key) ?? (parameter.required ? parameter.example : '');
    let made: HTMLInputElement | HTMLSelectElement;
    if (parameter.values.length > 0) {
      const options = [...(parameter.required ? [] : ['']), ...parameter.values];
      made = element('select', {}, ...options.map((value) => element('option', { value }, value))) as HTMLSelectElement;
      made.value = options.includes(begin) ? begin : options[0]!;
    } else {
      made = field(key, begin, parameter.name);
      made.placeholder = parameter.example;
    }
    made.id = `field ${key}`.replaceAll(' ', '-');
    made.required = parameter.required && parameter.in === 'path';
    made.addEventListener('input', () => typed.set(key, made.value));
    return made;
  }

  function labelled({ parameter, input }: { parameter: OfferedParameter; input: HTMLElement }): Child[] {
    const mark = parameter.required ? element('span', { class: 'bad', title: 'required' }, ' *') : null;
    const where = element('span', { class: 'quiet' }, ` ${parameter.in}`);
    const description = parameter.description ? element('p', {}, parameter.description.trim().split('\n')[0]!) : null;
    return [element('label', { for: input.id }, parameter.name, mark, where), element('div', {}, input, description)];
  }

  async function call(
    {
      url,
      method,
      headers,
      body,
    }: { url: string; method: string; headers: Record<string, string>; body: string | null },
    into: HTMLElement,
    signal: AbortSignal,
  ): Promise<void> {
    into.replaceChildren(element('p', { class: 'quiet' }, 'Waiting for the answer …'));
    const start = performance.now();
    try {
      const hasBody = body !== null && method !== 'GET' && method !== 'HEAD';
      const response = await fetch(url, { method, headers, signal, cache: 'no-store', ...(hasBody && { body }) });
      const took = Math.round(performance.now() - start);
      const status = `${response.status} ${response.statusText}`.trim();
      const text = element('pre', {});
      into.replaceChildren(
        element('h2', {}, element('span', { class: response.ok ? 'good' : 'bad' }, status), ` in ${took} ms`),
        element('details', {}, element('summary', {}, 'Headers'), element('pre', {}, headerLines(response))),
        text,
      );
      await read(response, text);
    } catch (error) {
      const message = signal.aborted ? 'Stopped.' : `No answer: ${String(error)}`;
      into.append(element('p', { class: signal.aborted ? 'quiet' : 'bad' }, message));
    }
  }

  /** Shows a body as it comes, for streams may never end. */
  async function read(response: Response, into: HTMLElement): Promise<void> {
    const type = response.headers.get('content-type') ?? '';
    if (response.body === null || response.status === 204) {
      into.textContent = '(no body)';
      return;
    }
    const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
    let text = '';
    for (;;) {
      const { done, value } = await reader.read();
      if (done) break;
      text += value;
      into.textContent = text.slice(-500_000);
    }
    into.textContent = (/json/.test(type) ? pretty(text) : text) || '(no body)';
  }

  /** What cannot be read is sent as it is: the mock says what is wrong with it. */
  function parsed(text: string): unknown {
    try {
      return text.trim() === '' ? {} : JSON.parse(text);
    } catch {
      return text;
    }
  }

  function heading(input: HTMLElement, text: string): HTMLElement {
    return element('h2', {}, element('label', { for: input.id }, text));
  }

  function pretty(text: string): string {
    try {
      return JSON.stringify(JSON.parse(text), null, 2);
    } catch {
      return text;
    }
  }

  function headerLines({ headers }: Response): string {
    return [...headers].map(([name, value]) => `${name}: ${value}`).join('\n');
  }

  function asCurl({
    url,
    method,
    headers,
    body,
  }: {
    url: string;
    method: string;
    headers: object;
    body: string | null;
  }): string {
    const quoted = (text: string) => `'${text.replaceAll("'", `'\\''`)}'`;
    const flags = Object.entries(headers).map(([name, value]) => `-H ${quoted(`${name}: ${value}`)}`);
    const data = body !== null ? [`-d ${quoted(body)}`] : [];
    return [
      'curl',
      ...(method === 'GET' ? [] : [`-X ${method}`]),
      quoted(`${location.origin}${url}`),
      ...flags,
      ...data,
    ].join(' ');
  }

  // The records.

  async function showStore(name: string): Promise<void> {
    const { data } = await ask<{ data: Described[] }>('resources');
    const links = data.map((resource) =>
      element(
        'a',
        {
          href: `#store/${encodeURIComponent(resource.name)}`,
          ...(resource.name === name && { 'aria-current': 'true' }),
        },
        resource.name,
        element('span', { class: 'count' }, String(resource.count)),
      ),
    );
    side.replaceChildren(...(links.length > 0 ? links : [element('p', { class: 'quiet' }, 'No resources.')]));
    const chosen = data.find((resource) => resource.name === name) ?? data[0];
    view.replaceChildren(
      ...parts([element('h1', {}, chosen ? chosen.name : 'Store'), storeActions(), chosen ? null : emptyStore()]),
    );
    if (chosen) await showRecords(chosen);
  }

  function emptyStore(): HTMLElement {
    return element('p', {}, 'The documents imply no resources: operations answer with examples and made-up values.');
  }

  function storeActions(): HTMLElement {
    const reset = element('button', { type: 'button' }, 'As it was at the beginning');
    reset.addEventListener('click', () => void fetch(`${root}reset`, { method: 'POST' }).then(show));
    const file = element('input', { type: 'file', accept: 'application/json', id: 'snapshot' }) as HTMLInputElement;
    file.addEventListener('change', async () => {
      const text = await file.files?.[0]?.text();
      if (text === undefined) return;
      const response = await fetch(`${root}snapshot`, { method: 'PUT', body: text });
      if (response.ok) show();
      else view.prepend(element('p', { class: 'bad', role: 'alert' }, (await response.json()).error.message));
    });
    const save = element('a', { href: `${root}snapshot`, download: 'snapshot.json' }, 'Save a snapshot');
    return element('div', { class: 'row' }, reset, save, element('label', { for: 'snapshot' }, 'Put one back'), file);
  }

  async function showRecords(resource: Described): Promise<void> {
    const rows = document.createElement('tbody');
    const more = element('button', { type: 'button', hidden: '' }, 'More') as HTMLButtonElement;
    const load = async (after: string | null) => {
      const query = after === null ? '' : `&after=${encodeURIComponent(after)}`;
      const page = await ask<{ data: Recorded[]; has_more: boolean; next_cursor: string | null }>(
        `resources/${encodeURIComponent(resource.name)}?limit=50${query}`,
      );
      for (const { id, scope, version, value } of page.data) {
        const text = JSON.stringify(value, null, 2);
        const first = JSON.stringify(value).slice(0, 100);
        const shown = element('details', {}, element('summary', { class: 'mono' }, first), element('pre', {}, text));
        const name = [...scope, id].join(' / ');
        rows.append(
          element(
            'tr',
            {},
            element('td', { class: 'mono id' }, name),
            element('td', {}, shown),
            element('td', { class: 'number' }, String(version)),
          ),
        );
      }
      more.hidden = !page.has_more;
      more.onclick = () => void load(page.next_cursor);
    };
    const head = element(
      'thead',
      {},
      element('tr', {}, ...['Id', 'Record', 'Version'].map((name) => element('th', { scope: 'col' }, name))),
    );
    view.append(
      element('p', { class: 'quiet' }, `Reached by ${resource.operations.join(', ') || 'no operation'}.`),
      element('table', { class: 'wide' }, head, rows),
      more,
    );
    await load(null);
  }

  // The requests.

  async function showRequests(): Promise<void> {
    side.replaceChildren();
    const rows = document.createElement('tbody');
    const add = (entry: Entry) => {
      const isBad = entry.protocol === 'grpc' ? entry.status !== 0 : entry.status === 0 || entry.status >= 400;
      rows.prepend(
        element(
          'tr',
          {},
          element('td', {}, new Date(entry.at).toLocaleTimeString()),
          element('td', {}, badge(entry.method)),
          element('td', { class: 'mono' }, entry.target),
          element('td', { class: `number ${isBad ? 'bad' : ''}` }, entry.outcome),
          element('td', { class: 'number' }, `${entry.took.toFixed(1)} ms`),
        ),
      );
      while (rows.rows.length > mostShown) rows.lastElementChild!.remove();
    };
    const clear = element('button', { type: 'button' }, 'Forget them');
    clear.addEventListener(
      'click',
      () => void fetch(`${root}requests`, { method: 'DELETE' }).then(() => rows.replaceChildren()),
    );
    const names = ['Time', 'Method', 'Target', 'Status', 'Took'];
    const head = element('thead', {}, element('tr', {}, ...names.map((name) => element('th', { scope: 'col' }, name))));
    view.replaceChildren(
      element('h1', {}, 'Requests'),
      element('div', { class: 'row' }, clear, element('a', { href: `${root}metrics` }, 'Metrics')),
      element('table', { class: 'wide' }, head, rows),
    );
    const events = new EventSource(`${root}requests`);
    leave = () => events.close();
    events.onmessage = ({ data }) => add(JSON.parse(data));
    const { data } = await ask<{ data: Entry[] }>(`requests?limit=${mostShown}`);
    for (const entry of data.toReversed()) add(entry);
  }

  // The documents.

  async function showDocuments(path: string): Promise<void> {
    const { data } = await ask<{ data: { path: string; language: string }[] }>('documents');
    const chosen = data.find((one) => one.path === path) ?? data[0];
    side.replaceChildren(
      ...data.map((one) =>
        element(
          'a',
          { href: `#documents/${encodeURIComponent(one.path)}`, ...(one === chosen && { 'aria-current': 'true' }) },
          one.path,
          element('span', { class: 'count' }, one.language),
        ),
      ),
    );
    if (!chosen) return;
    const url = `${root}documents/${encodeURIComponent(chosen.path)}`;
    const text = await (await fetch(url)).text();
    const shown = element('pre', { class: 'wide' }, text.slice(0, 1_000_000));
    shown.setAttribute('tabindex', '0');
    view.replaceChildren(
      element('h1', {}, chosen.path),
      element('p', {}, element('a', { href: url }, 'The file itself')),
      shown,
    );
  }

  // The rest.

  async function tellHealth(): Promise<void> {
    try {
      const { documents, languages } = await ask<{ documents: number; languages: string[] }>('health');
      health.className = 'quiet';
      health.textContent = `${documents} ${documents === 1 ? 'document' : 'documents'}: ${languages.join(', ')}`;
    } catch {
      health.className = 'bad';
      health.textContent = 'The mock does not answer.';
    }
  }

  async function ask<T>(path: string): Promise<T> {
    const response = await fetch(`${root}${path}`, { headers: { accept: 'application/json' } });
    if (!response.ok) throw new Error(`${response.status} ${await response.text()}`);
    return (await response.json()) as T;
  }

  function badge(method: string): HTMLElement {
    return element('span', { class: `method ${method.toLowerCase()}` }, method);
  }

  function field(key: string, value: string, name: string): HTMLInputElement {
    const made = element('input', { 'aria-label': name, placeholder: name, spellcheck: 'false' }) as HTMLInputElement;
    made.id = `field ${key}`.replaceAll(' ', '-');
    made.value = typed.get(key) ?? value;
    made.addEventListener('input', () => typed.set(key, made.value));
    return made;
  }

  function area(key: string, value: string): HTMLTextAreaElement {
    const made = element('textarea', { spellcheck: 'false' }) as HTMLTextAreaElement;
    made.id = `field ${key}`.replaceAll(' ', '-');
    made.value = typed.get(key) ?? value;
    made.rows = Math.min(Math.max(made.value.split('\n').length, 2), 24);
    made.addEventListener('input', () => typed.set(key, made.value));
    return made;
  }

  function label(text: string, input: HTMLElement): HTMLElement {
    return element('label', { for: input.id }, text);
  }

  function parts(children: readonly Child[]): (Node | string)[] {
    return children.filter((child) => child !== null);
  }

  function element(name: string, attributes: Readonly<Record<string, string>>, ...children: Child[]): HTMLElement {
    const made = document.createElement(name);
    for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
    made.append(...parts(children));
    return made;
  }
}
