import { startApp, type TestApp } from './support/app.js';
import { commit, deploy, dora, tell } from './support/telling.js';

interface Judged {
  level: string | null;
  level_reason: string | null;
}

let app: TestApp;
beforeAll(async () => {
  app = await startApp();
});
afterAll(() => app.close());

const DAY = 86_400;

async function levelOf(metric: string, value: number | null, sample = 5): Promise<string | null> {
  const sql = 'SELECT reporting.level($1, $2, $3, $4) AS level';
  const [row] = await app.dataSource.query<[{ level: string | null }]>(sql, ['dora-2023', metric, value, sample]);
  return row.level;
}

describe('the levels of dora-2023', () => {
  it.each([
    [
      'deployment_frequency',
      [1, 'elite'],
      [0.999, 'high'],
      [1 / 7, 'high'],
      [0.142, 'medium'],
      [1 / 30, 'medium'],
      [0.033, 'low'],
    ],
    ['lead_time', [DAY - 1, 'elite'], [DAY, 'high'], [7 * DAY, 'medium'], [30 * DAY, 'low']],
    ['recovery', [3599, 'elite'], [3600, 'high'], [DAY, 'medium'], [7 * DAY, 'low']],
    [
      'change_failure_rate',
      [0.05, 'elite'],
      [0.0501, 'high'],
      [0.1, 'high'],
      [0.15, 'medium'],
      [0.1501, 'low'],
      [1, 'low'],
    ],
  ] as [string, ...[number, string][]][])('of %s change at their bounds', async (metric, ...values) => {
    const levels = await Promise.all(values.map(async ([value]) => [value, await levelOf(metric, value)]));
    expect(levels).toEqual(values);
  });

  it('are not told of too few values, nor of none', async () => {
    expect(await levelOf('lead_time', 60, 4)).toBeNull();
    expect(await levelOf('lead_time', null, 0)).toBeNull();
    expect(await levelOf('lead_time', 60, 5)).toBe('elite');
  });
});

describe('a level', () => {
  const deployments = [1, 2, 3, 4, 5].flatMap((day) => [
    commit(`01-0${day} 08:00`, `c${day}`),
    deploy(`01-0${day} 09:00`, `c${day}`),
  ]);
  const frequency = async (to: string) => {
    const query = { pipeline: 'five', from: '2026-01-01', to };
    return (await dora<{ deployment_frequency: Judged }>(app, 'summary', query)).deployment_frequency;
  };
  beforeAll(() => tell(app, 'five', deployments));

  it('depends on the range that a frequency is of', async () => {
    const ends = [
      '2026-01-06',
      '2026-01-06T00:00:01Z',
      '2026-02-05',
      '2026-02-05T00:00:01Z',
      '2026-05-31',
      '2026-05-31T00:00:01Z',
    ];
    const levels = await Promise.all(ends.map(async (to) => (await frequency(to)).level));
    expect(levels).toEqual(['elite', 'high', 'high', 'medium', 'medium', 'low']);
  });

  it('is missing for fewer than five values, with the reason', async () => {
    expect(await frequency('2026-01-05')).toMatchObject({ level: null, level_reason: 'small_sample' });
  });

  it('is missing without values, with no reason', async () => {
    const query = { pipeline: 'five', from: '2025-01-01', to: '2025-01-02' };
    const summary = await dora<Record<string, Judged>>(app, 'summary', query);
    for (const metric of ['deployment_frequency', 'lead_time', 'change_failure_rate', 'time_to_restore']) {
      expect(summary[metric]).toMatchObject({ level: null, level_reason: null });
    }
  });
});
