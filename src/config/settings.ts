import { isIP } from 'node:net';

const PREFIX = 'DEVOPSTIC_';
const UNITS: Readonly<Record<string, number>> = { s: 1, m: 60, h: 3600, d: 86_400, w: 604_800 };
const LONGEST_SECONDS = 100 * 366 * 86_400;

type Environment = Readonly<Record<string, string | undefined>>;

/** Reads single variables of the environment and notes what is wrong with them, so that all faults are told at once. */
export class Settings {
  readonly faults: string[] = [];
  private readonly known = new Set<string>();

  constructor(private readonly environment: Environment) {}

  /** An empty variable is one that is not set: `docker -e NAME=` and compose files with blanks make such. */
  has(name: string): boolean {
    return this.value(name) !== null;
  }

  text(name: string, size: { shortest?: number; longest?: number } = {}): string | null {
    const value = this.value(name);
    if (value === null) return null;
    if (size.shortest !== undefined && value.length < size.shortest) {
      this.fault(name, `must have at least ${size.shortest} characters`);
    }
    if (size.longest !== undefined && value.length > size.longest) {
      this.fault(name, `must have at most ${size.longest} characters`);
    }
    return value;
  }

  list(name: string): string[] {
    const items = (this.value(name) ?? '').split(',').map((item) => item.trim());
    return items.filter((item) => item !== '');
  }

  /** IP addresses, or ranges of them as in 10.0.0.0/8. */
  addresses(name: string): string[] {
    const items = this.list(name);
    const wrong = items.filter((item) => !isAddressOrRange(item));
    if (wrong.length > 0) {
      this.fault(name, `must be IP addresses or ranges such as 10.0.0.0/8; wrong: ${wrong.map(shown).join(', ')}`);
    }
    return items;
  }

  url(name: string): string | null {
    const value = this.value(name);
    const sound = value === null || (/^https?:\/\//i.test(value) && URL.canParse(value));
    if (!sound) this.fault(name, `must be an http or https URL; it is ${shown(value)}`);
    return value;
  }

  port(name: string): number | null {
    return this.portOf(PREFIX + name, this.value(name));
  }

  /** For PORT, which platforms set for whatever they run. */
  plainPort(name: string): number | null {
    return this.portOf(name, this.environment[name]?.trim() || null);
  }

  flag(name: string): boolean {
    const value = this.value(name)?.toLowerCase() ?? 'false';
    if (!['true', 'false', '1', '0', 'on', 'off'].includes(value)) this.fault(name, 'must be true or false');
    return ['true', '1', 'on'].includes(value);
  }

  /** The first choice is the default. */
  oneOf<T extends string>(name: string, choices: readonly [T, ...T[]]): T {
    const value = this.value(name);
    if (value === null) return choices[0];
    const choice = choices.find((one) => one === value);
    if (choice === undefined) this.fault(name, `must be one of ${choices.join(', ')}; it is ${shown(value)}`);
    return choice ?? choices[0];
  }

  /** A number with a unit, as in 90s, 15m, 12h, 90d, 2w; or 0. In seconds. */
  duration(name: string, fallback: string, { least = 0 } = {}): number {
    const value = this.value(name) ?? fallback;
    const [, digits, unit] = /^(\d{1,9})([smhdw])$/.exec(value) ?? (value === '0' ? ['0', '0', 's'] : []);
    const seconds = Number(digits) * (UNITS[unit ?? ''] ?? Number.NaN);
    if (Number.isNaN(seconds)) {
      this.fault(name, `must be a duration such as 90s, 15m, 12h or 90d; it is ${shown(value)}`);
    } else if (seconds < least || seconds > LONGEST_SECONDS) {
      this.fault(name, `must be between ${least} seconds and 100 years; it is ${shown(value)}`);
    }
    return seconds;
  }

  pattern(name: string, fallback: string): string {
    const value = this.value(name) ?? fallback;
    try {
      RegExp(value, 'iu');
    } catch {
      this.fault(name, `must be a regular expression; it is ${shown(value)}`);
    }
    return value;
  }

  /** Two variables of which neither makes sense alone. */
  both(one: string, other: string): void {
    const missing = this.has(one) === this.has(other) ? null : this.has(one) ? other : one;
    if (missing !== null) this.fault(missing, `must be set too, as ${PREFIX}${missing === one ? other : one} is`);
  }

  /** Kubernetes adds variables about services to every pod; those are nobody's typing errors. */
  unknown(): string[] {
    const ours = Object.keys(this.environment).filter((name) => name.startsWith(PREFIX) && !this.known.has(name));
    return ours.filter((name) => !/_SERVICE_(HOST|PORT)|_PORT(_\d+_|$)/.test(name));
  }

  private value(name: string): string | null {
    this.known.add(PREFIX + name);
    // A secret read from a file often keeps the file's last newline.
    const value = this.environment[PREFIX + name]?.replace(/\r?\n$/, '');
    // A Kubernetes service named "devopstic" makes DEVOPSTIC_PORT=tcp://10.0.0.1:8080 in every pod beside it.
    const linked = name.endsWith('PORT') && value?.startsWith('tcp://');
    return value === undefined || value.trim() === '' || linked ? null : value;
  }

  private portOf(variable: string, value: string | null): number | null {
    if (value === null) return null;
    const port = /^\d{1,5}$/.test(value) ? Number(value) : Number.NaN;
    if (port >= 0 && port <= 65_535) return port;
    this.faults.push(`${variable} must be a port, a number from 0 (any free one) to 65535; it is ${shown(value)}`);
    return null;
  }

  private fault(name: string, what: string): void {
    this.faults.push(`${PREFIX}${name} ${what}`);
  }
}

/** As Fastify takes them: a range has 1 bit at least, since to trust everybody is to believe any liar. */
function isAddressOrRange(item: string): boolean {
  const [, address = '', bits] = /^([^/]*)(?:\/(\d{1,3}))?$/.exec(item) ?? [];
  const most = { 4: 32, 6: 128 }[isIP(address)] ?? 0;
  return most > 0 && (bits === undefined || (Number(bits) >= 1 && Number(bits) <= most));
}

function shown(value: string): string {
  return JSON.stringify(value.length > 100 ? `${value.slice(0, 100)}…` : value);
}
