/** The versions that packages carry (AIP-215, and Buf's PACKAGE_VERSION_SUFFIX). */
import type { Protobuf } from '../../languages/protobuf/protobuf.ts';
import { files, memoised, services } from '../../languages/protobuf/select.ts';
import type { ImportNode } from '../../languages/protobuf/tree.ts';

/** A package that carries a version. */
export interface VersionedPackage {
  /** What comes before the version: `shop.orders` of `shop.orders.v1`. */
  readonly stem: string;
  /** As written: `v1`, `v1beta1`, `v1p1alpha1`. */
  readonly version: string;
  /** Whether nothing in it says alpha, beta or test. */
  readonly isStable: boolean;
}

const form = /^v[1-9]\d*(?:p[1-9]\d*)?((?:alpha|beta|eap|test|main)\w*)?$/;

/** Whether a component of a package's name is a version. */
export function isVersion(component: string): boolean {
  return form.test(component);
}

/** A package with its version, or null where its last component is none. */
export function versioned(packageName: string): VersionedPackage | null {
  const dot = packageName.lastIndexOf('.');
  const version = packageName.slice(dot + 1);
  const parts = form.exec(version);
  return parts && { stem: packageName.slice(0, Math.max(0, dot)), version, isStable: parts[1] === undefined };
}

/** The package that an import brings in; of a file that is not at hand, what its path says; null where that is not certain. */
export function importedPackage(api: Protobuf, node: ImportNode): string | null {
  const target = api.target(node);
  if (target !== null && typeof target === 'object') return target.packageName || null;
  const folders = node.path.value.split('/').slice(0, -1);
  return isVersion(folders.at(-1) ?? '') ? folders.join('.') : null;
}

/** The packages that hold types for many packages and versions, and need no version themselves (AIP-213). */
export const commonPackages = memoised((api): ReadonlySet<string> => {
  const serving = new Set(services(api).map(({ file }) => file.packageName));
  const names = files(api).map((file) => file.package);
  return new Set(names.filter((name) => published.has(name) || (!serving.has(name) && holdsCommonTypes.test(name))));
});

const published = new Set(
  'google.api google.rpc google.rpc.context google.type google.longrunning google.protobuf google.logging.type'.split(
    ' ',
  ),
);
const holdsCommonTypes = /(?:^|\.)(?:types?|common|shared)$/;
