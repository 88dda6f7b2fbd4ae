import { applyDecorators } from '@nestjs/common';
import { ApiPropertyOptional } from '@nestjs/swagger';
import { ArrayUnique, IsOptional } from 'class-validator';
import { IsText } from '../auth/text.js';
import { MonorepoRule } from './monorepo-rule.js';
import { NO_RULES } from './no-rules.js';
import { Narrowing, OptionalText, Rules, Text, Texts } from './rule-properties.js';

const LONGEST_EXPRESSION = 1000;

/** It is Postgres that reads it, and that is asked whether it can: see scopes.ts. */
function Expression(description: string, example: string): PropertyDecorator {
  return applyDecorators(
    ApiPropertyOptional({
      type: 'string',
      minLength: 1,
      maxLength: LONGEST_EXPRESSION,
      nullable: true,
      default: null,
      description,
      example,
    }),
    IsOptional(),
    IsText(1, LONGEST_EXPRESSION),
  );
}

/** A name of a source's, and what it is called here. */
class PipelineRule {
  @Narrowing(100, 'The source that tells it, as in the list of deliveries', 'pagerduty')
  source?: string;

  @Text(200, 'A glob: the repository, service or application, as the source names it', 'Shop *')
  match!: string;

  @Text(200, 'What it is called here', 'acme/shop')
  pipeline_id!: string;
}

class EnvironmentRule {
  @Text(100, 'A glob: the environment, as the source names it', 'prod-*')
  match!: string;

  @Text(100, 'What it is called here', 'production')
  environment!: string;
}

class BranchRule {
  @Text(200, 'A glob: the repository, as the source names it', 'acme/legacy-*')
  repository!: string;

  @Text(200, 'The branch that is delivered from, as it is called', 'develop')
  branch!: string;
}

/** A run that is a deployment, or what more is to be said of one that is told as such. Every part of a rule must match. */
export class DeploymentRule {
  @Narrowing(100, 'The source that tells it, as in the list of deliveries', 'github')
  source?: string;

  @Text(
    100,
    "What it is a run of, in the source's words: `workflow_run`, `release`, `pipeline`, `deployment_status`",
    'workflow_run',
  )
  event!: string;

  @Narrowing(200, 'A glob: the repository, as the source names it', 'acme/*')
  repository?: string;

  @Narrowing(
    200,
    'A glob: the workflow or pipeline, the tag of the release, the environment of a deployment',
    'Deploy *',
  )
  name?: string;

  @Narrowing(200, 'A glob: the branch that it ran for', 'main')
  branch?: string;

  @Text(100, 'Where such a run deploys to', 'production')
  environment!: string;

  @OptionalText(
    200,
    'The pipeline that it deploys, as it is called here; absent: that of the repository, or all that this has',
    'shop-api',
  )
  pipeline_id?: string;
}

export class Team {
  @Text(100, 'What it is asked for by: `?team=`', 'payments')
  name!: string;

  @Texts(200, 'Globs: the pipelines that are its own, as they are called here', ['acme/shop', 'acme/payment-*'])
  pipelines!: readonly string[];
}

/**
 * What is said about how deliveries are to be read, and about what is whose. Patterns are globs: `*` is anything but a
 * slash, `**` anything. Of several rules that match, the first counts. A field left out is as if nobody had said anything.
 */
export class ScopeRules {
  @Rules(PipelineRule, 'How pipelines are called here that webhooks call otherwise')
  pipelines: readonly PipelineRule[] = NO_RULES.pipelines;

  @Rules(EnvironmentRule, 'How environments are called here that webhooks call otherwise')
  environments: readonly EnvironmentRule[] = NO_RULES.environments;

  @Rules(BranchRule, 'The branch that is delivered from, where it is not the default branch of the repository')
  default_branches: readonly BranchRule[] = NO_RULES.default_branches;

  @Rules(MonorepoRule, 'Repositories that have several pipelines, and which files are delivered by which')
  monorepos: readonly MonorepoRule[] = NO_RULES.monorepos;

  @Rules(DeploymentRule, 'Which runs and releases are deployments; without a rule none is')
  deployments: readonly DeploymentRule[] = NO_RULES.deployments;

  @Texts(
    200,
    'An issue with one of these labels is an incident, whatever the case',
    ['outage'],
    NO_RULES.incident_labels,
  )
  incident_labels: readonly string[] = NO_RULES.incident_labels;

  @Texts(200, 'Globs: what is deployed, or merged, from such a branch is rework', ['fix/**'], NO_RULES.rework_branches)
  rework_branches: readonly string[] = NO_RULES.rework_branches;

  @Texts(
    200,
    'What is merged with one of these labels is rework, whatever the case',
    ['urgent'],
    NO_RULES.rework_labels,
  )
  rework_labels: readonly string[] = NO_RULES.rework_labels;

  @Expression(
    'Which environments are production: a regular expression, whatever the case; null: as DEVOPSTIC_PRODUCTION_ENVIRONMENTS says',
    '^(prod|live)',
  )
  production_environments: string | null = null;

  @Expression(
    'Which authors are bots: a regular expression, as it is written; null: as DEVOPSTIC_BOT_AUTHORS says',
    '\\[bot\\]$',
  )
  bot_authors: string | null = null;

  @Rules(Team, 'Who owns which pipelines: a pipeline may be of several teams, or of none')
  @ArrayUnique((team: Team | null) => team?.name, { message: 'must not have two teams of one name' })
  teams: readonly Team[] = NO_RULES.teams;
}
