import { readEvent } from '../events/event.reader.js';
import { withinLimits } from './within-limits.js';

const deploy = { type: 'deploy', pipeline_id: 'web', status: 'success', commit_id: 'c1' } as const;

function linkOf(url: string) {
  return withinLimits({ ...deploy, environment: 'live', url }).url;
}

describe('what a provider tells', () => {
  it('is cut where it is only a name, never in the midst of a character', () => {
    const event = withinLimits({ ...deploy, environment: '🚀'.repeat(101), author: 'a'.repeat(201) });
    expect(event).toEqual({ ...deploy, environment: '🚀'.repeat(100), author: 'a'.repeat(200) });
  });

  it('loses a link that is none, and keeps one that is', () => {
    expect(linkOf('https://ci.example.com/1')).toBe('https://ci.example.com/1');
    for (const url of [
      '',
      'ftp://example.com',
      'https://',
      `https://example.com/${'x'.repeat(2000)}`,
      'javascript:alert(1)',
      'https://example.com/\n1',
      'https://ada:secret@example.com/\u007f',
    ]) {
      expect(linkOf(url)).toBeUndefined();
    }
  });

  it('loses the credentials in a link, and no more', () => {
    expect(linkOf('https://ada:secret@ci.example.com/1?a=@')).toBe('https://ci.example.com/1?a=@');
    expect(linkOf('https://ci.example.com/@ada/1 2')).toBe('https://ci.example.com/@ada/1 2');
  });

  it('is then an event', () => {
    const told = {
      ...deploy,
      environment: 'pro\0d\ud800'.repeat(100),
      author: '\ud800',
      url: 'https://a\ud800.example',
    };
    expect(readEvent(withinLimits(told), new Date())).toHaveProperty('event');
  });
});
