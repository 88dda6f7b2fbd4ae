import { Readable } from 'node:stream';
import type { ImportItem } from '../import-item.js';
import { readCsv } from './csv-events.js';

async function read(text: string): Promise<ImportItem[]> {
  const items: ImportItem[] = [];
  for await (const item of readCsv(Readable.from([Buffer.from(text)]))) items.push(item);
  return items;
}

describe('readCsv', () => {
  it('gives each field the type that the contract has for it, and leaves out empty cells', async () => {
    const header = 'type,pipeline_id,commit_id,pull_request_id,commits,rollback,environment,timestamp';
    expect(await read(`${header}\ndeploy,42,0123,7,a  b,False, prod ,1772445600\ncommit,,,,,,,\n`)).toEqual([
      {
        place: 'line 2',
        event: {
          type: 'deploy',
          pipeline_id: '42',
          commit_id: '0123',
          pull_request_id: 7,
          commits: ['a', 'b'],
          rollback: false,
          environment: 'prod',
          timestamp: 1772445600,
        },
      },
      { place: 'line 3', event: { type: 'commit' } },
    ]);
  });

  it('names the last line of an event that has several', async () => {
    expect(await read('type,environment\ndeploy,"a\nb"\ncommit,\n')).toMatchObject([
      { place: 'line 3', event: { environment: 'a\nb' } },
      { place: 'line 4' },
    ]);
  });

  it('says where a quote began that swallowed the rest', async () => {
    const begun = (line: number) => ({ place: `line ${line}`, unreadable: expect.stringContaining('never closed') });
    expect(await read('type,environment\ncommit,\n\n\ndeploy,"a\ncommit,\n')).toEqual([
      { place: 'line 2', event: { type: 'commit' } },
      begun(5),
    ]);
    expect(await read('type,environment\n\ncommit,"a\nb"\ndeploy\n\ndeploy,"a\n\ncommit,\n')).toEqual([
      { place: 'line 4', event: { type: 'commit', environment: 'a\nb' } },
      { place: 'line 5', unreadable: expect.stringContaining('columns length is 2, got 1') },
      begun(7),
    ]);
    const huge = `type,environment\ncommit,\ndeploy,"${'x\n'.repeat(1_000_000)}`;
    expect(await read(huge)).toContainEqual(begun(3));
  });

  it('reads no further ahead than streams buffer', async () => {
    let made = 0;
    const rows = function* () {
      yield 'type,commit_id\n';
      for (; made < 1_000_000; made++) yield `commit,c${made}\n`;
    };
    const items = readCsv(Readable.from(rows(), { objectMode: false }));
    for (let i = 0; i < 10; i++) await items.next();
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(made).toBeLessThan(10_000);
    await items.return(undefined);
  });
});
