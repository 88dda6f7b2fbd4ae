import { CloudEvent, HTTP } from 'cloudevents';
import { messageOf } from './cdevents.js';
import { at, sha } from './github-payloads.js';

export interface TektonRun {
  uid?: string;
  /** Absent: it says nothing of an environment. */
  environment?: string | undefined;
  pipeline?: string;
  /** The name of the commit in its parameter `revision`; null: it has none. */
  commit?: string | null;
  started?: string;
  ended?: string;
  reason?: string;
  annotations?: Record<string, string>;
  labels?: Record<string, string>;
}

/** A PipelineRun of 2026-03-02, with what is read of it. */
export function aPipelineRun(run: TektonRun = {}) {
  const { environment, pipeline, commit = 'm', started = '11:55', ended, reason = 'Succeeded' } = run;
  return {
    metadata: {
      name: 'deploy-shop-x7k2p',
      namespace: 'ci',
      uid: run.uid ?? 'u-1',
      labels: { 'tekton.dev/pipeline': 'deploy-shop', ...run.labels },
      annotations: {
        ...(environment === undefined ? {} : { 'devopstic/environment': environment }),
        ...(pipeline === undefined ? {} : { 'devopstic/pipeline': pipeline }),
        ...run.annotations,
      },
    },
    spec: {
      pipelineRef: { name: 'deploy-shop' },
      params: commit === null ? [] : [{ name: 'revision', value: sha(commit) }],
    },
    status: {
      startTime: at(started),
      ...(ended === undefined ? {} : { completionTime: at(ended) }),
      conditions: [{ type: 'Succeeded', status: 'True', reason }],
    },
  };
}

/** As Tekton sends it, in binary mode; or as a broker that passes it on may. */
export function aTektonEvent(state: string, pipelineRun: object, kind = 'pipelinerun', mode = 'binary') {
  const type = `dev.tekton.event.${kind}.${state}.v1`;
  const id = sha(JSON.stringify([type, pipelineRun]));
  const source = '/apis/tekton.dev/v1/namespaces/ci/PipelineRun/deploy-shop-x7k2p';
  const event = new CloudEvent({ id, source, type, data: { pipelineRun } });
  return mode === 'binary' ? messageOf(HTTP.binary(event)) : messageOf(HTTP.structured(event));
}
