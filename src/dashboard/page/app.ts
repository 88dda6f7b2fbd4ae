import { ApiError, logOut, SESSION_ENDED } from './api/api.js';
import { currentSession, endSession, readingIsOpen } from './api/session.js';
import { type Choice, readChoice, type View, writeChoice } from './choice/choice.js';
import type { Context } from './context.js';
import { fill } from './dom.js';
import { openExplanation } from './explain/explain.js';
import { type Known, lookUp } from './known.js';
import { isBeingRead, newsNote, notes } from './notes.js';
import { problem } from './problem.js';
import { shell } from './shell.js';
import { deployments } from './views/deployments.js';
import { firstEventView } from './views/first-event.js';
import { incidents } from './views/incidents.js';
import { overview } from './views/overview.js';
import { pipelines } from './views/pipelines.js';
import { signInView } from './views/sign-in.js';
import { watchEvents } from './watch.js';

type Shown = (context: Context) => HTMLElement[] | Promise<HTMLElement[]>;

const VIEW: Readonly<Record<View, Shown>> = { overview, pipelines, deployments, incidents };
const OWN_ZONE = Intl.DateTimeFormat().resolvedOptions().timeZone;
const ENDED = 'Your session has ended. Sign in again to go on where you were.';

/** Shows what the URL says, and says in the URL what is shown. */
export class App {
  private choice = readChoice(new URLSearchParams(location.search), OWN_ZONE);
  private readonly shell;
  private running = new AbortController();
  private known: Known | null = null;
  /** What is shown, and of which choice; null while it is loading, and when it failed. */
  private shown: { context: Context; of: string } | null = null;
  private dialog: HTMLDialogElement | null = null;

  constructor(root: HTMLElement) {
    this.shell = shell(
      root,
      (change) => this.go(change),
      (wanted) => this.onSession(wanted),
    );
  }

  start(): void {
    addEventListener('popstate', () => {
      this.choice = readChoice(new URLSearchParams(location.search), OWN_ZONE);
      void this.show();
    });
    document.addEventListener(SESSION_ENDED, () => this.signIn(ENDED));
    history.replaceState(null, '', `?${writeChoice(this.choice)}`);
    void this.show();
  }

  private go(change: Partial<Choice>): void {
    this.choice = { ...this.choice, ...change };
    history.pushState(null, '', `?${writeChoice(this.choice)}`);
    if (change.view !== undefined) scrollTo(0, 0);
    void this.show();
  }

  private onSession(wanted: 'in' | 'out'): void {
    if (wanted === 'out') void logOut();
    this.forget();
    if (wanted === 'out' && readingIsOpen()) void this.show();
    else this.signIn(wanted === 'out' ? 'You have signed out.' : null);
  }

  private signIn(reason: string | null): void {
    this.forget();
    this.shell.update(this.choice);
    this.shell.bare(true);
    this.shell.busy(false);
    fill(this.shell.main, signInView({ reason, done: () => void this.show() }));
    this.shell.main.querySelector('input')?.focus();
  }

  private forget(): void {
    endSession();
    this.running.abort();
    this.known = null;
    this.shown = null;
    this.dialog?.remove();
    this.dialog = null;
  }

  private async show(): Promise<void> {
    if (currentSession() === null && !readingIsOpen()) return this.signIn(null);
    const of = String(writeChoice({ ...this.choice, explained: null }));
    this.shell.update(this.choice);
    if (this.shown?.of !== of) await this.load(of);
    this.showExplanation();
  }

  private async load(of: string): Promise<void> {
    this.running.abort();
    this.shown = null;
    const { signal } = (this.running = new AbortController());
    this.shell.busy(true);
    try {
      const known = await lookUp(this.choice, this.known, signal);
      this.known = known;
      const context = this.contextOf(known, signal);
      const empty = known.pipelines.length === 0;
      const content = empty ? [firstEventView()] : await VIEW[this.choice.view](context);
      if (signal.aborted) return;
      this.shell.bare(empty);
      this.shell.filters.update(this.choice, known.pipelines);
      fill(this.shell.main, notes(context), content);
      this.shown = { context, of };
      watchEvents(known.pipelines, signal, () => this.onNews());
    } catch (cause) {
      if (signal.aborted || (cause instanceof ApiError && cause.status === 401)) return;
      this.shell.bare(false);
      this.shell.filters.update(this.choice, this.known?.pipelines ?? []);
      fill(
        this.shell.main,
        problem(cause, () => void this.show()),
      );
    }
    this.shell.busy(false);
  }

  private contextOf(known: Known, signal: AbortSignal): Context {
    const go = (change: Partial<Choice>): void => this.go(change);
    const { summary, pipelines: all } = known;
    return { summary, pipelines: all, choice: this.choice, signal, go, explain: (explained) => go({ explained }) };
  }

  private showExplanation(): void {
    const { explained } = this.choice;
    if (explained === null) this.dialog?.close();
    if (explained === null || this.dialog !== null || this.shown === null) return;
    const dialog = openExplanation(this.shown.context, explained);
    this.dialog = dialog;
    dialog.addEventListener('close', () => {
      dialog.remove();
      if (this.dialog !== dialog) return;
      this.dialog = null;
      if (this.choice.explained !== null) this.go({ explained: null });
    });
  }

  private onNews(): void {
    const again = (): void => {
      this.known = null;
      this.shown = null;
      void this.show();
    };
    const reading = this.dialog !== null || this.choice.view !== 'overview' || isBeingRead(this.shell.main);
    if (reading && this.known?.pipelines.length !== 0) this.shell.main.prepend(newsNote(again));
    else again();
  }
}
