import { readTime, type TimeStyle } from './time.js';

const read = (value: unknown, style: TimeStyle) => {
  const time = readTime(value, style);
  return 'value' in time ? time.value : time.fault;
};
const iso = (value: unknown, zone?: string) => read(value, { format: 'iso8601', zone });
const inBerlin = (value: string) => iso(value, 'Europe/Berlin');

describe('a time in no format that is declared', () => {
  it('is told how it would be read', () => {
    const told = (value: string) => /; or (.*)$/.exec(read(value, {}))?.[1];
    expect(told('2026-03-02T10:30:00.000+0000')).toBe('declare iso8601');
    expect(told('2026-03-02 10:30:00')).toBe('declare iso8601, and its zone');
    expect(told('2026-02-30 10:30:00')).toBeUndefined();
  });
});

describe('a time in iso8601', () => {
  it('may have an offset without its colon, or without its minutes', () => {
    const half_past_ten = '2026-03-02T10:30:00.000Z';
    for (const text of [
      '2026-03-02T10:30:00.000+0000',
      '2026-03-02T12:00:00.000+0130',
      '2026-03-02T12:30:00+02',
      '2026-03-02 05:30:00 -05:00',
      '2026-03-02T10:30Z',
    ]) {
      expect([text, iso(text)]).toEqual([text, half_past_ten]);
    }
    expect(iso('2026-03-02T10:30:00,250Z')).toBe('2026-03-02T10:30:00.250Z');
  });

  it('says nothing without an offset, unless its zone is declared', () => {
    expect(iso('2026-03-02 10:30:00')).toBe(
      'is "2026-03-02 10:30:00", without an offset: declare the zone that it is in',
    );
    expect(iso('2026-03-02 10:30:00', 'UTC')).toBe('2026-03-02T10:30:00.000Z');
    expect(inBerlin('2026-03-02 10:30:00')).toBe('2026-03-02T09:30:00.000Z');
    expect(inBerlin('2026-07-02T10:30')).toBe('2026-07-02T08:30:00.000Z');
    expect(iso('2026-07-02T10:30', 'America/St_Johns')).toBe('2026-07-02T13:00:00.000Z');
    expect(iso('2026-07-02T10:30', 'asia/kolkata')).toBe('2026-07-02T05:00:00.000Z');
  });

  it('is of the offset that it has, whatever zone is declared', () => {
    expect(inBerlin('2026-03-02T10:30:00+0000')).toBe('2026-03-02T10:30:00.000Z');
  });

  it('is the first of two as summer time ends, and after the gap as it begins', () => {
    expect(inBerlin('2026-10-25 01:59')).toBe('2026-10-24T23:59:00.000Z');
    expect(inBerlin('2026-10-25 02:30')).toBe('2026-10-25T00:30:00.000Z');
    expect(inBerlin('2026-10-25 03:00')).toBe('2026-10-25T02:00:00.000Z');
    expect(inBerlin('2026-03-29 01:59')).toBe('2026-03-29T00:59:00.000Z');
    expect(inBerlin('2026-03-29 02:30')).toBe('2026-03-29T01:30:00.000Z');
    expect(inBerlin('2026-03-29 03:00')).toBe('2026-03-29T01:00:00.000Z');
    expect(iso('2026-11-01 01:30', 'America/New_York')).toBe('2026-11-01T05:30:00.000Z');
  });

  it.each([1772447400, 'yesterday', '2026-02-30T10:30:00+0000', '2026-03-02T24:30', '2026-03-02', '02.03.2026 10:30'])(
    '%s is none',
    (value) => {
      expect(inBerlin(value as string)).toContain('must be a date and time, as 2026-03-02T10:30:00.000+0000');
    },
  );
});
