import { setTimeout as sleep } from 'node:timers/promises';

/** One kind of request, sent at a steady rate whatever becomes of those before. */
export interface Kind {
  name: string;
  a_second: number;
  send: () => Promise<unknown>;
}

/** How long a request took that was due at that part of the whole time, 0 to 1. */
export interface Sent {
  name: string;
  at: number;
  milliseconds: number;
}

/** Sends all kinds for so many seconds; fails if a single request did. */
export async function steadily(kinds: readonly Kind[], seconds: number): Promise<Sent[]> {
  const sent: Sent[] = [];
  const failures: unknown[] = [];
  const start = performance.now();
  const sendOne = async ({ name, send }: Kind, due: number): Promise<void> => {
    await send();
    // From when it was due: one that had to wait for its turn did take longer.
    sent.push({ name, at: (due - start) / (seconds * 1000), milliseconds: performance.now() - due });
  };
  const sendAll = async (kind: Kind): Promise<void> => {
    const answers: Promise<unknown>[] = [];
    for (let number = 0; number < seconds * kind.a_second && failures.length === 0; number++) {
      const due = start + (number * 1000) / kind.a_second;
      await sleep(Math.max(0, due - performance.now()));
      answers.push(sendOne(kind, due).catch((failure: unknown) => failures.push(failure)));
    }
    await Promise.all(answers);
  };
  await Promise.all(kinds.map(sendAll));
  if (failures.length > 0) throw failures[0];
  return sent;
}
