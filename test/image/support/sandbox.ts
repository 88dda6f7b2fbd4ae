import { spawn, type ChildProcess, type SpawnOptions } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** Where the files of a stage are: `layer` holds what it has put over the file system of this machine, its base. */
export interface Layer {
  layer: string;
  work: string;
  root: string;
}

export function aLayer(folder: string): Layer {
  const layer = { layer: join(folder, 'layer'), work: join(folder, 'work'), root: join(folder, 'root') };
  for (const one of Object.values(layer)) mkdirSync(one, { recursive: true });
  return layer;
}

const DEVICES = 'mount --rbind /dev "$ROOT/dev" && mount -t proc proc "$ROOT/proc"';
const OVERLAY = 'lowerdir=/,upperdir=$LAYER,workdir=$WORK';
const mount = (how: 'rw' | 'ro') => `mount -t overlay overlay -o "${how},${OVERLAY}" "$ROOT" && ${DEVICES}`;

/** Runs a RUN instruction: as root, on a file system of its own, whose changes stay in the layer. */
export async function runInLayer(layer: Layer, workdir: string, script: string, env: NodeJS.ProcessEnv): Promise<void> {
  const inside = 'exec chroot "$ROOT" sh -c "cd \\"\\$0\\" && $SCRIPT" "$WORKDIR"';
  const child = unshare(['--mount'], `${mount('rw')} && ${inside}`, layer, {
    env: { ...env, WORKDIR: workdir, SCRIPT: script },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const output = outputOf(child);
  const [code] = (await once(child, 'close')) as [number | null];
  if (code !== 0) throw new Error(`${script}\nended with ${code}:\n${output()}`);
}

/** A process in a container: the first one there, not root, without rights, on a file system that is read only. */
export interface Container {
  output(): string;
  /** As `docker stop` does: tells the first process. */
  signal(signal: NodeJS.Signals): Promise<void>;
  /** The id of the first process, as seen from this machine. */
  pid(): Promise<number>;
  ended: Promise<number | null>;
}

const SHUT_IN = 'setpriv --reuid "$ID_U" --regid "$ID_G" --clear-groups --no-new-privs --bounding-set=-all';

export function runContainer(
  layer: Layer,
  words: string[],
  { workdir, user, env }: { workdir: string; user: string; env: Record<string, string> },
): Container {
  const [ID_U = '', ID_G = ''] = user.split(':');
  const given = Object.entries(env).map(([name, value]) => `${name}=${value}`);
  const inside = `exec chroot "$ROOT" ${SHUT_IN} env -i -C "$WORKDIR" "$@"`;
  const child = unshare(
    ['--mount', '--pid', '--fork', '--kill-child'],
    `${mount('ro')} && ${inside}`,
    layer,
    { env: { PATH: process.env['PATH'], WORKDIR: workdir, ID_U, ID_G }, stdio: ['ignore', 'pipe', 'pipe'] },
    [...given, ...words],
  );
  const ended = once(child, 'close').then(([code]) => code as number | null);
  const pid = () => firstChild(child.pid ?? 0);
  return {
    output: outputOf(child),
    signal: async (signal) => void process.kill(await pid(), signal),
    pid,
    ended,
  };
}

function unshare(flags: string[], script: string, layer: Layer, options: SpawnOptions, words: string[] = []) {
  const { layer: LAYER, work: WORK, root: ROOT } = layer;
  return spawn('unshare', [...flags, 'sh', '-ec', script, 'sh', ...words], {
    ...options,
    env: { ...options.env, LAYER, WORK, ROOT },
  });
}

function outputOf(child: ChildProcess): () => string {
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', (chunk: Buffer) => (output += String(chunk)));
  return () => output;
}

async function firstChild(pid: number): Promise<number> {
  const children = await readFile(`/proc/${pid}/task/${pid}/children`, 'utf8');
  return Number(children.trim().split(' ')[0]);
}
