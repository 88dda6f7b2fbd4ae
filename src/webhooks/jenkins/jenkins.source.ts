import { Injectable } from '@nestjs/common';
import type { Scope } from '../../scope/scope.js';
import { eventNameIn } from '../identity.js';
import { type Delivery, type Headers, type Identity, type Reading, type WebhookSource } from '../webhook-source.js';
import { readJenkins } from './jenkins.reader.js';

@Injectable()
export class JenkinsSource implements WebhookSource {
  readonly name = 'jenkins';
  readonly signature = null;
  readonly kept_headers = ['content-type', 'user-agent'];

  /** A notification has no id; one that is tried again is the same. */
  identify(headers: Headers, raw: Buffer): Identity {
    return { event_name: eventNameIn(raw, headers, 'build', 'phase') };
  }

  read({ payload }: Delivery, scope: Scope): Reading {
    return readJenkins(payload, scope);
  }
}
