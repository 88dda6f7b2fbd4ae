interface Entry {
  at: number;
  act: () => void;
}

/** What will happen, in the order of time. Acting may put more on it. */
export class Agenda {
  private readonly entries: Entry[] = [];

  /** Of several at one time, the one that was put on first comes first. */
  at(time: number, act: () => void): void {
    let place = this.entries.length;
    while (place > 0 && (this.entries[place - 1]?.at ?? 0) > time) place--;
    this.entries.splice(place, 0, { at: time, act });
  }

  runUntil(end: number): void {
    for (;;) {
      const [next] = this.entries;
      if (next === undefined || next.at > end) return;
      this.entries.shift();
      next.act();
    }
  }
}
