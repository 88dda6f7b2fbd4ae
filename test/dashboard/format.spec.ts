import * as format from '../../src/dashboard/page/figures/format.js';

describe('a duration', () => {
  it.each([
    [null, '–'],
    [0, '0 s'],
    [0.4, '< 1 s'],
    [59, '59 s'],
    [59.7, '1 min'],
    [60, '1 min'],
    [150, '2 min 30 s'],
    [1200, '20 min'],
    [3569, '59 min'],
    [3570, '1 h'],
    [3599, '1 h'],
    [3600, '1 h'],
    [8100, '2 h 15 min'],
    [39_540, '11 h'],
    [74_078, '21 h'],
    [84_500, '23 h'],
    [86_000, '1 d'],
    [86_399, '1 d'],
    [86_400, '1 d'],
    [273_600, '3 d 4 h'],
    [863_999, '10 d'],
    [3_456_000, '40 d'],
    [4_138_560, '48 d'],
  ])('of %s seconds is told as %s', (seconds, text) => {
    expect(format.duration(seconds)).toBe(text);
  });
});

it('nothing is never told as zero', () => {
  expect([format.percent(null), format.number(null), format.duration(null), format.dateTime(null, 'UTC')]).toEqual(
    Array.from({ length: 4 }, () => format.NOTHING),
  );
  expect([format.percent(0), format.number(0)]).toEqual(['0 %', '0']);
});

it('a time is told in the chosen time zone', () => {
  expect(format.dateTime('2026-03-02T23:30:00.000Z', 'Europe/Paris')).toBe('3 Mar 2026, 00:30');
});
