import { startApp, type TestApp } from './support/app.js';
import { deploy, dora, tell } from './support/telling.js';

interface Item {
  start: string;
  end: string;
  deployment_frequency: { successful: number; per_day: number; days_with_deployment: number };
}

let app: TestApp;
beforeAll(async () => {
  app = await startApp();
});
afterAll(() => app.close());

/** The beginnings of the buckets and the end of the last, without seconds. */
async function cuts(from: string, to: string, time_zone: string, bucket = 'day'): Promise<string[]> {
  const { items } = await dora<{ items: Item[] }>(app, 'series', { from, to, time_zone, bucket });
  expect(items.slice(1).map(({ start }) => start)).toEqual(items.slice(0, -1).map(({ end }) => end));
  return [...items.map(({ start }) => start), items.at(-1)!.end].map((time) => time.slice(0, 16));
}

describe('buckets', () => {
  it('are days of 23 and 25 hours where clocks change', async () => {
    expect(await cuts('2026-03-28', '2026-03-31', 'Europe/Paris')).toEqual([
      '2026-03-27T23:00',
      '2026-03-28T23:00',
      '2026-03-29T22:00',
      '2026-03-30T22:00',
    ]);
    expect(await cuts('2026-10-25', '2026-10-27', 'Europe/Paris')).toEqual([
      '2026-10-24T22:00',
      '2026-10-25T23:00',
      '2026-10-26T23:00',
    ]);
  });

  it('begin when the clock is turned, where midnight is skipped', async () => {
    expect(await cuts('2018-11-03', '2018-11-06', 'America/Sao_Paulo')).toEqual([
      '2018-11-03T03:00',
      '2018-11-04T03:00',
      '2018-11-05T02:00',
      '2018-11-06T02:00',
    ]);
  });

  it('begin at the first midnight, where there are two', async () => {
    expect(await cuts('2023-11-04', '2023-11-07', 'America/Havana')).toEqual([
      '2023-11-04T04:00',
      '2023-11-05T04:00',
      '2023-11-06T05:00',
      '2023-11-07T05:00',
    ]);
    expect(await cuts('2019-02-16', '2019-02-18', 'America/Sao_Paulo')).toEqual([
      '2019-02-16T02:00',
      '2019-02-17T03:00',
      '2019-02-18T03:00',
    ]);
  });

  it('have no day that a zone skipped', async () => {
    expect(await cuts('2011-12-29', '2012-01-01', 'Pacific/Apia')).toEqual([
      '2011-12-29T10:00',
      '2011-12-30T10:00',
      '2011-12-31T10:00',
    ]);
  });

  it('follow a zone that is half an hour off', async () => {
    expect(await cuts('2026-01-31', '2026-02-02', 'Asia/Kolkata')).toEqual([
      '2026-01-30T18:30',
      '2026-01-31T18:30',
      '2026-02-01T18:30',
    ]);
  });

  it('are weeks from Monday and months, clipped to the range', async () => {
    expect(await cuts('2026-02-27T12:00:00Z', '2026-03-10T06:00:00Z', 'UTC', 'week')).toEqual([
      '2026-02-27T12:00',
      '2026-03-02T00:00',
      '2026-03-09T00:00',
      '2026-03-10T06:00',
    ]);
    expect(await cuts('2026-02-27T12:00:00Z', '2026-04-01T00:00:00Z', 'UTC', 'month')).toEqual([
      '2026-02-27T12:00',
      '2026-03-01T00:00',
      '2026-04-01T00:00',
    ]);
  });
});

describe('a value', () => {
  beforeAll(() =>
    tell(app, 'nightly', [
      deploy('03-28 22:59', 'a'),
      deploy('03-28 23:00', 'b'),
      deploy('03-29 21:59', 'c'),
      deploy('03-29 22:00', 'd'),
    ]),
  );

  it('belongs to the local day in which it ended, by the hours that this day has', async () => {
    const query = { pipeline: 'nightly', from: '2026-03-28', to: '2026-03-31', time_zone: 'Europe/Paris' };
    const { items } = await dora<{ items: Item[] }>(app, 'series', query);
    expect(items.map(({ deployment_frequency }) => deployment_frequency)).toMatchObject([
      { successful: 1, per_day: 1 },
      { successful: 2, per_day: (2 * 24) / 23 },
      { successful: 1, per_day: 1 },
    ]);
  });

  it('is on as many days as there are local dates', async () => {
    const days = async (time_zone: string) => {
      const query = { pipeline: 'nightly', from: '2026-03-01', to: '2026-04-01', time_zone };
      return (await dora<Item>(app, 'summary', query)).deployment_frequency.days_with_deployment;
    };
    expect([await days('UTC'), await days('Europe/Paris'), await days('Pacific/Auckland')]).toEqual([2, 3, 2]);
  });
});
