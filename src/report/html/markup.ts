/** Text that is HTML already. */
export interface Markup {
  readonly html: string;
}

/** What may stand in a template: text and numbers are escaped, markup is not, `null` is nothing. */
export type Piece = string | number | Markup | readonly Markup[] | null;

/** HTML with what is put in escaped, in text as in quoted attributes: ``markup`<b>${name}</b>` ``. */
export function markup(strings: TemplateStringsArray, ...pieces: readonly Piece[]): Markup {
  return {
    html: strings.map((text, index) => text + (index < pieces.length ? inserted(pieces[index]!) : '')).join(''),
  };
}

function inserted(piece: Piece): string {
  if (piece === null) return '';
  if (typeof piece === 'string') return escaped(piece);
  if (typeof piece === 'number') return String(piece);
  return 'html' in piece ? piece.html : piece.map(({ html }) => html).join('');
}

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (character) => entities[character]!);
}

/** A number as the page writes it: `7,606`. */
export function written(count: number): string {
  return String(count).replace(/\B(?=(?:\d{3})+$)/g, ',');
}

/** `1 file`, `7,606 files`. */
export function counted(count: number, noun: string): string {
  return `${written(count)} ${noun}${count === 1 ? '' : 's'}`;
}
