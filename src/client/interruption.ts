const EXIT_CODES = { SIGHUP: 129, SIGINT: 130, SIGTERM: 143 } as const;

/** The process was told to end before its work was done. The exit code is the one that shells give. */
export class Interrupted extends Error {
  constructor(readonly exit_code: number) {
    super('The work was broken off');
  }
}

/**
 * Fails when the process is told to end, by Ctrl-C, SIGTERM or a terminal that closes: whoever waits for it tidies up.
 * Told again, as npm tells it again after Ctrl-C, that must not be broken off, so this listens until the process has ended.
 */
export function interruption(): Promise<never> {
  const interrupted = new Promise<never>((_, reject) => {
    for (const [signal, code] of Object.entries(EXIT_CODES)) process.on(signal, () => reject(new Interrupted(code)));
  });
  // It may come before anyone waits for it.
  interrupted.catch(() => undefined);
  return interrupted;
}
