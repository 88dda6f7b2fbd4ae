import { Writable } from 'node:stream';
import { Config } from './config/config.js';
import { makeLog, NestLog } from './logger.js';

/** The lines that a use of the log writes, parsed. */
function written(use: (log: NestLog) => void): object[] {
  const lines: object[] = [];
  const into = new Writable({
    write(chunk: Buffer, _encoding, done) {
      lines.push(JSON.parse(chunk.toString()) as object);
      done();
    },
  });
  use(new NestLog(makeLog(new Config({}), into)));
  return lines;
}

describe('NestLog', () => {
  it('keeps the words and the cause of a message with fields', () => {
    const cause = Object.assign(new Error('relation is gone'), { code: '42P01', parameters: ['secret'] });
    const [warning, failure] = written((log) => {
      log.warn({ msg: 'not deleted', err: cause }, 'Retention');
      log.error({ msg: 'not stored', source: 'github', err: cause }, undefined, 'Lane');
    });
    const err = { type: 'Error', message: 'relation is gone', code: '42P01', stack: expect.any(String) };
    expect(warning).toMatchObject({ level: 'warn', context: 'Retention', msg: 'not deleted', err });
    expect(failure).toMatchObject({ level: 'error', context: 'Lane', msg: 'not stored', source: 'github', err });
    expect(JSON.stringify([warning, failure])).not.toContain('secret');
  });

  it('tells the time as ISO 8601 does, and the level by its name', () => {
    const [line] = written((log) => log.warn('a connection broke'));
    expect(line).toEqual({
      level: 'warn',
      time: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/),
      msg: 'a connection broke',
    });
  });

  it('writes plain words as they are', () => {
    expect(written((log) => log.warn('a connection broke', 'Database'))).toMatchObject([{ msg: 'a connection broke' }]);
  });
});
