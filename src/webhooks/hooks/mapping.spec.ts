import { readDeclaration } from './declaration.reader.js';
import type { Told } from './mapping.js';

const AT = '2026-03-02T10:30:00Z';

/** A deployment told by a payload, but for what the test is about. */
function aDeploy(fields: object = {}): object {
  return {
    type: 'deploy',
    pipeline_id: 'shop',
    environment: 'production',
    status: 'success',
    commit_id: { path: '$.sha' },
    ...fields,
  };
}

function tell(declaration: object, payload: object, headers: Record<string, string> = {}): Told {
  const read = readDeclaration(declaration);
  if ('errors' in read) throw new Error(JSON.stringify(read.errors));
  return read.mapping.tell(JSON.parse(JSON.stringify(payload)), headers);
}

/** What one field becomes: its value, or the fault that is found with it. */
function fieldOf(name: string, declared: unknown, payload: object, headers: Record<string, string> = {}): unknown {
  const told = tell({ events: [aDeploy({ [name]: declared })] }, { sha: 'c1', ...payload }, headers);
  const [finding] = [...told.faults, ...told.unmapped];
  if (finding) return `${finding.declared_at} ${finding.pointer} ${finding.detail}`;
  const [event] = told.events;
  return event && (event.body as unknown as Record<string, unknown>)[name];
}

describe('a field', () => {
  it('is found by its path, and text though it be a number', () => {
    const url = { path: "$.links[?@.rel == 'self'].href" };
    expect(
      fieldOf('url', url, {
        links: [
          { rel: 'self', href: 'https://a' },
          { rel: 'x', href: 'b' },
        ],
      }),
    ).toBe('https://a');
    expect(fieldOf('deployment_id', { path: '$.run' }, { run: 4711 })).toBe('4711');
    expect(fieldOf('pull_request_id', { path: '$.pr' }, { pr: '42' })).toBe(42);
    expect(fieldOf('commits', { path: '$.more[*].sha' }, { more: [{ sha: 'a' }, { sha: 'b' }] })).toEqual(['a', 'b']);
  });

  it('is found in a header, or put together', () => {
    expect(fieldOf('author', { header: 'X-User' }, {}, { 'x-user': 'ada' })).toBe('ada');
    expect(fieldOf('deployment_id', { template: 'r{$.run}-{$.try}' }, { run: 7, try: 'b' })).toBe('r7-b');
  });

  it('means what the map says, whatever kind of value it is', () => {
    const rollback = { path: '$.kind', map: { '1': true, true: true, back: true }, default: false };
    const values = [1, true, 'back', 'forth', null, undefined];
    expect(values.map((kind) => fieldOf('rollback', rollback, { kind }))).toEqual([
      true,
      true,
      true,
      false,
      false,
      false,
    ]);
  });

  it('is left out if nothing is found and the event can do without', () => {
    for (const url of [undefined, null, '']) expect(fieldOf('url', { path: '$.url' }, { url })).toBeUndefined();
  });

  it('takes no name of ours for one of the sender’s', () => {
    expect(fieldOf('author', { path: '$.constructor.name' }, {})).toBeUndefined();
    expect(fieldOf('author', { path: '$.who', map: { ada: 'Ada' }, default: 'x' }, { who: 'toString' })).toBe('x');
  });

  it.each([
    [{ path: '$.who' }, '/who is an object: the path must go on to one of name, id (deployment_id)'],
    [{ path: '$.list' }, '/list is a list: the path must go on to what is in it, as by [0] or [*] (deployment_id)'],
    [{ path: '$.list[*]' }, '/list/0 is one of 2 values that were found, and the field takes one (deployment_id)'],
    [{ path: '$.yes' }, '/yes is true, and must be text: say by map what it means (deployment_id)'],
    [{ path: '$.big' }, '/big is a number too large to be read exactly: it has to be sent as text (deployment_id)'],
    [{ path: '$.odd', map: { a: 'A' } }, '/odd is "\\u0000b", which map does not name: it has a (deployment_id)'],
  ])('taken by %j may be of no use', (declared, fault) => {
    const payload = { who: { name: 'Ada', id: 1 }, list: ['a', 'b'], yes: true, big: 2 ** 60, odd: '\0b' };
    expect(fieldOf('deployment_id', declared, payload)).toBe(`/events/0/deployment_id ${fault}`);
  });

  it('that is only a label is left out where it is of no use, and costs no event', () => {
    const event = aDeploy({ author: { path: '$.who' }, url: { path: '$.kind', map: { a: 'https://a' } } });
    const { events, left_out } = tell({ events: [event] }, { sha: 'c1', who: { name: 'Ada' }, kind: 'b' });
    expect(events.map(({ body }) => Object.keys(body))).toEqual([expect.not.arrayContaining(['author', 'url'])]);
    expect(left_out.map(({ declared_at }) => declared_at)).toEqual(['/events/0/author', '/events/0/url']);
  });
});

