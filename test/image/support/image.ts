import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import { readDocument, ROOT } from '../../support/documents.js';
import { execForm, pairs, stagesOf, type Instruction } from './dockerfile.js';
import { aLayer, runContainer, runInLayer, type Container, type Layer } from './sandbox.js';
import { temporaryFolder } from '../../support/temporary-folder.js';

/** What a stage has come to; the last one is the image. */
export interface Built extends Layer {
  workdir: string;
  user: string;
  env: Record<string, string>;
  labels: Record<string, string>;
  healthcheck: string[];
  entrypoint: string[];
  command: string[];
  stopSignal: string;
}

/** What stages copy from: the context, and the stages before them, as they will be. */
interface Sources {
  context: string;
  stages: Map<string, Promise<Built>>;
}

/**
 * Builds the image in a folder: does what the Dockerfile says, an instruction after the other, with the file system of
 * this machine in the place of the base image. As Docker does, it builds stages at the same time, but for those that one
 * copies from. An instruction that it does not know ends it.
 */
export async function buildImage(): Promise<{ folder: string; stages: Map<string, Built>; image: Built }> {
  const folder = temporaryFolder();
  const sources: Sources = { context: contextIn(join(folder, 'context')), stages: new Map() };
  for (const { name, instructions } of stagesOf(readDocument('Dockerfile'))) {
    sources.stages.set(name, buildStage(emptyStage(join(folder, name)), instructions, sources));
  }
  const names = [...sources.stages.keys()];
  const built = await Promise.all(sources.stages.values());
  const stages = new Map(names.map((name, index) => [name, built[index] ?? emptyStage(folder)]));
  return { folder, stages, image: built.at(-1) ?? emptyStage(folder) };
}

async function buildStage(stage: Built, instructions: Instruction[], sources: Sources): Promise<Built> {
  for (const instruction of instructions) await follow(instruction, stage, sources);
  return stage;
}

/** What is committed or about to be, and is let in by .dockerignore: which here lets in names, and nothing else. */
function contextIn(folder: string): string {
  const [first, ...rest] = readDocument('.dockerignore')
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'));
  if (first !== '*' || rest.some((line) => !/^![\w./-]+$/.test(line)))
    throw new Error('.dockerignore is not understood');
  const names = rest.map((line) => line.slice(1));
  const list = ['ls-files', '-z', '--cached', '--others', '--exclude-standard', '--', ...names];
  const files = execFileSync('git', list, { cwd: ROOT, encoding: 'utf8' }).split('\0').filter(Boolean);
  for (const file of files) if (existsSync(join(ROOT, file))) cpSync(join(ROOT, file), join(folder, file));
  return folder;
}

function emptyStage(folder: string): Built {
  const nothing = { env: {}, labels: {}, healthcheck: [], entrypoint: [], command: [], stopSignal: 'SIGTERM' };
  return { ...aLayer(folder), workdir: '/', user: '0:0', ...nothing };
}

/** The Node of this machine, which stands for that of the base, may be too old for an option, and would not start with it. */
function known({ NODE_OPTIONS, ...others }: Record<string, string>): Record<string, string> {
  const [option = ''] = NODE_OPTIONS?.split('=') ?? [];
  return process.allowedNodeEnvironmentFlags.has(option) ? { ...others, NODE_OPTIONS: NODE_OPTIONS ?? '' } : others;
}

async function follow({ name, text }: Instruction, stage: Built, sources: Sources): Promise<void> {
  const steps: Record<string, () => unknown> = {
    ARG: () => undefined,
    EXPOSE: () => undefined,
    LABEL: () => Object.assign(stage.labels, pairs(text)),
    ENV: () => Object.assign(stage.env, known(pairs(text))),
    USER: () => (stage.user = text),
    STOPSIGNAL: () => (stage.stopSignal = text),
    ENTRYPOINT: () => (stage.entrypoint = execForm(text)),
    CMD: () => (stage.command = execForm(text)),
    HEALTHCHECK: () => (stage.healthcheck = execForm(text.replace(/^.*CMD /, ''))),
    WORKDIR: () => mkdirSync(join(stage.layer, (stage.workdir = text)), { recursive: true }),
    COPY: () => copy(text.split(/\s+/), stage, sources),
    RUN: () => runInLayer(stage, stage.workdir, text, { ...process.env, ...stage.env }),
  };
  const step = steps[name];
  if (!step) throw new Error(`${name} is not understood`);
  await step();
}

async function copy(words: string[], stage: Built, { context, stages }: Sources): Promise<void> {
  const other = words[0]?.startsWith('--from=') ? words.shift()!.slice('--from='.length) : null;
  const from = other === null ? context : (await stages.get(other))?.layer;
  const target = words.pop() ?? '';
  const to = join(stage.layer, target.startsWith('/') ? '' : stage.workdir, target);
  for (const word of words) {
    const source = join(from ?? '', word);
    if (!existsSync(source)) throw new Error(`COPY: there is no ${word}`);
    cpSync(source, target.endsWith('/') ? join(to, basename(word)) : to, { recursive: true, verbatimSymlinks: true });
  }
}

/** Starts the image, with its own command or another one. */
export function start(image: Built, env: Record<string, string>, command = image.command): Container {
  const PATH = process.env['PATH'] ?? '';
  return runContainer(image, [...image.entrypoint, ...command], { ...image, env: { PATH, ...image.env, ...env } });
}

/** Runs a program in it, in the place of its own. */
export function execute(image: Built, env: Record<string, string>, words: string[]): Container {
  return start({ ...image, entrypoint: [] }, env, words);
}

/** Every file below a folder of the image. */
export function filesOf(image: Built, folder: string): string[] {
  const names = readdirSync(join(image.layer, folder), { recursive: true, withFileTypes: true });
  return names.filter((entry) => !entry.isDirectory()).map(({ parentPath, name }) => join(parentPath, name));
}
