import type { OpenApi } from '../../languages/openapi/openapi.ts';
import { type Property, propertiesOf } from '../../languages/openapi/select.ts';
import type { Representation } from './resources.ts';

/** The property with the links, of an object as it travels or of its envelope; undefined where it carries none. */
export function linksOf(api: OpenApi, { properties, body }: Representation): Property | undefined {
  const all = [...properties.values(), ...propertiesOf(api, body).values()];
  return all.find(({ name }) => /^_?links$/i.test(name));
}
