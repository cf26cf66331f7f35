import { isObject, itemsOf, type JsonObject } from './json.ts';
import type { OpenApi } from './openapi.ts';
import type { Pointer } from './pointer.ts';
import type { At } from './references.ts';

/** An entry of a `parameters` list, whatever its location, with the object that it stands for. */
export interface ParameterEntry extends At<JsonObject> {
  /** The entry itself, which may be a reference. */
  readonly used: Pointer;
}

/** What one operation or path item lists itself, of 2.0 with bodies and form fields. References that lead nowhere are left out. */
export function parameterEntries(api: OpenApi, holder: At<JsonObject>): ParameterEntry[] {
  const list = holder.at.child('parameters');
  return itemsOf(holder.value['parameters']).flatMap((value, i) => {
    const used = list.child(i);
    const parameter = api.resolve({ value, at: used });
    return parameter && isObject(parameter.value) ? [{ value: parameter.value, at: parameter.at, used }] : [];
  });
}
