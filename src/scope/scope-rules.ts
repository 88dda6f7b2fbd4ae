import { applyDecorators } from '@nestjs/common';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { ArrayMaxSize, ArrayUnique, IsArray, IsObject, IsOptional, ValidateNested } from 'class-validator';
import { IsText } from '../auth/text.js';
import { IsGiven } from '../http/is-given.js';

const MOST = 1000;
const INCIDENT_LABELS = ['incident'];
const REWORK_BRANCHES = ['hotfix', 'hotfix/**', 'hotfix-*'];
const REWORK_LABELS = ['hotfix'];
const text = (longest: number) => ({ type: 'string' as const, minLength: 1, maxLength: longest });

/** A text that must be there. */
function Text(longest: number, description: string, example: string): PropertyDecorator {
  return applyDecorators(ApiProperty({ ...text(longest), description, example }), IsText(1, longest));
}

/** What narrows a rule down. */
function Narrowing(longest: number, description: string, example: string): PropertyDecorator {
  const documented = ApiPropertyOptional({ ...text(longest), description: `${description}; absent: any`, example });
  return applyDecorators(documented, IsGiven(), IsText(1, longest));
}

function Texts(longest: number, description: string, example: string[], fallback?: string[]): PropertyDecorator {
  const documented = { type: 'array', items: text(longest), maxItems: MOST, description, example } as const;
  return applyDecorators(
    fallback === undefined ? ApiProperty(documented) : ApiPropertyOptional({ ...documented, default: fallback }),
    IsArray(),
    ArrayMaxSize(MOST),
    IsText(1, longest, { each: true }),
  );
}

function Rules(kind: new () => object, description: string): PropertyDecorator {
  return applyDecorators(
    ApiPropertyOptional({ type: [kind], maxItems: MOST, default: [], description }),
    IsArray(),
    ArrayMaxSize(MOST),
    IsObject({ each: true }),
    ValidateNested({ each: true }),
    Type(() => kind),
  );
}

/** It is Postgres that reads it, and that is asked whether it can: see scopes.ts. */
function Expression(description: string, example: string): PropertyDecorator {
  return applyDecorators(
    ApiPropertyOptional({ ...text(MOST), nullable: true, default: null, description, example }),
    IsOptional(),
    IsText(1, MOST),
  );
}

/** A name of a source's, and what it is called here. */
export class PipelineRule {
  @Narrowing(100, 'The source that tells it, as in the list of deliveries', 'pagerduty')
  source?: string;

  @Text(200, 'A glob: the repository, service or application, as the source names it', 'Shop *')
  match!: string;

  @Text(200, 'What it is called here', 'acme/shop')
  pipeline_id!: string;
}

export class EnvironmentRule {
  @Text(100, 'A glob: the environment, as the source names it', 'prod-*')
  match!: string;

  @Text(100, 'What it is called here', 'production')
  environment!: string;
}

export class BranchRule {
  @Text(200, 'A glob: the repository, as the source names it', 'acme/legacy-*')
  repository!: string;

  @Text(200, 'The branch that is delivered from, as it is called', 'develop')
  branch!: string;
}

/** A run that is a deployment. Every part of a rule must match. */
export class DeploymentRule {
  @Narrowing(100, 'The source that tells it, as in the list of deliveries', 'github')
  source?: string;

  @Text(100, "What it is a run of, in the source's words: `workflow_run`, `release`, `pipeline`", 'workflow_run')
  event!: string;

  @Narrowing(200, 'A glob: the repository, as the source names it', 'acme/*')
  repository?: string;

  @Narrowing(200, 'A glob: the name of the workflow or pipeline, the tag of the release', 'Deploy *')
  name?: string;

  @Narrowing(200, 'A glob: the branch that it ran for', 'main')
  branch?: string;

  @Text(100, 'Where such a run deploys to', 'production')
  environment!: string;
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
  pipelines: readonly PipelineRule[] = [];

  @Rules(EnvironmentRule, 'How environments are called here that webhooks call otherwise')
  environments: readonly EnvironmentRule[] = [];

  @Rules(BranchRule, 'The branch that is delivered from, where it is not the default branch of the repository')
  default_branches: readonly BranchRule[] = [];

  @Rules(DeploymentRule, 'Which runs and releases are deployments; without a rule none is')
  deployments: readonly DeploymentRule[] = [];

  @Texts(200, 'An issue with one of these labels is an incident, whatever the case', ['outage'], INCIDENT_LABELS)
  incident_labels: readonly string[] = INCIDENT_LABELS;

  @Texts(200, 'Globs: what is deployed, or merged, from such a branch is rework', ['fix/**'], REWORK_BRANCHES)
  rework_branches: readonly string[] = REWORK_BRANCHES;

  @Texts(200, 'What is merged with one of these labels is rework, whatever the case', ['urgent'], REWORK_LABELS)
  rework_labels: readonly string[] = REWORK_LABELS;

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
  teams: readonly Team[] = [];
}

export const NO_RULES: Readonly<ScopeRules> = Object.assign({}, new ScopeRules());
