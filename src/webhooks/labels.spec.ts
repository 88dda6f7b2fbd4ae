import { environmentOf, labelsOfTags, pipelineOf } from './labels.js';

describe('labels', () => {
  it('name a pipeline by its own label before that of the service', () => {
    expect(pipelineOf(labelsOfTags(['service:web', 'pipeline:acme/shop']))).toBe('acme/shop');
    expect(pipelineOf(labelsOfTags(['service:web']))).toBe('web');
    expect(pipelineOf(labelsOfTags(['team:web']))).toBeUndefined();
  });

  it('name an environment in full before in short', () => {
    expect(environmentOf(labelsOfTags(['env:prod', 'environment:production']))).toBe('production');
    expect(environmentOf(labelsOfTags(['env:prod']))).toBe('prod');
  });

  it('are read from tags up to the first colon, the first with a value', () => {
    const labels = labelsOfTags(['service', 'service:', 'services:x', 'service:a:b', 'service:c']);
    expect(labels('service')).toBe('a:b');
  });
});
