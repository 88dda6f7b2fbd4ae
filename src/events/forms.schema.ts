import { Type } from 'typebox';
import { EVENT_STATUSES } from './event.fields.js';
import { toldFields } from './event.contract.js';

const { type: _deploy, ...DEPLOYMENT } = toldFields('deploy');
const { type: _change, status: _status, ...INCIDENT } = toldFields('incident_status_change');

export const newDeploymentSchema = Type.Object(
  {
    ...DEPLOYMENT,
    status: Type.Optional(
      Type.Unsafe({
        anyOf: [{ $ref: '#/components/schemas/EventStatus' }, { type: 'null' }],
        default: EVENT_STATUSES[0],
        description: 'How it went.',
      }),
    ),
  },
  {
    description: 'A deployment, or a change of its status. Null is the same as absent.',
    additionalProperties: false,
    examples: [
      {
        pipeline_id: 'acme/shop',
        environment: 'production',
        commit_id: '6dcb09b5b57875f334f61aebed695e2e4193db5e',
        status: 'success',
        deployment_id: '4711',
        url: 'https://ci.example.com/runs/4711',
      },
    ],
  },
);

export const newIncidentSchema = Type.Object(
  {
    ...INCIDENT,
    state: Type.Unsafe({ type: 'string', enum: ['open', 'resolved'], description: 'What it is from now on.' }),
  },
  {
    description: 'An incident that opens, reopens or is resolved. Null is the same as absent.',
    additionalProperties: false,
    examples: [
      {
        pipeline_id: 'acme/shop',
        incident_id: 'INC-7',
        state: 'open',
        environment: 'production',
        url: 'https://status.example.com/incidents/INC-7',
      },
    ],
  },
);
