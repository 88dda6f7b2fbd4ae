import { ShortMemory } from './short-memory.js';

let asked: string[] = [];

function memory(lifetime?: number, limit?: number): ShortMemory<string> {
  asked = [];
  const lookUp = (key: string): Promise<string> => {
    asked.push(key);
    return Promise.resolve(key.toUpperCase());
  };
  return new ShortMemory(lookUp, lifetime, limit);
}

describe('the short memory', () => {
  it('looks up once for requests that come together and shortly after', async () => {
    const known = memory();
    await expect(Promise.all([known.get('a'), known.get('a')])).resolves.toEqual(['A', 'A']);
    await known.get('a');
    expect(asked).toEqual(['a']);
  });

  it('looks up again when its lifetime is over', async () => {
    const known = memory(20);
    await known.get('a');
    await new Promise((resolve) => setTimeout(resolve, 40));
    await known.get('a');
    expect(asked).toEqual(['a', 'a']);
  });

  it('looks up again what it was told to forget, even if the first look-up is still under way', async () => {
    const known = memory();
    const before = known.get('a');
    known.forget('a');
    await Promise.all([before, known.get('a')]);
    expect(asked).toEqual(['a', 'a']);
  });

  it('drops the oldest beyond its limit', async () => {
    const known = memory(1000, 2);
    for (const key of ['a', 'b', 'c', 'b', 'a']) await known.get(key);
    expect(asked).toEqual(['a', 'b', 'c', 'a']);
  });

  it('does not remember a failure', async () => {
    let failing = true;
    const known = new ShortMemory(() => (failing ? Promise.reject(new Error('away')) : Promise.resolve('here')));
    await expect(known.get('a')).rejects.toThrow('away');
    failing = false;
    await expect(known.get('a')).resolves.toBe('here');
  });
});
