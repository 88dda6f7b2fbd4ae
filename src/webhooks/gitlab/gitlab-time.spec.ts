import { parseInstant } from '../../events/instant.js';
import { Payload } from '../payload.js';
import { timeOf } from './gitlab-time.js';

describe('a time of GitLab', () => {
  it.each([
    ['2013-12-03T17:15:43Z', '2013-12-03T17:15:43Z'],
    ['2021-02-23T02:41:37.886Z', '2021-02-23T02:41:37.886Z'],
    ['2015-05-17 18:08:09 UTC', '2015-05-17T18:08:09Z'],
    ['2021-04-28 21:50:00 +0200', '2021-04-28T19:50:00Z'],
    ['2021-04-28 21:50:00 -0330', '2021-04-29T01:20:00Z'],
    ['2012-01-03T23:36:29+02:00', '2012-01-03T21:36:29Z'],
  ])('may be written as %s', (written, meant) => {
    expect(parseInstant(timeOf(new Payload(written)))).toBe(Date.parse(meant));
  });

  it('is the first that is told', () => {
    const payload = new Payload({ a: null, b: '2015-05-17 18:08:09 UTC' });
    expect(timeOf(payload.at('a'), payload.at('b'))).toBe('2015-05-17 18:08:09Z');
    expect(() => timeOf(payload.at('a'), payload.at('c'))).toThrow('/a must be a time');
  });
});
