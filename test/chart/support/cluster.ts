import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import type { DatabaseConfig } from '../../../src/config/config.js';
import { createEmptyDatabase, dropDatabase } from '../../support/app.js';
import { DISCOVERY } from './discovery.js';
import { helmWith } from './helm.js';
import { temporaryFolder } from '../../support/temporary-folder.js';

interface Stored {
  kind: string;
  metadata: { name: string; labels?: Record<string, string> };
  data?: Record<string, string>;
}

/**
 * As much of Kubernetes' API as Helm needs to install, upgrade and uninstall: it keeps what it is given, by path, and runs
 * nothing.
 */
export interface Cluster {
  /** Runs Helm on it, in the namespace `delivery`. */
  helm(...words: string[]): Promise<string>;
  /** The paths of what it keeps. */
  kept(): string[];
  secret(name: string): Record<string, string> | undefined;
  remove(path: string): void;
  stop(): Promise<void>;
}

export const IN_DELIVERY = '/api/v1/namespaces/delivery';

export async function startCluster(): Promise<Cluster> {
  const store = new Map<string, Stored>();
  // Helm's own notes: it would send them to the cluster in Kubernetes' binary format.
  const database = await createEmptyDatabase();
  const server = createServer((request, response) => {
    const refused = (): [number, object] => [400, failure('BadRequest', 400)];
    void answer(store, request)
      .catch(refused)
      .then(([status, body]) => response.writeHead(status, JSON_TYPE).end(JSON.stringify(body)));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const place = ['--namespace', 'delivery', '--kubeconfig', kubeconfigFor(server)];
  return {
    helm: (...words) => helmWith(notesIn(database), ...words, ...place),
    kept: () => [...store.keys()].toSorted(),
    secret: (name) => store.get(`${IN_DELIVERY}/secrets/${name}`)?.data,
    remove: (path) => void store.delete(path),
    stop: async () => {
      server.close();
      await dropDatabase(database);
    },
  };
}

function notesIn({ host, port, name, user = '', password = '' }: DatabaseConfig): Record<string, string> {
  const login = `${encodeURIComponent(user)}:${encodeURIComponent(password)}`;
  const url = `postgresql://${login}@${host}:${port}/${name}?sslmode=disable`;
  return { HELM_DRIVER: 'sql', HELM_DRIVER_SQL_CONNECTION_STRING: url };
}

async function answer(store: Map<string, Stored>, request: IncomingMessage): Promise<[number, object]> {
  const { pathname: path, searchParams } = new URL(request.url ?? '', 'http://cluster');
  const known = DISCOVERY[path];
  if (known) return [200, known];
  if (request.method === 'GET') return found(store, path, searchParams.get('labelSelector'));
  if (request.method === 'DELETE') return store.delete(path) ? [200, DONE] : [404, failure('NotFound', 404)];
  const sent = JSON.parse(await text(request)) as Stored;
  const place = request.method === 'POST' ? `${path}/${sent.metadata.name}` : path;
  if (request.method === 'POST' && store.has(place)) return [409, failure('AlreadyExists', 409)];
  const kept = merged(store.get(place), sent);
  store.set(place, kept);
  return [request.method === 'POST' ? 201 : 200, kept];
}

function found(store: Map<string, Stored>, path: string, selector: string | null): [number, object] {
  const one = store.get(path);
  if (one) return [200, one];
  if (!/\/namespaces\/\w+\/\w+$/.test(path)) return [404, failure('NotFound', 404)];
  const wanted = (selector ?? '').split(',').filter(Boolean);
  const matches = ({ metadata }: Stored): boolean =>
    wanted.every((pair) => pair === `${pair.split('=')[0]}=${metadata.labels?.[pair.split('=')[0] ?? '']}`);
  const items = [...store]
    .filter(([key, value]) => key.startsWith(`${path}/`) && matches(value))
    .map(([, value]) => value);
  return [200, { kind: 'List', apiVersion: 'v1', items }];
}

/** As a patch is merged into what is there: what it sets to null goes. Enough for the data of Secrets. */
function merged<T>(old: T | undefined, patch: T): T {
  if (typeof patch !== 'object' || patch === null || Array.isArray(patch)) return patch;
  const inner = Object.entries(patch).map(([key, value]) => [
    key,
    merged((old as Record<string, unknown>)?.[key], value),
  ]);
  const all = Object.entries({ ...old, ...Object.fromEntries(inner) } as object);
  return Object.fromEntries(all.filter(([, value]) => value !== null)) as T;
}

const JSON_TYPE = { 'content-type': 'application/json' };
const DONE = { kind: 'Status', apiVersion: 'v1', status: 'Success' };
const failure = (reason: string, code: number): object => ({
  kind: 'Status',
  apiVersion: 'v1',
  status: 'Failure',
  reason,
  code,
});

function kubeconfigFor(server: Server): string {
  const { port } = server.address() as AddressInfo;
  const file = join(temporaryFolder(), 'config');
  const config = {
    apiVersion: 'v1',
    kind: 'Config',
    clusters: [{ name: 'test', cluster: { server: `http://127.0.0.1:${port}` } }],
    users: [{ name: 'test', user: {} }],
    contexts: [{ name: 'test', context: { cluster: 'test', user: 'test' } }],
    'current-context': 'test',
  };
  writeFileSync(file, JSON.stringify(config));
  return file;
}
