import { Injectable } from '@nestjs/common';
import type { Scope } from '../../scope/scope.js';
import { nameFrom } from '../identity.js';
import { softPayload } from '../request-body.js';
import {
  type Delivery,
  type Headers,
  headerOf,
  type Identity,
  type Reading,
  type WebhookSource,
} from '../webhook-source.js';
import { readJenkins } from './jenkins.reader.js';

@Injectable()
export class JenkinsSource implements WebhookSource {
  readonly name = 'jenkins';
  readonly signature = null;
  readonly kept_headers = ['content-type', 'user-agent'];

  /** A notification has no id; one that is tried again is the same. */
  identify(headers: Headers, raw: Buffer): Identity {
    const payload = softPayload(raw, headerOf(headers, 'content-type'));
    return { event_name: nameFrom(payload.at('build', 'phase').optionalText()) ?? 'unknown' };
  }

  read({ payload }: Delivery, scope: Scope): Reading {
    return readJenkins(payload, scope);
  }
}
