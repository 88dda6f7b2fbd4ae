import { earlierDeployments, type EarlierDeployments } from '../client/earlier-deployments.js';
import { Refused } from '../client/faults.js';
import type { ServiceClient } from '../client/service-client.js';
import type { EventBody } from '../events/event.js';
import { parseInstant } from '../events/instant.js';
import { DistrustedRepository } from '../git/git.js';
import { GitRepository } from '../git/repository.js';
import { shippedCommits } from '../git/shipped-commits.js';
import { StartError } from '../start-error.js';

interface Deployment {
  deployment: EventBody;
  /** To be sent before it. */
  commits: EventBody[];
}

/** The deployment with its commit as git names it, and the commits since the last one, as far as they can be found. */
export async function withCommits(
  service: ServiceClient,
  told: EventBody,
  directory: string | false | undefined,
): Promise<Deployment> {
  const repository = directory === false ? null : await checkout(directory);
  const commit = (await repository?.commitOf(told.commit_id ?? 'HEAD')) ?? null;
  if (repository === null || commit === null) return { deployment: named(told, repository !== null), commits: [] };
  const deployment = { ...told, commit_id: commit };
  const earlier = await earlierOf(service, deployment);
  const at = parseInstant(told.timestamp ?? '');
  const shipment = { pipeline_id: told.pipeline_id, commit, at: typeof at === 'number' ? at : Date.now() };
  if (earlier === null) return { deployment, commits: [] };
  const { events, notes } = await shippedCommits(repository, { ...shipment, ...earlier });
  for (const note of notes) console.error(note);
  return { deployment, commits: events };
}

/** A checkout that was named must be one; that there is none where the job runs is no fault. */
async function checkout(directory: string | undefined): Promise<GitRepository | null> {
  try {
    return await GitRepository.at(directory ?? '.');
  } catch (cause) {
    if (directory !== undefined || !(cause instanceof StartError)) throw cause;
    const why =
      cause instanceof DistrustedRepository ? cause.message : `there is no git checkout here (${cause.message})`;
    console.error(`No commits are sent, for ${why}. See --git and --no-git`);
    return null;
  }
}

function named(told: EventBody, inCheckout: boolean): EventBody {
  if (told.commit_id === undefined) throw new StartError('Say which commit was deployed: give --commit');
  if (inCheckout) console.error(`No commits are sent, for ${told.commit_id} is not in this checkout`);
  return told;
}

/** A key that may only send is enough for the deployment, but not to find out what it brings. */
async function earlierOf(service: ServiceClient, event: EventBody): Promise<EarlierDeployments | null> {
  const before = parseInstant(event.timestamp ?? '');
  try {
    return await earlierDeployments(service, {
      pipeline_id: event.pipeline_id,
      environment: event.environment ?? '',
      except: event.deployment_id ?? null,
      ...(typeof before === 'number' ? { before: new Date(before).toISOString() } : {}),
    });
  } catch (cause) {
    if (!(cause instanceof Refused) || cause.status !== 403) throw cause;
    console.error(
      'No commits are sent, for the key may not read which deployment was the last: ' +
        'give it the scope metrics:read as well, or --no-git',
    );
    return null;
  }
}
