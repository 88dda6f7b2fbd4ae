/** What an alert is labelled with: a value by its name. */
export type Labels = (name: string) => string | undefined;

/** `pipeline` is there for us; `service` is what most alerts are labelled with anyway. */
export function pipelineOf(labels: Labels): string | undefined {
  return labels('pipeline') ?? labels('service');
}

export function environmentOf(labels: Labels): string | undefined {
  return labels('environment') ?? labels('env');
}

/** Tags such as `service:web`, for providers that have no labels. Of two with one name the first counts. */
export function labelsOfTags(tags: readonly string[]): Labels {
  return (name) => {
    const prefix = `${name}:`;
    return tags.find((tag) => tag.startsWith(prefix) && tag !== prefix)?.slice(prefix.length);
  };
}
