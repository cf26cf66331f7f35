/// <reference lib="dom" />
/// <reference lib="dom.iterable" />
/**
 * The scripts of the page. Each function is put into it as text, so it stands alone: nothing from outside of it, but types
 * and what a browser has. Texts from documents reach the page as text nodes only.
 */
import type { PageData, PageFinding, PageFrame } from './data.ts';

/** Shows the page in the colours that were chosen before, ahead of its first line. */
export function theme(): void {
  try {
    const chosen = localStorage.getItem('apiarch-theme');
    if (chosen === 'light' || chosen === 'dark') document.documentElement.dataset['theme'] = chosen;
  } catch {
    // A browser that keeps nothing shows the colours of the system.
  }
}

/** Makes the button for the colours work, and the list of findings with its filters, which the address keeps. */
export function page(): void {
  /** A way to narrow the findings down. */
  interface Facet {
    /** Its name in the address. */
    readonly key: string;
    readonly title: string;
    /** What can be chosen, and how the page calls it. */
    readonly values: readonly string[];
    readonly labels: readonly string[];
    /** The values that a finding has. */
    readonly of: (finding: PageFinding) => readonly number[];
    /** Whether another facet tells the same apart, so that this one need not be shown. */
    readonly isRedundant: boolean;
    readonly chosen: Set<number>;
    readonly inputs: Map<
      number,
      { readonly row: HTMLElement; readonly box: HTMLInputElement; readonly count: HTMLElement }
    >;
    /** Draws the values that are to be seen. */
    draw: (counts: readonly number[]) => void;
  }
  type Child = Node | string | null;

  const severities = ['error', 'warn', 'info'];
  const severityNames = ['error', 'warning', 'info'];
  /** Findings drawn at a time, and the most that are put on paper. */
  const chunk = 60;
  const mostPrinted = 2000;
  /** Values of a filter that are shown at first, and the most that are shown at all. */
  const fewValues = 8;
  const mostValues = 1000;

  /** Characters that a line of code has room for on most screens. */
  const wideCode = 80;

  themeButton();
  skipLink();
  const block = document.getElementById('data');
  if (block) browse(JSON.parse(block.textContent ?? '') as PageData);

  function themeButton(): void {
    const button = document.getElementById('theme') as HTMLButtonElement;
    const root = document.documentElement;
    const names = ['system', 'light', 'dark'];
    const label = () => {
      button.textContent = `Theme: ${root.dataset['theme'] ?? 'system'}`;
    };
    button.hidden = false;
    button.addEventListener('click', () => {
      const next = names[(names.indexOf(root.dataset['theme'] ?? 'system') + 1) % names.length]!;
      if (next === 'system') delete root.dataset['theme'];
      else root.dataset['theme'] = next;
      label();
      try {
        localStorage.setItem('apiarch-theme', next);
      } catch {
        // It holds until the page is left.
      }
    });
    label();
  }

  /** The address keeps the filters, so the link moves the focus without changing it. */
  function skipLink(): void {
    document.querySelector('.skip')?.addEventListener('click', (event) => {
      const target = document.getElementById('findings');
      event.preventDefault();
      target?.scrollIntoView();
      target?.focus({ preventScroll: true });
    });
  }

  function browse(data: PageData): void {
    const { findings, rules, files, texts } = data;
    const facets = facetsOf(data);
    const haystacks: string[] = [];
    let query = '';
    let words: string[] = [];
    let fingerprint = '';
    let grouping: 'file' | 'rule' = 'file';
    let shown: number[] = [];
    let drawn = 0;
    let lastGroup = -1;
    let groupSizes = new Map<number, number>();

    const search = element('input', { type: 'search', id: 'search', autocomplete: 'off', spellcheck: 'false' });
    const status = element('p', { role: 'status', class: 'status' });
    const clear = element('button', { type: 'button', class: 'clear' }, 'Clear filters');
    const group = element(
      'select',
      { id: 'group' },
      element('option', { value: 'file' }, 'file'),
      element('option', { value: 'rule' }, 'rule'),
    );
    const list = element('div', { class: 'list' });
    const more = element('button', { type: 'button', class: 'more' }, 'Show more findings');
    const panel = element('form', {
      class: 'filters',
      id: 'filters',
      role: 'search',
      'aria-label': 'Filter the findings',
    });
    const opener = element(
      'button',
      { type: 'button', class: 'opener', 'aria-expanded': 'false', 'aria-controls': 'filters' },
      'Filters',
    );

    layOut();
    listen();
    const linked = readAddress();
    update();
    if (linked) document.getElementById('findings')?.scrollIntoView();

    function layOut(): void {
      panel.append(...facets.map((facet) => facetBox(facet, findings, update)));
      const bar = element(
        'div',
        { class: 'tools' },
        opener,
        element('label', { for: 'search', class: 'find' }, element('span', {}, 'Search'), search),
        element('label', { for: 'group', class: 'by' }, element('span', {}, 'Group by'), group),
      );
      const results = element(
        'div',
        { class: 'results' },
        element('div', { class: 'state' }, status, clear),
        list,
        more,
      );
      document.getElementById('browser')?.append(element('div', { class: 'columns' }, bar, panel, results));
    }

    function listen(): void {
      panel.addEventListener('submit', (event) => event.preventDefault());
      search.addEventListener('input', () => {
        setQuery(search.value);
        update();
      });
      group.addEventListener('change', () => {
        grouping = group.value === 'rule' ? 'rule' : 'file';
        update();
      });
      clear.addEventListener('click', () => {
        reset();
        update();
        search.focus();
      });
      opener.addEventListener('click', () => {
        const open = panel.classList.toggle('open');
        opener.setAttribute('aria-expanded', String(open));
      });
      more.addEventListener('click', () => {
        const first = drawn;
        draw();
        (list.querySelectorAll('article')[first] as HTMLElement | undefined)?.focus();
      });
      new IntersectionObserver(
        (entries) => {
          if (entries.some(({ isIntersecting }) => isIntersecting)) draw();
        },
        { rootMargin: '1200px' },
      ).observe(more);
      list.addEventListener('keydown', moveByKey);
      window.addEventListener('beforeprint', () => {
        while (drawn < Math.min(shown.length, mostPrinted)) draw();
      });
      window.addEventListener('hashchange', () => {
        if (!readAddress()) return;
        update();
        document.getElementById('findings')?.scrollIntoView();
      });
    }

    /** In the list, `j` leads to the next finding and `k` to the one before. */
    function moveByKey(event: KeyboardEvent): void {
      if ((event.key !== 'j' && event.key !== 'k') || event.ctrlKey || event.metaKey || event.altKey) return;
      const all = [...list.querySelectorAll('article')];
      const at = all.findIndex((article) => article.contains(document.activeElement));
      const next = all[at + (event.key === 'j' ? 1 : -1)];
      if (!next) return;
      event.preventDefault();
      next.focus();
      next.scrollIntoView({ block: 'nearest' });
    }

    function setQuery(text: string): void {
      query = text;
      words = text.toLowerCase().split(/\s+/).filter(Boolean);
    }

    function reset(): void {
      setQuery('');
      search.value = '';
      fingerprint = '';
      for (const { chosen } of facets) chosen.clear();
    }

    /** Takes over what the address says; false where it says nothing, or names a part of the page. */
    function readAddress(): boolean {
      const said = location.hash.slice(1);
      if (said !== '' && !said.includes('=')) return false;
      const address = new URLSearchParams(said);
      reset();
      for (const { key, values, chosen } of facets) {
        for (const value of address.getAll(key)) {
          const index = values.indexOf(value);
          if (index !== -1) chosen.add(index);
        }
      }
      setQuery(address.get('q') ?? '');
      search.value = query;
      fingerprint = address.get('finding') ?? '';
      const by = address.get('group');
      if (by === 'rule' || by === 'file') grouping = by;
      group.value = grouping;
      return said !== '';
    }

    function address(): string {
      const parts: string[] = [];
      const add = (key: string, value: string) =>
        parts.push(`${key}=${encodeURIComponent(value).replaceAll('%2F', '/')}`);
      for (const { key, values, chosen } of facets) for (const index of chosen) add(key, values[index]!);
      if (query !== '') add('q', query);
      if (fingerprint !== '') add('finding', fingerprint);
      if (grouping !== 'file') add('group', grouping);
      return parts.length === 0 ? '' : `#${parts.join('&')}`;
    }

    function keepAddress(): void {
      if (location.hash === address() || (location.hash !== '' && !location.hash.includes('='))) return;
      try {
        history.replaceState(null, '', address() || location.pathname + location.search);
      } catch {
        // Some browsers allow so many changes in a while, and none inside of a sandbox.
      }
    }

    function update(): void {
      const counts = filter();
      for (const [i, facet] of facets.entries()) facet.draw(counts[i]!);
      arrange();
      list.replaceChildren();
      drawn = 0;
      lastGroup = -1;
      draw();
      const narrowed = query !== '' || fingerprint !== '' || facets.some(({ chosen }) => chosen.size > 0);
      clear.hidden = !narrowed;
      status.textContent = narrowed
        ? `${figure(shown.length)} of ${figure(findings.length)} findings`
        : `${figure(findings.length)} ${findings.length === 1 ? 'finding' : 'findings'}`;
      if (shown.length === 0) list.append(element('p', { class: 'card nothing' }, 'No finding fits all filters.'));
      keepAddress();
    }

    /** Sets what is shown, and counts for each facet what each value would show beside the other filters. */
    function filter(): number[][] {
      const counts = facets.map(({ values }) => values.map(() => 0));
      shown = [];
      for (let i = 0; i < findings.length; i++) {
        if (!fits(i)) continue;
        let missed = -1;
        let misses = 0;
        for (let f = 0; f < facets.length && misses < 2; f++) {
          const { chosen, of } = facets[f]!;
          if (chosen.size === 0 || of(findings[i]!).some((value) => chosen.has(value))) continue;
          missed = f;
          misses++;
        }
        if (misses === 0) shown.push(i);
        for (let f = 0; f < facets.length; f++) {
          if (misses > 1 || (misses === 1 && missed !== f)) continue;
          for (const value of facets[f]!.of(findings[i]!)) counts[f]![value]!++;
        }
      }
      return counts;
    }

    function fits(i: number): boolean {
      if (fingerprint !== '' && findings[i]!.i !== fingerprint) return false;
      return words.length === 0 || words.every((word) => haystack(i).includes(word));
    }

    function haystack(i: number): string {
      const { m, h, e, r, f, i: id } = findings[i]!;
      haystacks[i] ??= [m, h === undefined ? '' : texts[h], e, rules[r]!.id, files[f], id].join('\n').toLowerCase();
      return haystacks[i];
    }

    /** Groups in the order of the report: files by name; rules the loudest first, then those that found the most. */
    function arrange(): void {
      groupSizes = new Map();
      for (const i of shown) {
        const key = groupOf(i);
        groupSizes.set(key, (groupSizes.get(key) ?? 0) + 1);
      }
      if (grouping === 'file') return;
      const loudness = new Map<number, number>();
      for (const i of shown) {
        const { r, s } = findings[i]!;
        loudness.set(r, Math.min(s, loudness.get(r) ?? s));
      }
      shown.sort((a, b) => {
        const [one, other] = [findings[a]!.r, findings[b]!.r];
        if (one === other) return a - b;
        return (
          loudness.get(one)! - loudness.get(other)! ||
          groupSizes.get(other)! - groupSizes.get(one)! ||
          (rules[one]!.id < rules[other]!.id ? -1 : 1)
        );
      });
    }

    function groupOf(i: number): number {
      return grouping === 'file' ? findings[i]!.f : findings[i]!.r;
    }

    /** Draws the next few findings, with a heading where a group begins. */
    function draw(): void {
      const fresh = document.createDocumentFragment();
      for (const i of shown.slice(drawn, drawn + chunk)) {
        if (groupOf(i) !== lastGroup) {
          lastGroup = groupOf(i);
          fresh.append(groupHeading(lastGroup));
        }
        fresh.append(findingCard(findings[i]!));
      }
      drawn = Math.min(shown.length, drawn + chunk);
      list.append(fresh);
      more.hidden = drawn >= shown.length;
    }

    function groupHeading(key: number): HTMLElement {
      const rule = grouping === 'rule' ? rules[key] : undefined;
      return element(
        'div',
        { class: 'group' },
        element(
          'h3',
          {},
          rule ? rule.id : files[key]!,
          ' ',
          element('span', { class: 'count' }, figure(groupSizes.get(key)!)),
        ),
        rule?.summary ? element('p', {}, `Checks that ${rule.summary}.`) : null,
      );
    }

    function findingCard(finding: PageFinding): HTMLElement {
      const { r, s, f, p, m, h, x, c, o } = finding;
      const position = `${p[0]}:${p[1]}`;
      const rule = rules[r]!;
      return element(
        'article',
        { class: `finding ${severities[s]}`, tabindex: '-1' },
        element('h4', {}, element('span', { class: 'badge' }, severityNames[s]!), ' ', ...coded(m)),
        element(
          'p',
          { class: 'where' },
          element('span', { class: 'place' }, grouping === 'file' ? position : `${files[f]}:${position}`),
          element('a', { href: `#rule=${encodeURIComponent(rule.id).replaceAll('%2F', '/')}` }, rule.id),
          x
            ? element('span', { class: 'fixable', title: texts[x[1]]! }, x[0] === 1 ? 'fixable' : 'fixable (unsafe)')
            : null,
        ),
        c ? frame(c) : null,
        h === undefined ? null : element('p', { class: 'help' }, ...coded(texts[h]!)),
        o
          ? element(
              'ul',
              { class: 'related', 'aria-label': 'Related places' },
              ...o.map(([file, line, column, text]) =>
                element(
                  'li',
                  {},
                  element('span', { class: 'place' }, `${files[file]}:${line}:${column}`),
                  ' ',
                  ...coded(texts[text]!),
                ),
              ),
            )
          : null,
        whyBox(finding),
      );
    }

    /** What is not needed at first glance; made when it is opened. */
    function whyBox({ r, e, i, x }: PageFinding): HTMLElement {
      const rule = rules[r]!;
      const box = element('details', { class: 'why' }, element('summary', {}, 'Why, and where exactly'));
      const fill = () => {
        const facts = element('dl', {});
        const add = (name: string, ...value: Child[]) =>
          facts.append(element('dt', {}, name), element('dd', {}, ...value));
        if (x)
          add(
            'Fix',
            ...coded(texts[x[1]]!),
            ' (',
            element('code', {}, x[0] === 1 ? 'apiarch lint --fix' : 'apiarch lint --fix --unsafe-fixes'),
            ')',
          );
        if (e !== '') add('Element', element('code', {}, e));
        add(
          'Fingerprint',
          element('a', { href: `#finding=${i}`, title: 'A link to this finding' }, element('code', {}, i)),
        );
        if (rule.url !== null) add('Rule', element('a', { href: rule.url, rel: 'noreferrer' }, rule.url));
        else if (rule.summary !== '') add('More', element('code', {}, `apiarch explain ${rule.id}`));
        if (rule.summary !== '')
          box.append(element('p', {}, element('b', {}, 'The rule checks that '), ...coded(`${rule.summary}.`)));
        if (rule.why !== '')
          box.append(...rule.why.split(/\n{2,}/).map((part) => element('p', {}, ...coded(part.replaceAll('\n', ' ')))));
        box.append(facts);
      };
      box.addEventListener('toggle', fill, { once: true });
      return box;
    }

    function frame([first, lines, skip, marks]: PageFrame): HTMLElement {
      const code = element('code', {});
      for (const [i, index] of lines.entries()) {
        const text = texts[index]!;
        const mark = 2 * (i - skip);
        const from = marks[mark];
        const to = marks[mark + 1];
        const isMarked = i >= skip && from !== undefined && to !== undefined;
        code.append(
          element(
            'span',
            { class: isMarked ? 'row marked' : 'row' },
            element('span', { class: 'number', 'data-number': String(first + i) }),
            ...(isMarked
              ? [text.slice(0, from), element('mark', {}, text.slice(from, to) || ' '), text.slice(to)]
              : [text]),
            '\n',
          ),
        );
      }
      // What may have to be scrolled can be reached by key.
      const isWide = lines.some((index) => texts[index]!.length > wideCode);
      const region = { role: 'group', tabindex: '0', 'aria-label': `Code from line ${first}` };
      return element('pre', isWide ? region : {}, code);
    }
  }

  function facetsOf({ rules, files, apis }: PageData): Facet[] {
    const apisOfFile: number[][] = files.map(() => []);
    for (const [i, api] of apis.entries()) for (const file of api.files) apisOfFile[file]!.push(i);
    const principles = [...new Set(rules.map(({ principle }) => principle))].sort();
    const ids = rules.map(({ id }) => id);
    const names = apis.map(({ name }) => name);
    const all = [
      facet('severity', 'Severity', severities, ({ s }) => [s]),
      facet('principle', 'Principle', principles, ({ r }) => [principles.indexOf(rules[r]!.principle)]),
      facet('rule', 'Rule', ids, ({ r }) => [r]),
      facet('api', 'API', names, ({ f }) => apisOfFile[f]!),
      facet('file', 'File', files, ({ f }) => [f]),
      facet('fixable', 'Fix', ['no', 'safe', 'unsafe'], ({ x }) => [x?.[0] ?? 0]),
    ];
    const labels: Readonly<Record<string, readonly string[]>> = {
      severity: severityNames,
      fixable: ['by hand', 'safe fix', 'unsafe fix'],
    };
    // Where each API has one file, the files tell the APIs apart.
    const isRedundant = apis.every((api) => api.files.length < 2);
    return all.map((one) => ({
      ...one,
      labels: labels[one.key] ?? one.values,
      isRedundant: one.key === 'api' && isRedundant,
    }));
  }

  function facet(key: string, title: string, values: readonly string[], of: Facet['of']): Facet {
    const inputs: Facet['inputs'] = new Map();
    return { key, title, values, labels: values, of, isRedundant: false, chosen: new Set(), inputs, draw: () => {} };
  }

  /** The box of one filter: its values with a count each, the most frequent first. */
  function facetBox(facet: Facet, findings: readonly PageFinding[], changed: () => void): HTMLElement {
    const totals = facet.values.map(() => 0);
    for (const finding of findings) for (const value of facet.of(finding)) totals[value]!++;
    const order = facet.values.map((_, i) => i).filter((i) => totals[i]! > 0);
    const isRanked = facet.key !== 'severity' && facet.key !== 'fixable';
    const isNoChoice = order.length < 2 || facet.isRedundant;
    const box = element('fieldset', { hidden: isNoChoice ? '' : null }, element('legend', {}, facet.title));
    const rows = element('div', { class: 'values' });
    const all = element('button', { type: 'button', class: 'all', 'aria-expanded': 'false' });
    let open = false;
    let last: readonly number[] = totals;
    all.addEventListener('click', () => {
      open = !open;
      all.setAttribute('aria-expanded', String(open));
      facet.draw(last);
    });
    box.append(rows);
    if (order.length > fewValues) box.append(all);
    facet.draw = (counts) => {
      last = counts;
      // A choice in this box leaves its own counts as they are, so nothing moves under the pointer.
      if (isRanked) order.sort((a, b) => counts[b]! - counts[a]! || totals[b]! - totals[a]! || a - b);
      const hasFocus = (value: number) => facet.inputs.get(value)?.box === document.activeElement;
      const seen = order.filter(
        (value, i) => i < (open ? mostValues : fewValues) || facet.chosen.has(value) || hasFocus(value),
      );
      const wanted = new Set(seen);
      for (const [value, { row }] of facet.inputs) if (!wanted.has(value)) row.remove();
      for (const [i, value] of seen.entries()) {
        const { row, box, count } = facet.inputs.get(value) ?? valueRow(facet, value, changed);
        box.checked = facet.chosen.has(value);
        count.textContent = figure(counts[value]!);
        row.classList.toggle('empty', counts[value] === 0);
        if (rows.children[i] !== row) rows.insertBefore(row, rows.children[i] ?? null);
      }
      all.textContent = open ? 'Show fewer' : `Show all ${figure(order.length)}`;
    };
    return box;
  }

  function valueRow(facet: Facet, value: number, changed: () => void) {
    const box = element('input', { type: 'checkbox', name: facet.key, value: facet.values[value]! });
    const count = element('span', { class: 'count' });
    const label = facet.labels[value]!;
    const row = element('label', {}, box, element('span', { class: 'label', title: label }, label), count);
    box.addEventListener('change', () => {
      if (box.checked) facet.chosen.add(value);
      else facet.chosen.delete(value);
      changed();
    });
    const input = { row, box, count };
    facet.inputs.set(value, input);
    return input;
  }

  function element<K extends keyof HTMLElementTagNameMap>(
    name: K,
    attributes: Readonly<Record<string, string | null>>,
    ...children: readonly Child[]
  ): HTMLElementTagNameMap[K] {
    const made = document.createElement(name);
    for (const [key, value] of Object.entries(attributes)) if (value !== null) made.setAttribute(key, value);
    made.append(...children.filter((child) => child !== null));
    return made;
  }

  /** A text with what stands in backticks as code. */
  function coded(text: string): Child[] {
    return text.split(/`([^`]*)`/).map((part, i) => (i % 2 === 1 ? element('code', {}, part) : part));
  }

  function figure(count: number): string {
    return count.toLocaleString('en');
  }
}
