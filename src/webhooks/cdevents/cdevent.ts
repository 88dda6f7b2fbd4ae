import { isCommitSha } from '../commit-sha.js';
import type { Payload } from '../payload.js';
import { commitOfArtifact } from './purl.js';

/** What the specification has no field for can be told in `customData`, by the name that the event contract has for it. */
type Custom = 'pipeline_id' | 'environment' | 'commit_id' | 'branch';

/** A CDEvent of any version from 0.3 on, of which nobody has checked more than that it has a type. */
export class Cdevent {
  readonly id: Payload;
  readonly subject_id: Payload;
  readonly content: Payload;
  private readonly custom: Payload;
  private readonly timestamp: Payload;

  constructor(event: Payload) {
    this.id = event.at('context', 'id');
    this.timestamp = event.at('context', 'timestamp');
    this.subject_id = event.at('subject', 'id');
    this.content = event.at('subject', 'content');
    this.custom = event.at('customData');
  }

  get time(): string | number {
    return this.timestamp.time();
  }

  told(name: Custom): string | undefined {
    return this.custom.at(name).optionalText();
  }

  get environment(): string {
    return this.told('environment') ?? this.content.at('environment', 'id').text();
  }

  /** Of a deployment or an incident: the commit that the artifact was made of. */
  get artifact_commit(): string | undefined {
    const artifact_id = this.content.at('artifactId').optionalText();
    return this.told('commit_id') ?? (artifact_id === undefined ? undefined : commitOfArtifact(artifact_id));
  }

  /** Of a change, which the specification gives an id of any kind: a commit's, or a number. */
  get change_commit(): string | undefined {
    const id = this.subject_id.text();
    return this.told('commit_id') ?? (isCommitSha(id) ? id.toLowerCase() : undefined);
  }

  get pull_request_id(): number | undefined {
    const told = this.custom.at('pull_request_id').optionalInteger() ?? this.subject_id.text();
    return /^[1-9]\d{0,14}$/.test(String(told)) ? Number(told) : undefined;
  }
}
