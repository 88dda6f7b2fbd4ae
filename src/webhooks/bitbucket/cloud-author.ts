import type { Payload } from '../payload.js';

/** An account, or what git knows of an author: `Ada <ada@example.com>`. */
export function authorOf(author: Payload): string | undefined {
  const account = author.at('user');
  return (
    account.at('nickname').optionalText() ??
    account.at('display_name').optionalText() ??
    author.at('nickname').optionalText() ??
    author.at('display_name').optionalText() ??
    author
      .at('raw')
      .optionalText()
      ?.replace(/ *<[^>]*>$/, '')
  );
}
