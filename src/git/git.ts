import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { StartError } from '../start-error.js';

/** Runs git in a repository, and says in its own words why it fails. */
export class Git {
  constructor(private readonly directory: string) {}

  /** What it writes, as text. */
  async run(args: readonly string[], input = ''): Promise<string> {
    const chunks: Buffer[] = [];
    for await (const chunk of this.stream(args, input)) chunks.push(chunk);
    return Buffer.concat(chunks).toString();
  }

  /** The same; null where it fails, as when it is asked for something that is not there. */
  async try(args: readonly string[]): Promise<string | null> {
    try {
      return (await this.run(args)).trim();
    } catch (cause) {
      if (cause instanceof GitFailure) return null;
      throw cause;
    }
  }

  /** What it writes, chunk by chunk. */
  async *stream(args: readonly string[], input = ''): AsyncGenerator<Buffer> {
    const child = spawn('git', ['--no-replace-objects', '-C', this.directory, ...args], { stdio: 'pipe' });
    const faults: Buffer[] = [];
    child.stderr.on('data', (chunk: Buffer) => faults.push(chunk));
    // A git that has failed reads no input; its exit code tells.
    child.stdin.on('error', () => undefined);
    child.stdin.end(input);
    const ended = once(child, 'close') as Promise<[number | null]>;
    ended.catch(() => undefined);
    yield* child.stdout as AsyncIterable<Buffer>;
    const [code] = await ended.catch((cause: unknown) => {
      throw new StartError(`There is no git here: ${(cause as Error).message}`);
    });
    if (code !== 0) throw failureOf(Buffer.concat(faults).toString().trim());
  }
}

class GitFailure extends StartError {}

/** The repository belongs to somebody else, as a checkout in a container often does: git reads nothing of it. */
export class DistrustedRepository extends GitFailure {}

/** All that it says: the remedy stands in the lines after the first. */
function failureOf(said: string): GitFailure {
  const [remedy] = /git config .*safe\.directory.*/.exec(said) ?? [];
  if (remedy === undefined) return new GitFailure(`git says: ${said}`);
  return new DistrustedRepository(`git does not trust the repository, which belongs to another user: ${remedy}`);
}
