import { afterEach, beforeEach, expect, it, jest } from '@jest/globals';
import { Retention } from './retention.js';

class Kept extends Retention {
  readonly prune = jest.fn<(seconds: number, at_most: number) => Promise<number>>().mockResolvedValue(0);
}

const HOUR_MS = 3_600_000;

beforeEach(() => {
  jest.useFakeTimers();
});
afterEach(() => {
  jest.useRealTimers();
});

it('deletes what was kept for long enough at the start and every hour, until the stop', async () => {
  const kept = new Kept('things', 60);
  kept.onApplicationBootstrap();
  expect(kept.prune.mock.calls).toEqual([[60, 100]]);
  await jest.advanceTimersByTimeAsync(HOUR_MS);
  expect(kept.prune).toHaveBeenCalledTimes(2);
  kept.onApplicationShutdown();
  expect(jest.getTimerCount()).toBe(0);
});

it('deletes nothing that is kept for ever, neither at the start nor later', async () => {
  const kept = new Kept('things', 0);
  kept.onApplicationBootstrap();
  expect(jest.getTimerCount()).toBe(0);
  await jest.advanceTimersByTimeAsync(2 * HOUR_MS);
  expect(kept.prune).not.toHaveBeenCalled();
});
