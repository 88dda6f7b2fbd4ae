import { Payload } from './payload.js';

function told(time: unknown): Payload {
  return new Payload({ event: { time } }).at('event', 'time');
}

it('the texts that a list has are those that are there', () => {
  const labels = [{ name: 'bug' }, { name: '' }, {}, null, 'hotfix', { name: 7 }, { name: 'hotfix' }];
  expect(new Payload({ labels }).at('labels').textsAt('name')).toEqual(['bug', 'hotfix']);
  expect([undefined, null, 'bug', { name: 'bug' }].map((one) => new Payload(one).textsAt('name'))).toEqual([
    [],
    [],
    [],
    [],
  ]);
});

describe('a time in a payload', () => {
  it('is the same however it is written', () => {
    const written = ['2026-03-02T10:30:00.123Z', '2026-03-02T11:30:00.123456789+01:00', '2026-03-02 10:30:00.123z'];
    expect(written.map((time) => told(time).moment())).toEqual(written.map(() => '2026-03-02T10:30:00.123Z'));
  });

  it('may be told in milliseconds or nanoseconds, as a number or as digits', () => {
    const written = [1772447400123, '1772447400123', 1772447400123000000, '1772447400123000000'];
    expect(written.map((time) => told(time).epochTime())).toEqual(written.map(() => '2026-03-02T10:30:00.123Z'));
  });

  it.each([undefined, null, '', 'soon', '2026-02-30T10:30:00Z', '2026-03-02', 1772447400123])(
    'is refused where it has to be text: %p',
    (time) => expect(() => told(time).moment()).toThrow('/event/time '),
  );

  it.each([undefined, null, '', 'soon', '2026-03-02T10:30:00Z', 1772447400, '17724474001234567', 1.5, -1772447400123])(
    'is refused where it has to be milliseconds: %p',
    (time) => expect(() => told(time).epochTime()).toThrow('/event/time must be a time in milliseconds since 1970'),
  );
});
