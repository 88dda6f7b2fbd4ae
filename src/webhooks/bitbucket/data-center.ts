import type { Payload } from '../payload.js';

/** A repository as a pipeline, by the key of its project: `SHOP/web`. */
export function pipelineOf(repository: Payload): string {
  return `${repository.at('project', 'key').text()}/${repository.at('slug').text()}`;
}

/** Times of events are written `2026-03-02T10:00:00+0100`. */
export function timeOf(place: Payload): string {
  return place.text().replace(/([+-]\d\d)(\d\d)$/, '$1:$2');
}
