import type { EventBody } from './event.js';
import { isHttpUrl, withoutCredentials } from './http-url.js';

/**
 * An event that a provider may tell, as the contract can hold it: what is only a label or a link must not cost the event.
 * Names are cut, a link that is none or too long is left out, and credentials are taken out of it; identifiers are left as they are, and refused if too long.
 */
export function withinLimits(event: EventBody): EventBody {
  const { author, environment, url: told, ...rest } = event;
  const url = withoutCredentials(told ?? '');
  return {
    ...rest,
    ...(author ? { author: cut(author, 200) } : {}),
    ...(environment ? { environment: cut(environment, 100) } : {}),
    ...(url.length <= 2000 && isHttpUrl(url) ? { url } : {}),
  };
}

/** Counts characters, as JSON Schema does: none is cut in two. */
function cut(text: string, longest: number): string {
  const storable = text.toWellFormed().replaceAll('\0', '');
  return storable.length <= longest ? storable : Array.from(storable).slice(0, longest).join('');
}
