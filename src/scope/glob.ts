type Matcher = (text: string) => boolean;

const known = new Map<string, Matcher>();
const MOST_KNOWN = 10_000;

/** No name here is as long, nor is the path of any file. */
const LONGEST_NAMED = 1024;

/** Whether a glob names a text. An absent glob names every text, and any other none that is longer than names are. */
export function names(glob: string | undefined, text: string): boolean {
  return glob === undefined || matcherOf(glob)(text);
}

/**
 * What tells whether a glob names a text: `*` is anything but a slash, `**` anything, and `**` with a slash behind it, where
 * a folder may begin, any number of folders, also none. Every other sign stands for itself.
 */
export function matcherOf(glob: string): Matcher {
  const found = known.get(glob);
  if (found !== undefined) return found;
  const parts = glob.replaceAll(/\*{3,}/g, '**').split(/((?<![^/])\*\*\/|\*+)/);
  const stated = parts.filter((part) => part !== '');
  const [longest = ''] = stated.filter((part) => !part.startsWith('*')).toSorted((a, b) => b.length - a.length);
  // Most texts lack what is written out, which is soon found: a push may list a hundred thousand files.
  const matcher: Matcher = (text) => text.length <= LONGEST_NAMED && text.includes(longest) && matches(stated, text);
  if (known.size >= MOST_KNOWN) known.clear();
  known.set(glob, matcher);
  return matcher;
}

/** What a star stands for so far, to be made longer if what follows does not match. */
interface Star {
  star: string;
  /** The part after it. */
  part: number;
  /** Where in the text it ends. */
  end: number;
}

/**
 * Takes each part at the first place where it matches. Where one does not, the last `*` is made longer, and once that meets a
 * slash, the last `**`. No star before it ever need be, since what follows has matched as early as it can. A regular expression
 * would try them all, which takes forever on some texts, and it is who sends a text that chooses it.
 */
function matches(parts: readonly string[], text: string): boolean {
  let within: Star | null = null;
  let across: Star | null = null;
  let [part, at] = [0, 0];
  for (;;) {
    const next = parts[part];
    if (next === undefined ? at === text.length : next === '**' && part === parts.length - 1) return true;
    if (next?.startsWith('*')) {
      const star = { star: next, part: ++part, end: at };
      within = next === '*' ? star : null;
      if (within === null) across = star;
    } else if (next !== undefined && text.startsWith(next, at)) {
      part++;
      at += next.length;
    } else {
      within = within && longer(within, text);
      if (within === null) across = across && longer(across, text);
      const star: Star | null = within ?? across;
      if (star === null) return false;
      ({ part, end: at } = star);
    }
  }
}

function longer({ star, part, end }: Star, text: string): Star | null {
  if (star === '**/') {
    const slash = text.indexOf('/', end);
    return slash === -1 ? null : { star, part, end: slash + 1 };
  }
  const ended = end === text.length || (star === '*' && text[end] === '/');
  return ended ? null : { star, part, end: end + 1 };
}
