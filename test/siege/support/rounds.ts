/** How often each siege strikes: a few times beside the other tests, often by `npm run test:siege`. */
export const ROUNDS = Number(process.env['DEVOPSTIC_SIEGE_ROUNDS'] ?? 2);

/** For one siege as a whole. */
export const SIEGE_MS = 120_000 + ROUNDS * 60_000;