describe('a time', () => {
  const timeOf = (format: string | undefined, at: unknown) =>
    fieldOf('timestamp', { path: '$.at', ...(format ? { format } : {}) }, { at });

  it('is read as the declaration says', () => {
    const ms = Date.parse(AT);
    expect(timeOf(undefined, AT)).toBe(AT);
    expect(timeOf('rfc3339', '2026-03-02T11:30:00+01:00')).toBe('2026-03-02T11:30:00+01:00');
    const written: [string, unknown][] = [
      ['epoch_s', ms / 1000],
      ['epoch_s', `${ms / 1000}`],
      ['epoch_ms', ms],
      ['epoch_ms', `${ms}`],
    ];
    for (const [format, at] of written) expect(timeOf(format, at)).toBe('2026-03-02T10:30:00.000Z');
    expect(timeOf('epoch_s', 1772447400.25)).toBe('2026-03-02T10:30:00.250Z');
  });

  it.each([
    [undefined, 1772447400, 'say by format whether it is epoch_s or epoch_ms'],
    ['rfc3339', '2026-03-02 10:30:00', 'must be an RFC 3339 date and time with its offset'],
    ['rfc3339', '2026-02-30T10:30:00Z', 'must be an RFC 3339'],
    ['epoch_s', 1772447400000, 'milliseconds, it seems; declare epoch_ms'],
    ['epoch_ms', 1772447400, 'seconds, it seems; declare epoch_s'],
    ['epoch_ms', AT, 'must be a number, as the format epoch_ms says'],
    ['epoch_ms', 1e300, 'no time'],
    [undefined, null, '$.at finds nothing'],
  ])('written as %s: %j is not guessed at', (format, at, detail) => {
    expect(timeOf(format, at)).toContain(detail);
  });
});

describe('what is missing', () => {
  const lost = (path: string, payload: object) =>
    tell({ events: [aDeploy({ commit_id: { path } })] }, payload).faults.map(({ pointer, detail }) => [
      pointer,
      detail,
    ]);

  it.each([
    ['$.build.sha', { build: { id: 1, ref: 'x' } }, '/build/sha', '/build has id, ref'],
    ['$.build.sha', { job: 1 }, '/build', 'the payload has job'],
    ['$.build.sha', { build: 'b' }, '/build/sha', '/build is "b"'],
    ['$.build[2].sha', { build: [] }, '/build/2', '/build is a list of 0'],
    ["$.tags[?@.k == 'sha'].v", { tags: [{ k: 'x', v: 1 }] }, '/tags', '/tags is a list of 1'],
  ])('at %s is said to be where the way breaks off', (path, payload, pointer, there) => {
    const detail = `${path} finds nothing: ${there}; it must give the commit_id`;
    expect(lost(path, payload)).toEqual([[pointer, detail]]);
  });

  it('is all told at once', () => {
    const event = aDeploy({
      environment: { header: 'X-Env' },
      deployment_id: { template: '{$.a}-{$.b}' },
      timestamp: { template: '{$.b}' },
    });
    const { faults, events } = tell({ events: [event] }, { a: [1] });
    expect(events).toEqual([]);
    expect(faults.map(({ declared_at, detail }) => [declared_at, detail])).toEqual([
      ['/events/0/environment', 'the header x-env is missing; it must give the environment'],
      ['/events/0/commit_id', '$.sha finds nothing: the payload has a; it must give the commit_id'],
      ['/events/0/timestamp', '$.b finds nothing: the payload has a; it must give the timestamp'],
    ]);
  });
});

