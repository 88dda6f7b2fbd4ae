import { createInterface } from 'node:readline';
import { Writable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { StartError } from '../start-error.js';

/** The terminal, or what stands in for it. */
interface Terminal {
  input: NodeJS.ReadableStream & { isTTY?: boolean };
  output: NodeJS.WritableStream;
}

/**
 * From a prompt that shows nothing, twice; or from the standard input. Never an argument: those are in the history of
 * the shell, and in the list of processes, for all to see.
 */
export async function newPassword(
  fromStdin?: true,
  { input, output }: Terminal = { input: process.stdin, output: process.stderr },
): Promise<string> {
  // A file or `echo` ends its line.
  if (fromStdin) return (await text(input)).replace(/\r?\n$/, '');
  if (!input.isTTY) throw new StartError('There is no terminal to ask for a password: give --password-stdin');
  const [password, again] = await askUnseen(['Password: ', 'Again: '], { input, output });
  if (again !== password) throw new StartError('The two passwords are not the same');
  return password ?? '';
}

/** What is typed goes through an editor of lines whose own output goes nowhere. */
async function askUnseen(prompts: string[], { input, output }: Terminal): Promise<string[]> {
  const nowhere = new Writable({ write: (_chunk, _encoding, done) => done() });
  const lines = createInterface({ input, output: nowhere, terminal: true });
  lines.on('SIGINT', () => lines.close());
  const typed = lines[Symbol.asyncIterator]();
  const answers: string[] = [];
  try {
    for (const prompt of prompts) {
      output.write(prompt);
      const { value, done } = await typed.next();
      output.write('\n');
      if (done) throw new StartError('No password was given');
      answers.push(value);
    }
  } finally {
    lines.close();
  }
  return answers;
}
