import { type FindOperator, Raw } from 'typeorm';

/**
 * A name with its A–Z in lower case: two names that are the same then are alike. No other letters, so that this and
 * PostgreSQL agree whatever its locale; the API takes none, only DEVOPSTIC_USERNAME may have them.
 */
export function caseless(username: string): string {
  return username.replace(/[A-Z]/g, (letter) => letter.toLowerCase());
}

/** For a `where`: whose name is alike. */
export function alike(username: string): FindOperator<string> {
  // The locale C knows no upper case but A–Z.
  return Raw((column) => `lower(${column} COLLATE "C") = :caseless`, { caseless: caseless(username) });
}

/**
 * Who is meant, of those whose names are alike. There may be two from a time when case counted: each is meant by the exact name
 * only.
 */
export function meant<T extends { username: string }>(users: readonly T[], username: string): T | null {
  const exact = users.find((user) => user.username === username);
  return exact ?? (users.length === 1 ? (users[0] ?? null) : null);
}
