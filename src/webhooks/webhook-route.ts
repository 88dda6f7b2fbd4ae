import { applyDecorators } from '@nestjs/common';
import { ApiAcceptedResponse, ApiBody, ApiConsumes, ApiOkResponse } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Access } from '../auth/access.js';
import { ApiProblem } from '../http/api-problem.js';
import { MEBIBYTE, TakesBody } from '../http/body.js';
import { Problem } from '../http/problem.js';
import type { BuiltInSource } from './built-in-source.js';
import { OTHER_PIPELINES } from './delivery-translator.js';
import type { KeptDelivery } from './delivery-log.js';
import { DeliveryAnswer } from './delivery.view.js';

/** GitHub's own limit, the largest of the providers'. */
const LARGEST_BODY = 25 * MEBIBYTE;

/** The bytes as they came, for the signature is over these; of a webhook route only. */
export function rawBodyOf({ body }: FastifyRequest): Buffer {
  return Buffer.isBuffer(body) ? body : Buffer.alloc(0);
}

/** What a provider is told: that we took it, that it is of no use to us, or what is wrong with it. */
export function answer(reply: FastifyReply, { outcome, event_ids, reason, error }: KeptDelivery): DeliveryAnswer {
  if (reason === OTHER_PIPELINES)
    throw new Problem(403, 'The key is limited to other pipelines', faultsOf(error ?? ''));
  if (outcome === 'refused') throw new Problem(400, 'The payload is malformed', faultsOf(error ?? ''));
  const done = outcome === 'recorded' || reason === 'ping';
  void reply.status(done ? 200 : 202);
  return { outcome, event_ids, reason };
}

function faultsOf(error: string) {
  const [, pointer = '', detail = error] = /^(\/\S*) (.*)$/s.exec(error) ?? [];
  return [{ pointer, detail }];
}

/** What all webhook routes share: the body is not parsed before it is proven who sends it. */
export function WebhookRoute({ signature, content_types = [], example }: BuiltInSource): MethodDecorator {
  const proof = signature ? 'signature' : 'api_key';
  return applyDecorators(
    Access(proof === 'signature' ? 'public' : 'write'),
    TakesBody({ as: 'raw', limit: LARGEST_BODY }),
    ApiConsumes('application/json', 'application/x-www-form-urlencoded', ...content_types),
    ApiBody({ description: DESCRIPTION[proof], schema: { type: 'object', example } }),
    ApiOkResponse({ type: DeliveryAnswer, description: 'Recorded; or a ping' }),
    ApiAcceptedResponse({
      type: DeliveryAnswer,
      description:
        'Kept: ignored for the named reason, or failed and to be replayed by an admin, or still to be decided; sending it again ' +
        'is of no use',
    }),
    ApiProblem(400, 'A header is missing, or the payload is malformed'),
    ...(proof === 'signature' ? SIGNED : []),
    ApiProblem(413, 'The body is larger than 25 MiB'),
    ApiProblem(503, 'The database is away: send it again'),
  );
}

const DESCRIPTION = {
  signature: "The provider's payload: the signature is over exactly these bytes",
  api_key: "The provider's payload",
};

const SIGNED = [
  ApiProblem(401, 'The signature is missing or wrong'),
  ApiProblem(404, 'No secret is configured: this webhook is off'),
];
