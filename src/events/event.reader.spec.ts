import { readEvent } from './event.reader.js';

const NOW = new Date('2026-03-02T12:00:00Z');
const DEPLOY = {
  type: 'deploy',
  pipeline_id: 'shop',
  environment: 'production',
  status: 'success',
  commit_id: 'c1',
  timestamp: '2026-03-02T10:30:00Z',
};

function read(body: unknown) {
  const result = readEvent(body, NOW);
  if ('errors' in result) throw new Error(JSON.stringify(result.errors));
  return result.event;
}

function pointers(body: unknown): string[] {
  const result = readEvent(body, NOW);
  return 'errors' in result ? result.errors.map((error) => error.pointer) : [];
}

describe('readEvent', () => {
  it('gives the same event for an epoch time and the same instant in any offset', () => {
    const [utc, paris, epoch] = ['2026-03-02T10:30:00Z', '2026-03-02T11:30:00+01:00', 1772447400].map((timestamp) =>
      read({ ...DEPLOY, timestamp }),
    );
    expect(paris).toEqual(utc);
    expect(epoch).toEqual(utc);
  });

  it('derives the id from the content, whatever the order of the fields and with null as absent', () => {
    const reordered = Object.fromEntries(Object.entries({ ...DEPLOY, url: null, id: null }).toReversed());
    expect(read(reordered).id).toBe(read(DEPLOY).id);
    expect(read({ ...DEPLOY, commit_id: 'c2' }).id).not.toBe(read(DEPLOY).id);
  });

  it('keeps the id out of the content', () => {
    expect(read({ ...DEPLOY, id: 'mine' })).toMatchObject({ id: 'mine', content_hash: read(DEPLOY).content_hash });
  });

  it('takes the time of receipt for a missing timestamp, says so, and knows a retry all the same', () => {
    const { timestamp: _, ...body } = DEPLOY;
    const first = read(body);
    const retry = readEvent(body, new Date('2026-03-02T12:00:05Z'));
    expect(first).toMatchObject({ occurred_at: '2026-03-02T12:00:00.000Z', time_inferred: true });
    expect(retry).toMatchObject({ event: { id: first.id, content_hash: first.content_hash } });
  });

  it.each([
    ['commit', ['/commit_id']],
    ['deploy', ['/status', '/environment', '/commit_id']],
    ['incident_status_change', ['/status', '/incident_id']],
  ])('names what a bare %s lacks', (type, expected) => {
    expect(pointers({ type, pipeline_id: 'shop' })).toEqual(expected);
  });

  it('takes a required field that is null for missing', () => {
    expect(pointers({ ...DEPLOY, environment: null })).toEqual(['/environment']);
  });

  it.each([
    [1772447400000, 'milliseconds'],
    ['1999-12-31T23:59:59Z', '2000-01-01'],
    ['2026-03-03T12:00:01Z', 'one day ahead'],
    ['2026-02-30T10:00:00Z', 'calendar'],
    ['2026-03-02 10:00:00', 'RFC 3339'],
    ['2026-03-02T24:00:00Z', 'RFC 3339'],
    ['yesterday', 'RFC 3339'],
  ])('refuses the time %s', (timestamp, hint) => {
    const result = readEvent({ ...DEPLOY, timestamp }, NOW);
    expect(result).toEqual({ errors: [{ pointer: '/timestamp', detail: expect.stringContaining(hint) }] });
  });

  it.each([
    [{ timestamp: Infinity }, '/timestamp', 'must be an integer or a string'],
    [{ timestamp: 1.5 }, '/timestamp', 'must be an integer or a string'],
    [{ timestamp: {} }, '/timestamp', 'must be an integer or a string'],
    [{ rollback: 'yes' }, '/rollback', 'must be a boolean'],
    [{ commits: 'c1' }, '/commits', 'must be an array'],
    [{ commit_id: 7 }, '/commit_id', 'must be a string'],
  ])('names the fault of %j once, in words', (wrong, pointer, detail) => {
    expect(readEvent({ ...DEPLOY, ...wrong }, NOW)).toEqual({ errors: [{ pointer, detail }] });
  });

  it('names every fault at once', () => {
    expect(
      pointers({ ...DEPLOY, comit: 'c1', url: 'ftp://x', timestamp: 1.5, parents: [''], rollback: 'yes' }),
    ).toEqual(expect.arrayContaining(['/comit', '/url', '/timestamp', '/parents/0', '/rollback']));
  });

  it.each([['a\0b'], ['\ud800'], [''], ['x'.repeat(201)], [7]])('refuses the commit id %j', (commit_id) => {
    expect(pointers({ ...DEPLOY, commit_id })).toEqual(['/commit_id']);
  });

  it('counts characters, not UTF-16 units', () => {
    expect(pointers({ ...DEPLOY, commit_id: '🚀'.repeat(200) })).toEqual([]);
  });

  it('answers a huge array with one error', () => {
    expect(pointers({ ...DEPLOY, commits: Array.from({ length: 100_000 }, () => 1) })).toEqual(['/commits']);
  });

  it('wants landed_at beside landed_head', () => {
    expect(pointers({ type: 'commit', pipeline_id: 'shop', commit_id: 'c', landed_head: 'h' })).toEqual(['/landed_at']);
  });

  it.each([[null], [[]], ['x'], [1], [undefined]])('refuses %j as a whole', (body) => {
    expect(pointers(body)).toEqual(['']);
  });

  it('is not led astray by prototype keys', () => {
    expect(pointers(JSON.parse('{"__proto__":{"type":"deploy"},"constructor":1}'))).toEqual(
      expect.arrayContaining(['/type', '/pipeline_id', '/constructor']),
    );
  });
});

it('takes a link without control characters and credentials only', () => {
  const told = (url: string) => readEvent({ type: 'commit', pipeline_id: 'p', commit_id: 'c', url }, new Date());
  expect(told('https://ci.example.com/@ada/1')).toHaveProperty('event');
  for (const url of ['https://ada:pw@ci.example.com/', 'https://ada@ci.example.com/', 'https://ci.example.com/\n']) {
    expect(told(url)).toMatchObject({ errors: [{ pointer: '/url' }] });
  }
});
