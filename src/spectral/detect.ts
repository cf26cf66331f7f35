/**
 * Whether a file is a Spectral ruleset rather than one of ours: by its name, its rules, or what it extends. Loads no parser.
 * @param path only its last part counts
 */
export function isSpectralRuleset(path: string, text: string): boolean {
  const name = path.split(/[\\/]/).at(-1)!.toLowerCase();
  if (/(?:^|[.-])spectral\./.test(name)) return true;
  const bare = text.replace(/(?<=^|\s)#.*/gm, '');
  return (hasKey('given', bare) && hasKey('then', bare)) || extendsOwn.test(bare);
}

/** As a key in YAML, JSON or JavaScript. */
function hasKey(key: string, text: string): boolean {
  return new RegExp(`(?:^|[\\s{,"'])${key}["']?\\s*:`).test(text);
}

/** `extends` with a ruleset of Spectral's own: alone, in a list, in a pair with a level. */
const extendsOwn = /(?:^|[\s{,"'])extends["']?\s*:[^:]*?\bspectral:\w/;
