import { readDeclaration } from './declaration.reader.js';

const DEPLOY = {
  type: 'deploy',
  pipeline_id: 'shop',
  environment: 'production',
  status: { path: '$.state', map: { DONE: 'success' } },
  commit_id: { path: '$.revision' },
};

function faultsOf(declaration: unknown): Record<string, string> {
  const read = readDeclaration(declaration);
  return 'errors' in read ? Object.fromEntries(read.errors.map(({ pointer, detail }) => [pointer, detail])) : {};
}

/** The faults of a path where a payload's may stand. */
function faultOf(path: string): string | undefined {
  return faultsOf({ events: [{ ...DEPLOY, url: { path } }] })['/events/0/url/path'];
}

describe('a declaration', () => {
  it('with the least that an event needs is right', () => {
    expect(faultsOf({ events: [DEPLOY] })).toEqual({});
  });

  it('is told all of its faults of form at once', () => {
    const events = [{ ...DEPLOY, type: 'deployed', statuss: 'x', url: { pth: '$.a' } }];
    expect(faultsOf({ events, eech: '$.a', signature: { kind: 'hmac', header: 'a b' } })).toEqual({
      '/eech': 'unknown field',
      '/events/0/type': expect.stringMatching(/^must be one of commit, submit/) as string,
      '/events/0/statuss': 'unknown field',
      '/events/0/url/pth': 'unknown field',
      '/signature/header': expect.stringContaining('pattern') as string,
    });
  });

  it('is told all of its other faults at once', () => {
    const { commit_id: _, ...without_commit } = DEPLOY;
    const events = [
      { ...without_commit, id: 'one', url: { path: '$.a', header: 'X-A' }, author: { template: 'a {$.b} }' } },
      { type: 'incident_status_change', pipeline_id: 'shop', incident_id: { path: '@.id' }, timestamp: { path: 'at' } },
    ];
    const when = [{ path: '$.a', in: ['1'], not_in: ['2'] }, { header: 'Authorization' }];
    expect(faultsOf({ each: '$.list', when, events })).toEqual({
      '/each': 'finds one thing only: to take the items of a list, end it with [*]',
      '/events/0/author/template': 'must have paths in braces, and no brace else',
      '/events/0/commit_id': 'is required of deploy',
      '/events/0/id': 'must be taken from the payload: a constant would be the same for every event',
      '/events/0/url': 'must have one of path, header and template',
      '/events/1/status': 'is required of incident_status_change',
      '/events/1/timestamp/path': expect.stringMatching(/^must begin with \$/) as string,
      '/when/0': 'must have one of in and not_in, not both',
      '/when/1/header': 'holds a secret, which is not kept with a delivery',
    });
  });

  it('may give nothing that the event contract refuses', () => {
    const status = { path: '$.state', map: { OK: 'success', 'A/B': 'failed' }, default: 'unknown' };
    const rollback = { path: '$.back', map: { yes: 'true' } };
    expect(faultsOf({ events: [{ ...DEPLOY, environment: '', status, rollback }] })).toEqual({
      '/events/0/environment': 'must NOT have fewer than 1 characters',
      '/events/0/rollback/map/yes': 'must be a boolean',
      '/events/0/status/default': 'must be one of success, failure, in_progress, canceled',
      '/events/0/status/map/A~1B': 'must be one of success, failure, in_progress, canceled',
    });
  });

  it('says of times how they are written, and of nothing else', () => {
    const timestamp = { path: '$.at', map: { now: '2026-03-02T10:30:00Z' }, default: '2026-03-02T10:30:00Z' };
    const events = [{ ...DEPLOY, timestamp, url: { path: '$.url', format: 'epoch_s' } }];
    expect(Object.keys(faultsOf({ events }))).toEqual([
      '/events/0/timestamp/map',
      '/events/0/timestamp/default',
      '/events/0/url/format',
    ]);
  });

  it('says the zone of times that may have no offset, and one that there is', () => {
    const zoned = (timestamp: object) =>
      faultsOf({ events: [{ ...DEPLOY, timestamp: { path: '$.at', ...timestamp } }] });
    expect(zoned({ format: 'iso8601', zone: 'America/St_Johns' })).toEqual({});
    const at = '/events/0/timestamp/zone';
    expect(zoned({ zone: 'UTC' })[at]).toBe('is for the format iso8601: no other comes without an offset');
    expect(zoned({ format: 'iso8601', zone: 'Mars/Olympus' })[at]).toContain('must be the name of a time zone');
    expect(Object.keys(zoned({ format: 'iso8601', zone: '+01:00' }))).toEqual([at]);
  });

  it('has items only if it says which', () => {
    const events = [{ ...DEPLOY, commit_id: { path: '@.sha' } }];
    expect(faultsOf({ each: '$.list[*]', events })).toEqual({});
    expect(faultsOf({ events })).toEqual({
      '/events/0/commit_id/path': 'must begin with $: @ is an item of each, and here is none',
    });
  });

  it('may read any header but those that hold secrets', () => {
    const signature = { kind: 'token', header: 'X-Token', secrets: ['sixteen letters!'] };
    const withId = (header: string) => faultsOf({ signature, delivery_id: { header }, events: [DEPLOY] });
    expect(withId('X-Id')).toEqual({});
    for (const header of ['x-token', 'Authorization', 'Cookie']) {
      expect(withId(header)).toEqual({
        '/delivery_id/header': 'holds a secret, which is not kept with a delivery',
      });
    }
  });

  it('has secrets that are not soon guessed, and says of a token only what a token has', () => {
    const signature = { kind: 'token', header: 'X-Token', secrets: ['secret'] };
    expect(Object.keys(faultsOf({ signature, events: [DEPLOY] }))).toEqual(['/signature/secrets/0']);
    const hashed = { ...signature, secrets: ['sixteen letters!'], algorithm: 'sha1', encoding: 'hex' };
    expect(Object.keys(faultsOf({ signature: hashed, events: [DEPLOY] }))).toEqual([
      '/signature/algorithm',
      '/signature/encoding',
    ]);
    const timed = { ...signature, secrets: ['sixteen letters!'], signed: '{time}{body}', time: { header: 'X-Time' } };
    expect(Object.keys(faultsOf({ signature: timed, events: [DEPLOY] }))).toEqual([
      '/signature/signed',
      '/signature/time',
    ]);
  });

  it('says of a signature over a time where that stands', () => {
    const time = { header: 'X-Time' };
    const signing = (how: object) => faultsOf({ signature: { kind: 'hmac', header: 'X', ...how }, events: [DEPLOY] });
    for (const right of [
      { signed: 'v0:{time}:{body}', time },
      { signed: '{body}|{time}', time },
      { signed: '-{body}' },
    ]) {
      expect(signing(right)).toEqual({});
    }
    for (const signed of [undefined, '{body}', '{time}', '{time}{time}{body}', '{time}.{body}}', '{time}.{body}{id}']) {
      expect([signed, Object.keys(signing({ signed, time }))]).toEqual([signed, ['/signature/signed']]);
    }
    expect(signing({ signed: '{time}.{body}' })).toEqual({
      '/signature/signed': expect.stringContaining('where a {time} stands is said by time') as string,
    });
  });

  it('keeps its secrets apart', () => {
    const signature = { kind: 'hmac', header: 'X-Signature', secrets: ['sixteen letters!'] };
    const read = readDeclaration({ signature, events: [DEPLOY] });
    expect(read).toMatchObject({ secrets: ['sixteen letters!'] });
    expect('declaration' in read && read.declaration.signature).toEqual({ kind: 'hmac', header: 'X-Signature' });
    expect(readDeclaration({ signature: { kind: 'hmac', header: 'X' }, events: [DEPLOY] })).toMatchObject({
      secrets: null,
    });
    expect(readDeclaration({ events: [DEPLOY] })).toMatchObject({ secrets: [] });
  });
});

describe('a path', () => {
  it.each([
    '$.a.b',
    "$['a b'][0]",
    '$.list[-1].id',
    "$.labels[?@.name == 'env, or $..so'].value",
    '$.a[?count(@.*) > 1].b',
    '$',
  ])('%s may be used', (path) => {
    expect(faultOf(path)).toBeUndefined();
  });

  it.each([
    ['a.b', 'must begin with $'],
    ['/a/b', 'must begin with $'],
    ['$.a[', 'is no JSONPath (RFC 9535)'],
    ['$.a.', 'is no JSONPath (RFC 9535): it breaks off'],
    ['$.a b', 'at character 4'],
    ["$.a[?match(@.b, 'x')]", "no such function 'match'"],
    ["$.a[?search(@.b, '(a+)+$')]", "no such function 'search'"],
    ['$..a', 'must not search at all depths'],
    ['$.a[?@..b]', 'must not search at all depths'],
    ['$.a[?$.b == @.c]', 'must not begin at $ again'],
    ["$['a','b']", 'must take one way only'],
  ])('%s may not: %s', (path, detail) => {
    expect(faultOf(path)).toContain(detail);
  });
});
