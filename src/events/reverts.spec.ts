import { revertsOf } from './reverts.js';

const [a, b] = ['a1'.repeat(20), 'b2'.repeat(20)];

describe('what a commit takes back', () => {
  it('is nothing unless its message says so in the words of git', () => {
    const messages = [undefined, '', 'Revert "Take cards"', `Reverts ${a}`, `It reverts commit ${a}.`];
    expect(messages.map(revertsOf)).toEqual(messages.map(() => ({})));
  });

  it('is the commit that git names', () => {
    expect(revertsOf(`Revert "Take cards"\n\nThis reverts commit ${a}.\n`)).toEqual({ reverts: [a] });
    expect(revertsOf(`* Revert "Take cards"\n\n  This reverts commit ${a}`)).toEqual({ reverts: [a] });
  });

  it('is a merge, and not what it was merged into', () => {
    const message = `Revert "Merge"\n\nThis reverts commit ${a}, reversing\nchanges made to ${b}.\n`;
    expect(revertsOf(message)).toEqual({ reverts: [a] });
  });

  it('may be several commits, each once', () => {
    expect(revertsOf([b, a, b].map((id) => `This reverts commit ${id}.`).join('\r\n'))).toEqual({ reverts: [b, a] });
  });

  it('is told by full ids alone, of SHA-1 or of SHA-256', () => {
    const sha256 = 'c3'.repeat(32);
    expect(revertsOf(`This reverts commit ${sha256}.`)).toEqual({ reverts: [sha256] });
    for (const id of [a.slice(0, 12), `${a}0`, `${sha256}0`, `${a.slice(0, 12)} (Take cards, 2026-03-02)`]) {
      expect(revertsOf(`This reverts commit ${id}.`)).toEqual({});
    }
  });

  it('is no more than an event can hold', () => {
    const ids = Array.from({ length: 101 }, (_, i) => String(i).padStart(40, '0'));
    expect(revertsOf(ids.map((id) => `This reverts commit ${id}.`).join('\n'))).toEqual({ reverts: ids.slice(0, 100) });
  });
});
