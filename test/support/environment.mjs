import { TestEnvironment } from 'jest-environment-node';

/** How long it may take to end a thing; what takes longer is told, and the others are ended. */
const PATIENCE_MS = 30_000;

/**
 * Ends what tests have begun (`endLater` in ending.ts), whatever becomes of their assertions: with the test, the describe
 * block or the file in which it began, after their own hooks.
 */
export default class Environment extends TestEnvironment {
  async setup() {
    await super.setup();
    /** Those that are open now, the innermost last. The first is the file's. */
    this.global.endings = [new Set()];
  }

  async handleTestEvent({ name }) {
    if (name === 'test_start' || name === 'run_describe_start') this.global.endings.push(new Set());
    if (name === 'test_done' || name === 'run_describe_finish') await endAll(this.global.endings.pop());
    if (name === 'run_finish') await endAll(this.global.endings.pop());
  }
}

/** The last begun first. The file fails if one of them does. */
async function endAll(ends) {
  const failures = [];
  for (const end of [...ends].toReversed()) {
    await inTime(end()).catch((cause) => failures.push(cause));
  }
  if (failures.length > 0) throw new AggregateError(failures, `Not ended: ${failures.map(String).join('; ')}`);
}

async function inTime(work) {
  let timer;
  const late = new Promise((_, reject) => {
    timer = setTimeout(() => reject(new Error(`It has not ended in ${PATIENCE_MS} ms`)), PATIENCE_MS);
  });
  await Promise.race([work, late]).finally(() => clearTimeout(timer));
}
