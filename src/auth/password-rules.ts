import { Problem } from '../http/problem.js';

export const MIN_LENGTH = 12;
export const MAX_LENGTH = 256;
/** Less than that, said again and again, is soon guessed. */
const SHORTEST_PIECE = 8;
/** A year, `123` or `!` around a common password make it no other. */
const MOST_AROUND = 6;

/**
 * What is wrong with a password that is to be set; null: nothing. Those that are set already were judged by the rules of their
 * time, and are only hashes now.
 */
export async function faultOf(password: string, username: string): Promise<string | null> {
  // By code points, as the contract's minLength counts.
  if (Array.from(password).length < MIN_LENGTH) return `must have at least ${MIN_LENGTH} characters`;
  const plain = normal(password);
  const cores = [plain, withoutEnds(plain)].map(pieceOf);
  const name = normal(username);
  if ([name, withoutEnds(name)].some((one) => cores.includes(one))) return 'must not be the name of the user';
  if (cores[0] !== plain && Array.from(cores[0] ?? plain).length < SHORTEST_PIECE)
    return 'must not be a few characters repeated';
  const common = await commonPasswords();
  if (cores.some((core) => common.includes(core))) {
    return 'must not be a common password, nor one that is repeated or has only a few digits or marks around it';
  }
  return null;
}

/** @throws Problem 400 naming the field that gives the password */
export async function mustBeGood(password: string, username: string, pointer: string): Promise<void> {
  const detail = await faultOf(password, username);
  if (detail !== null) throw new Problem(400, 'The request is not valid', [{ pointer, detail }]);
}

function normal(text: string): string {
  return text.normalize('NFKC').toLowerCase();
}

function withoutEnds(password: string): string {
  const core = password.replace(/^[^\p{L}]+|[^\p{L}]+$/gu, '');
  return password.length - core.length <= MOST_AROUND ? core : password;
}

function pieceOf(password: string): string {
  return /^(.+?)\1+$/su.exec(password)?.[1] ?? password;
}

/** 49,000 of them, the commonest first, all in lower case. Loaded only here: a password is seldom set. */
async function commonPasswords(): Promise<readonly string[]> {
  const { dictionary } = await import('@zxcvbn-ts/language-common');
  return dictionary['passwords-common'];
}
