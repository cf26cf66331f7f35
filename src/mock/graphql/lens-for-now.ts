// biome-ignore-all lint: stands in until the lens is there
// @ts-nocheck
export function revealField(item, _r, f) {
  return item.value[f.name];
}
export function absorb(w) {
  return { value: w, extra: {} };
}
export function homePath(_r, _s, p) {
  return p;
}
