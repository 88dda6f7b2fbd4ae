import { jest } from '@jest/globals';
import type { IncomingMessage } from 'node:http';
import { PassThrough } from 'node:stream';
import { WholeBody } from './whole-body.js';

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

describe('a body that is read into memory', () => {
  afterEach(() => jest.restoreAllMocks());

  it('takes no memory any more once it was too large, however it ends', async () => {
    const source = new PassThrough();
    const body = new WholeBody(source as unknown as IncomingMessage, 10);
    source.write('more than ten bytes');
    await expect(body.bytes).rejects.toMatchObject({ status: 413 });
    const concat = jest.spyOn(Buffer, 'concat');
    source.end();
    source.resume();
    await turn();
    expect(source.readableEnded).toBe(true);
    expect(concat).not.toHaveBeenCalled();
  });

  it('is broken off whose sender had gone before', async () => {
    const source = new PassThrough();
    source.destroy();
    await turn();
    const body = new WholeBody(source as unknown as IncomingMessage, 10);
    await expect(body.bytes).rejects.toMatchObject({ status: 400, detail: 'The body broke off' });
  });
});
