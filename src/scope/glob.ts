import picomatch from 'picomatch';

/** Plain globs only: what else the library knows would surprise in the name of a service or a branch. */
const OPTIONS: picomatch.PicomatchOptions = {
  dot: true,
  noextglob: true,
  nonegate: true,
  nobrace: true,
  nobracket: true,
};

const known = new Map<string, (text: string) => boolean>();
const MOST_KNOWN = 10_000;

/** No name here is as long, and a glob with several `*` takes the square of the length, or more. Whoever sends it chooses that. */
const LONGEST_NAMED = 1000;

/**
 * Whether a glob names a text: `*` is anything but a slash, `**` anything. An absent glob names every text, and any other
 * none that is longer than names are.
 */
export function names(glob: string | undefined, text: string): boolean {
  return glob === undefined || (text.length <= LONGEST_NAMED && matcherOf(glob)(text));
}

function matcherOf(glob: string): (text: string) => boolean {
  const found = known.get(glob);
  if (found !== undefined) return found;
  const matcher = picomatch(glob.replaceAll(/[()|]/g, String.raw`\$&`), OPTIONS);
  if (known.size < MOST_KNOWN) known.set(glob, matcher);
  return matcher;
}
