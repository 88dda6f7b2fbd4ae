import { Narrowing, SomeRules, SomeTexts, Text } from './rule-properties.js';

const MOST_PIPELINES = 100;
const MOST_PATHS = 100;

/** One of the pipelines that a repository has. */
export class MonorepoPipeline {
  @Text(200, 'What it is called here', 'shop-api')
  pipeline_id!: string;

  @SomeTexts(MOST_PATHS, 500, 'Globs: the files that are delivered by it, from the root of the repository', [
    'services/api/**',
    'libraries/**',
  ])
  paths!: readonly string[];
}

/** A repository that has several pipelines: what is told of it is told of each of these. */
export class MonorepoRule {
  @Narrowing(100, 'The source that tells it, as in the list of deliveries', 'github')
  source?: string;

  @Text(200, 'A glob: the repository, as the source names it', 'acme/shop')
  repository!: string;

  @SomeRules(MOST_PIPELINES, MonorepoPipeline, 'pipeline_id', 'Its pipelines, none of them twice')
  pipelines!: readonly MonorepoPipeline[];
}