describe('what is wanted', () => {
  const events = [aDeploy()];
  const isTold = (when: object[], payload: object) =>
    tell({ when, events }, { sha: 'c1', ...payload }).events.length === 1;

  it('has one of the values, has none of them, or is there at all', () => {
    expect(isTold([{ path: '$.n', in: ['1', 'x'] }], { n: 1 })).toBe(true);
    expect(isTold([{ path: '$.n', in: ['1', 'x'] }], { n: 2 })).toBe(false);
    expect(isTold([{ path: '$.n[*]', in: ['x'] }], { n: ['y', 'x'] })).toBe(true);
    expect(isTold([{ path: '$.n', not_in: [true] }], { n: false })).toBe(true);
    expect(isTold([{ path: '$.n', not_in: [true] }], {})).toBe(true);
    expect(isTold([{ path: '$.n', not_in: [true] }], { n: true })).toBe(false);
    expect(isTold([{ path: '$.n' }], { n: 0 })).toBe(true);
    expect(isTold([{ path: '$.n' }], { n: null })).toBe(false);
    expect(isTold([{ path: '$.n' }, { path: '$.m' }], { n: 1 })).toBe(false);
  });

  it('is explained where it is not there', () => {
    const explain = (when: object, payload: object) => tell({ when: [when], events }, payload).left_out;
    expect(explain({ path: '$.s', in: ['a', 'b'] }, { s: 'c' })).toEqual([
      { declared_at: '/when/0', pointer: '/s', detail: 'is "c", not one of "a", "b"' },
    ]);
    expect(explain({ path: '$.s', not_in: ['c'] }, { s: 'c' })).toMatchObject([{ detail: 'is one of "c"' }]);
    expect(explain({ path: '$.s' }, {})).toMatchObject([
      { detail: '$.s finds nothing: the payload has nothing in it' },
    ]);
  });
});

describe('each item', () => {
  const declaration = {
    each: '$.services[*]',
    events: [
      aDeploy({ pipeline_id: { path: '@.name' }, when: [{ path: '@.changed', in: [true] }] }),
      aDeploy({ pipeline_id: { template: '{$.prefix}/{@.name}' }, environment: 'staging' }),
    ],
  };

  it('has the events whose conditions it meets, of itself and of the whole', () => {
    const services = [
      { name: 'a', changed: true },
      { name: 'b', changed: false },
    ];
    const { events, left_out } = tell(declaration, { sha: 'c1', prefix: 'acme', services });
    expect(events.map(({ body, declared_at }) => [body.pipeline_id, body.environment, declared_at])).toEqual([
      ['a', 'production', '/events/0'],
      ['acme/a', 'staging', '/events/1'],
      ['acme/b', 'staging', '/events/1'],
    ]);
    expect(left_out).toEqual([
      { declared_at: '/events/0/when/0', pointer: '/services/1/changed', detail: 'is false, not one of true' },
    ]);
  });

  it('is pointed at where it is wrong', () => {
    const { faults } = tell(declaration, { sha: 'c1', prefix: 'acme', services: [{ name: 'a' }, {}] });
    expect(faults.map(({ pointer }) => pointer)).toEqual(['/services/1/name']);
  });

  it('is one of a thousand events at most', () => {
    const services = (length: number) => Array.from({ length }, (_, n) => ({ name: `s${n}` }));
    expect(tell(declaration, { sha: 'c1', prefix: 'p', services: services(500) }).events).toHaveLength(500);
    expect(tell(declaration, { sha: 'c1', prefix: 'p', services: services(501) })).toMatchObject({
      events: [],
      faults: [
        { declared_at: '/each', detail: '$.services[*] finds 501 items, for up to 2 events each: 1000 are the most' },
      ],
    });
  });

  it('is found once for all where it is the same for all', () => {
    const services = Array.from({ length: 1000 }, (_, n) => ({ name: `s${n}` }));
    const event = aDeploy({ pipeline_id: { path: '@.name' }, commit_id: { path: "$.refs[?@.kind == 'head'].sha" } });
    const refs = [
      ...Array.from({ length: 20_000 }, (_, n) => ({ kind: 'tag', sha: `${n}` })),
      { kind: 'head', sha: 'c1' },
    ];
    const started = performance.now();
    expect(tell({ each: '$.services[*]', events: [event] }, { services, refs }).events).toHaveLength(1000);
    expect(performance.now() - started).toBeLessThan(2000);
  });
});
