// Lets the sources import a `.yaml` file as the data it holds: used by the build and by the tests alike.
import { readFile } from 'node:fs/promises';
import { parse } from 'yaml';

/** @returns a plugin for rolldown and vite */
export function yamlAsData() {
  return {
    name: 'yaml-as-data',
    async load(id) {
      if (!id.endsWith('.yaml')) return null;
      const data = parse(await readFile(id, 'utf8'));
      return { code: `export default ${JSON.stringify(data)};`, moduleType: 'js', map: { mappings: '' } };
    },
  };
}
