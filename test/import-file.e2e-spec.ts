import { jest } from '@jest/globals';
import { gzipSync } from 'node:zlib';
import { startApp, type TestApp } from './support/app.js';
import { PROGRAM } from './support/cli.js';
import { bash } from './support/documents.js';
import { aFile, importInto, runImport, signIn } from './support/importing.js';
import { read } from './support/sending.js';

// Each starts the program a few times.
jest.setTimeout(120_000);

const EVENTS = [
  { type: 'commit', pipeline_id: 'shop', commit_id: 'c1', parents: ['c0', 'b0'], timestamp: '2026-03-02T08:00:00Z' },
  { type: 'approve', pipeline_id: 'shop', commit_id: 'c1', pull_request_id: 7, timestamp: 1772445600 },
  {
    id: 'd1',
    type: 'deploy',
    pipeline_id: 'shop',
    environment: 'production',
    status: 'failure',
    commit_id: 'c1',
    commits: ['c0'],
    rollback: false,
    rework: true,
    url: 'https://ci.example.com/a,b?"c"',
    timestamp: '2026-03-02T11:30:00+01:00',
  },
];

const NDJSON = EVENTS.map((event) => `${JSON.stringify(event)}\n`).join('');
const CSV = `\ufefftype,pipeline_id,id,commit_id,parents,pull_request_id,environment,status,commits,rollback,rework,url,timestamp\r
commit,shop,,c1,c0 b0,,,,,,,,2026-03-02T08:00:00Z\r
approve,shop,,c1,,7,,,,,,,1772445600\r
\r
deploy,shop,d1,c1,,,production,failure,c0,false,TRUE,"https://ci.example.com/a,b?""c""",2026-03-02T11:30:00+01:00\r
`;
const ALL_NEW = { sent: 3, new: 3, known_before: 0, rejected: 0, rejections: [] };
const ALL_KNOWN = { sent: 3, new: 0, known_before: 3, rejected: 0, rejections: [] };

let app: TestApp;
beforeEach(async () => {
  app = await startApp();
});
afterEach(() => app.close());

const stored = () => read<{ count: number; items: { commit_id: string }[] }>(app, '/events?limit=1000');

