import type { EventBody } from './event.js';

/**
 * An event as a sender of many tells it, with what only says which pipelines it is about: the scope rules take that off when they
 * tell the event of these (src/scope/scope.ts), and it never becomes part of it.
 */
export interface Telling extends EventBody {
  /** Of a commit: the files that it changes by itself; absent: they are not known. */
  files?: readonly string[] | undefined;
  /** Of an incident: what it is labelled with. */
  labels?: readonly string[] | undefined;
  /** Of a deployment: the pipeline that a rule says it is of, as that is called here. */
  deployed?: string | undefined;
}
