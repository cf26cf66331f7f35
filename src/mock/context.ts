import type { Api } from '../languages/language.ts';
import type { Traffic } from './admin/traffic.ts';
import type { Roles } from './resources/roles.ts';
import type { Recorder } from './rest/proxy/recorder.ts';
import type { MockSettings } from './settings.ts';
import type { Store } from './store/store.ts';

/** What the protocols of a mock share. */
export interface Context {
  readonly settings: MockSettings;
  readonly apis: readonly Api[];
  readonly roles: Roles;
  readonly store: Store;
  /** Milliseconds since 1970, by the mock's clock. */
  now(): number;
  /** What was asked and answered. */
  readonly traffic: Traffic;
  /** Takes what the proxy passes on; null and undefined: nobody wants it. */
  readonly recorder?: Recorder | null;
  /** One line for whoever watches the mock: what could not be done. */
  log(line: string): void;
}