describe('a file of events', () => {
  it('is stored, and once only: however often, as NDJSON or as CSV, compressed or from the standard input', async () => {
    const first = await importInto(app, ['file', aFile('events.ndjson', NDJSON)]);
    expect(first).toMatchObject({ code: 0, outcome: ALL_NEW });
    expect(first.stderr).toContain('100% | 3 events');
    expect((await stored()).count).toBe(3);
    const again = [
      await importInto(app, ['file', aFile('events.csv', CSV)]),
      await importInto(app, ['file', aFile('events.csv.gz', gzipSync(CSV))]),
      await importInto(app, ['file', aFile('events.jsonl.gz', gzipSync(NDJSON))]),
      await importInto(app, ['file', '-'], NDJSON),
      await importInto(app, ['file', '-', '--format', 'csv'], CSV),
    ];
    expect(again.map(({ code, outcome }) => ({ code, outcome }))).toEqual(
      again.map(() => ({ code: 0, outcome: ALL_KNOWN })),
    );
    expect((await stored()).count).toBe(3);
  });

  it('is told of in words', async () => {
    const { stdout } = await runImport(['file', aFile('events.ndjson', NDJSON)], '', signIn(app));
    expect(stdout).toBe('Sent 3 events: 3 new, 0 known before, 0 rejected.\n');
  });

  it('of NDJSON names each line that is rejected and why, and stores the others', async () => {
    const lines = [
      JSON.stringify(EVENTS[0]),
      '',
      '{"type": "commit"',
      JSON.stringify({ type: 'commit', pipeline_id: 'shop', comit_id: 'c2' }),
      '[]',
      JSON.stringify(EVENTS[1]),
      JSON.stringify({ ...EVENTS[2], id: 'd1' }),
      JSON.stringify({ ...EVENTS[2], status: 'success' }),
    ];
    const { code, outcome } = await importInto(app, ['file', '-'], lines.join('\n'));
    expect({ code, outcome }).toEqual({
      code: 1,
      outcome: {
        sent: 7,
        new: 3,
        known_before: 0,
        rejected: 4,
        rejections: [
          { place: 'line 3', pointer: '', detail: 'is not valid JSON' },
          { place: 'line 4', pointer: '/commit_id', detail: 'is required' },
          { place: 'line 4', pointer: '/comit_id', detail: 'unknown field' },
          { place: 'line 5', pointer: '', detail: 'must be an object' },
          { place: 'line 8', pointer: '/id', detail: 'an event with this id and other content is already stored' },
        ],
      },
    });
    expect((await stored()).count).toBe(3);
  });

  it('of CSV names each line that is rejected and why, and stores the others', async () => {
    const rows = [
      'type,pipeline_id,commit_id,pull_request_id,rollback,timestamp',
      'commit,shop,c1,,,2026-03-02T08:00:00Z',
      'commit,shop,c2',
      'approve,shop,c1,#7,,2026-03-02T08:00:00Z',
      'approve,shop,"c""1",7,maybe,08:00',
      'commit,shop,c"3,,,2026-03-02T08:00:00Z',
      'commit,shop,c4,,,2026-03-02T08:00:00Z',
    ];
    const { code, outcome } = await importInto(app, ['file', aFile('wrong.csv', rows.join('\n'))]);
    expect({ code, outcome }).toMatchObject({ code: 1, outcome: { sent: 6, new: 2, rejected: 4 } });
    expect(outcome?.rejections).toEqual([
      {
        place: 'line 3',
        pointer: '',
        detail: expect.stringMatching(/^is not valid CSV: .*columns length is 6, got 3/),
      },
      { place: 'line 4', pointer: '/pull_request_id', detail: 'must be an integer' },
      { place: 'line 5', pointer: '/rollback', detail: 'must be a boolean' },
      { place: 'line 5', pointer: '/timestamp', detail: expect.stringContaining('RFC 3339') },
      { place: 'line 6', pointer: '', detail: expect.stringMatching(/^is not valid CSV: Invalid Opening Quote/) },
    ]);
    expect((await stored()).items.map((event) => event.commit_id)).toEqual(['c4', 'c1']);
  });

  it('tells the first rejections in full, and counts the rest', async () => {
    const lines = Array.from({ length: 2500 }, (_, i) => (i % 2 === 0 ? NDJSON.split('\n')[0] : '{"type": 7}'));
    const { code, stdout } = await runImport(['file', '-'], lines.join('\n'), signIn(app));
    expect(code).toBe(1);
    expect(stdout).toMatch(/^Sent 2500 events: 1 new, 1249 known before, 1250 rejected\.\n {2}line 2: \/pipeline_id/);
    expect(stdout).toMatch(/ {2}line 40: .*\n {2}… and 1230 more\n$/);
  });

  it('is only written out by a dry run, which needs no service and refuses what that would', async () => {
    const lines = `${NDJSON}{"type": "commit"}\n`;
    const { code, stdout, stderr } = await runImport(['file', '-', '--dry-run', '--url', 'http://127.0.0.1:9'], lines);
    expect(code).toBe(1);
    expect(
      stdout
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line) as object),
    ).toEqual(EVENTS);
    expect(stderr).toBe(
      'Nothing was sent. 4 events: 3 would be sent, 1 rejected.\n' +
        '  line 4: /commit_id is required\n  line 4: /pipeline_id is required\n',
    );
    expect((await stored()).count).toBe(0);
  });
});

describe('a dry run', () => {
  it('ends quietly when nobody reads on', async () => {
    const path = aFile('long.ndjson', NDJSON.repeat(20_000));
    const output = await bash(`${PROGRAM} import file ${path} --dry-run 2>&1 | head -n 1`);
    expect(JSON.parse(output)).toEqual(EVENTS[0]);
  });
});

describe('a file that cannot be imported', () => {
  const failure = async (words: string[], input?: string) => {
    const { code, stderr } = await runImport(['file', ...words], input, signIn(app));
    return { code, told: stderr.replaceAll(/^importing .*\n/gm, '') };
  };

  it('is refused with what to do', async () => {
    const cut = gzipSync(NDJSON.repeat(100)).subarray(0, 60);
    expect([
      await failure(['/no/such/file.csv']),
      await failure([aFile('events.txt', NDJSON)]),
      await failure([aFile('named.csv', 'type,comit_id\ncommit,c1\n')]),
      await failure([aFile('twice.csv', 'type,commit_id,type\n')]),
      await failure([aFile('cut.ndjson.gz', cut)]),
      await failure(['-', '--format', 'xml']),
    ]).toEqual([
      { code: 1, told: expect.stringMatching(/^devopstic: \/no\/such\/file\.csv cannot be read: ENOENT/) },
      { code: 1, told: expect.stringMatching(/events\.txt: say with --format whether it is ndjson or csv\n$/) },
      { code: 1, told: expect.stringMatching(/no field is "comit_id"\. Fields are id, type, pipeline_id/) },
      { code: 1, told: expect.stringContaining('The first line names "type" twice') },
      { code: 1, told: expect.stringMatching(/cut\.ndjson\.gz cannot be read to its end: unexpected end of file/) },
      { code: 2, told: expect.stringContaining('Allowed choices are ndjson, csv') },
    ]);
    expect((await stored()).count).toBe(0);
  });
});
