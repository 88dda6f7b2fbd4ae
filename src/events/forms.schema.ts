import { eventSchema } from './event.schema.js';
import { deploymentForm, type Form, incidentForm } from './forms.js';

const { properties: EVENT } = eventSchema;

const fieldsOf = ({ fields }: Form) => Object.fromEntries(fields.map((name) => [name, EVENT[name]]));

export const newDeploymentSchema = {
  type: 'object',
  description: 'A deployment, or a change of its status. Null is the same as absent.',
  required: ['pipeline_id', 'environment', 'commit_id'],
  additionalProperties: false,
  properties: {
    ...fieldsOf(deploymentForm),
    environment: { ...EVENT.environment, type: 'string', description: 'Where to.' },
    commit_id: { ...EVENT.commit_id, type: 'string', description: 'What: the commit.' },
    status: { ...EVENT.status, default: 'success', description: 'How it went.' },
    deployment_id: {
      ...EVENT.deployment_id,
      description: 'Groups the status changes of one deployment; absent: this is a deployment of its own.',
    },
  },
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
};

export const newIncidentSchema = {
  type: 'object',
  description: 'An incident that opens, reopens or is resolved. Null is the same as absent.',
  required: ['pipeline_id', 'incident_id', 'state'],
  additionalProperties: false,
  properties: {
    ...fieldsOf(incidentForm),
    incident_id: { ...EVENT.incident_id, type: 'string', description: 'Which incident.' },
    state: { type: 'string', enum: ['open', 'resolved'], description: 'What it is from now on.' },
    environment: { ...EVENT.environment, description: 'Where the service fails; absent: production.' },
    deployment_id: { ...EVENT.deployment_id, description: 'The deployment that caused it, if that is known.' },
    commit_id: { ...EVENT.commit_id, description: 'The deployed commit that caused it, if that is known.' },
  },
  examples: [
    {
      pipeline_id: 'acme/shop',
      incident_id: 'INC-7',
      state: 'open',
      environment: 'production',
      url: 'https://status.example.com/incidents/INC-7',
    },
  ],
};
