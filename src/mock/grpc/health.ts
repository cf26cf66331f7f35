import type { JsonObject } from '../json.ts';
import { notFound } from './status.ts';

/** The text of grpc/health/v1/health.proto, as clients know it. */
export const healthText = `syntax = "proto3"; package grpc.health.v1;
message HealthCheckRequest { string service = 1; }
message HealthCheckResponse { enum ServingStatus { UNKNOWN = 0; SERVING = 1; NOT_SERVING = 2; SERVICE_UNKNOWN = 3; } ServingStatus status = 1; }
message HealthListRequest {}
message HealthListResponse { map<string, HealthCheckResponse> statuses = 1; }
service Health { rpc Check(HealthCheckRequest) returns (HealthCheckResponse); rpc List(HealthListRequest) returns (HealthListResponse);
  rpc Watch(HealthCheckRequest) returns (stream HealthCheckResponse); }
`;

/** Tells whether services are served: all are, until the server stops. */
export class Health {
  readonly #services: ReadonlySet<string>;
  readonly #watchers = new Set<(status: string) => void>();
  #status = 'SERVING';

  /** @param services full names; the empty one stands for the server */
  constructor(services: readonly string[]) {
    this.#services = new Set(['', ...services]);
  }

  /** @throws StatusError NOT_FOUND for services that are not there */
  check({ service = '' }: JsonObject): JsonObject {
    if (!this.#services.has(String(service))) throw notFound('service', String(service));
    return { status: this.#status };
  }

  list(): JsonObject {
    return { statuses: Object.fromEntries([...this.#services].map((name) => [name, { status: this.#status }])) };
  }

  /** @returns what stops it */
  watch({ service = '' }: JsonObject, send: (answer: JsonObject) => void): () => void {
    if (!this.#services.has(String(service))) {
      send({ status: 'SERVICE_UNKNOWN' });
      return () => {};
    }
    const tell = (status: string) => send({ status });
    tell(this.#status);
    this.#watchers.add(tell);
    return () => this.#watchers.delete(tell);
  }

  /** The server stops: watchers are told. */
  stop(): void {
    this.#status = 'NOT_SERVING';
    for (const tell of this.#watchers) tell(this.#status);
    this.#watchers.clear();
  }
}
