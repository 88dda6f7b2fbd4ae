import { caseless, meant } from './user-names.js';

describe('user names', () => {
  it.each([
    ['Admin', 'admin'],
    ['ADA@Example.COM', 'ada@example.com'],
    // What other rules of case would change, PostgreSQL would change in some locales only.
    ['\u00c4DA', '\u00c4da'],
    ['\u0130\u212a', '\u0130\u212a'],
  ])('%s without case is %s', (name, expected) => {
    expect(caseless(name)).toBe(expected);
  });

  it.each([
    ['the exact one of two alike', ['Ada', 'ada'], 'ada', 'ada'],
    ['the other one of them', ['Ada', 'ada'], 'Ada', 'Ada'],
    ['neither by a third spelling', ['Ada', 'ada'], 'ADA', undefined],
    ['the only one, however spelt', ['Ada'], 'aDA', 'Ada'],
    ['nobody', [], 'ada', undefined],
  ])('mean %s', (_, names, name, expected) => {
    const users = names.map((username) => ({ username }));
    expect(meant(users, name)?.username).toBe(expected);
  });
});
