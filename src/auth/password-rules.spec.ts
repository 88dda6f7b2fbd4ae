import { faultOf } from './password-rules.js';

describe('a password that is set anew', () => {
  it.each([
    ['three words', 'correct horse battery'],
    ['made up by a machine', 'k7XvQ9-tRw2pLm4z'],
    ['of twelve characters', 'xq7-rte-vnmp'],
    ['in another script', '\u0433\u043e\u0440\u043e\u0434\u0430 \u0432 \u0442\u0443\u043c\u0430\u043d\u0435'],
    [
      'of twelve that take two units each',
      '\u{1F600}\u{1F34E}\u{1F68C}\u{1F319}\u{1F40C}\u{1F3B2}\u{1F9E6}\u{1F955}\u{1F6B2}\u{1F3BB}\u{1F9CA}\u{1F335}',
    ],
    ['a common word among many digits', 'sunshine 482917364'],
    ['that only holds the name', 'ada likes the sea'],
  ])('may be one %s', async (_, password) => {
    await expect(faultOf(password, 'ada')).resolves.toBeNull();
  });

  it.each([
    ['of eleven characters', 'xq7-rte-vnm', /at least 12/],
    ['of eleven that take two units each', '\u{1F600}'.repeat(5) + '\u{1F34E}'.repeat(6), /at least 12/],
    ['the name', 'Ada.Lovelace@example.com', /name of the user/],
    ['the name with a year', 'ADA.lovelace@example.com2026', /name of the user/],
    ['the name twice', 'ada.lovelace@example.comada.lovelace@example.com', /name of the user/],
    ['common', 'qwertyuiop[]', /common/],
    ['common in capitals', 'Administrator', /common/],
    ['common in wide letters', '\uff50\uff41\uff53\uff53\uff57\uff4f\uff52\uff441234', /common/],
    ['common with a year and a mark', 'Password2026!', /common/],
    ['common with marks on both sides', '!!superman!!', /common/],
    ['common twice', 'sunshinesunshine', /common/],
    ['common twice, with a year', 'DragonDragon1999', /common/],
    ['of digits in order', '123456789012', /common/],
    ['one character only', 'zzzzzzzzzzzz', /repeated/],
    ['a short piece again and again', 'xq7!xq7!xq7!', /repeated/],
  ])('may be none that is %s', async (_, password, fault) => {
    await expect(faultOf(password, 'ada.lovelace@example.com')).resolves.toMatch(fault);
  });
});
