import { Passwords } from './passwords.js';

describe('passwords', () => {
  it('match their own hash only', async () => {
    const passwords = new Passwords();
    const hash = await passwords.hash('correct horse');
    await expect(passwords.matches(hash, 'correct horse')).resolves.toBe(true);
    await expect(passwords.matches(hash, 'correct hors')).resolves.toBe(false);
    await expect(passwords.matches(null, 'correct horse')).resolves.toBe(false);
  });

  it('are checked at most two at a time, and at most 200 wait', async () => {
    const passwords = new Passwords();
    let admitted = 0;
    const admit = (): void => {
      admitted += 1;
      throw new Error('not admitted');
    };
    const checks = Array.from({ length: 203 }, () =>
      passwords.matches(null, 'x', admit).catch((error: unknown) => error),
    );
    expect(admitted).toBeLessThanOrEqual(2);
    const errors = await Promise.all(checks);
    expect(errors.slice(0, -1).every((error) => String(error).includes('not admitted'))).toBe(true);
    expect(errors.at(-1)).toMatchObject({ status: 503, headers: { 'Retry-After': '2' } });
    await expect(passwords.matches(null, 'x')).resolves.toBe(false);
  });
});
