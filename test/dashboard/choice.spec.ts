import { readChoice, writeChoice } from '../../src/dashboard/page/choice/choice.js';
import { boundsOf, dayIn, suitedBucket } from '../../src/dashboard/page/choice/days.js';

const read = (query: string) => readChoice(new URLSearchParams(query), 'Europe/Paris');

describe('the choice in the URL', () => {
  it.each([
    'last=30d&time_zone=Europe%2FParis',
    'view=deployments&pipeline=a%2Fb&pipeline=%3Cimg%3E&environment=staging&last=7d&time_zone=UTC&bots=true',
    'from=2026-03-01&to=2026-03-08&time_zone=UTC&bucket=week&explain=lead_time&explain_pipeline=a&explain_from=x',
  ])('comes back as it was written: %s', (query) => {
    expect(String(writeChoice(read(query)))).toBe(query);
  });

  it('is the default where it makes no sense', () => {
    const nonsense =
      'view=x&last=0d&from=2026-02-30&to=2026-03-01&time_zone=Mars&bucket=year&bots=1&explain=love&pipeline=';
    expect(read(nonsense)).toEqual(read(''));
    expect(read('from=2026-03-02&to=2026-03-02')).toEqual(read(''));
  });
});

describe('the last days', () => {
  const now = new Date('2026-03-01T23:30:00Z');

  it('begin at a midnight of the time zone, today being one of them', () => {
    expect(boundsOf({ days: 7 }, 'UTC', now)).toEqual({ from: '2026-02-23' });
    expect(boundsOf({ days: 7 }, 'Europe/Paris', now)).toEqual({ from: '2026-02-24' });
    expect(dayIn('America/Los_Angeles', now)).toBe('2026-03-01');
  });

  it('are cut so that a trend can be read', () => {
    expect([7, 30, 90, 365, 1000].map((days) => suitedBucket({ days }))).toEqual([
      'day',
      'day',
      'week',
      'week',
      'month',
    ]);
  });
});
