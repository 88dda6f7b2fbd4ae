import { manifestsIn, render, renderAs, VALUE_SETS } from './support/helm.js';
import { ofKind, podsOf, the, type Manifest } from './support/manifests.js';

/** What Kubernetes takes as the name of an object of a kind, and of any other. */
const LABEL = /^[a-z]([-a-z0-9]{0,61}[a-z0-9])?$/;
const NAME: Record<string, RegExp> = {
  Service: LABEL,
  // The pods of both have a label of their name and of what is added to it, which is cut off nowhere.
  StatefulSet: /^[a-z]([-a-z0-9]{0,50}[a-z0-9])?$/,
  CronJob: /^[a-z]([-a-z0-9]{0,50}[a-z0-9])?$/,
  // Their pods' hostname is their name.
  Pod: LABEL,
  Deployment: LABEL,
};
const ANY = /^(?=.{1,253}$)[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/;
const LABEL_VALUE = /^([A-Za-z0-9]([A-Za-z0-9_.-]{0,61}[A-Za-z0-9])?)?$/;

describe.each(VALUE_SETS)('with %s', (set) => {
  let manifests: Manifest[];
  beforeAll(async () => {
    manifests = await render(set);
  });

  it('every name is one that Kubernetes takes', () => {
    const wrong = manifests.filter(({ kind, metadata }) => !(NAME[kind] ?? ANY).test(metadata.name));
    expect(wrong.map(({ kind, metadata }) => `${kind}/${metadata.name}`)).toEqual([]);
  });

  it('every label is one that Kubernetes takes', () => {
    const labels = [...manifests, ...podsOf(manifests)].flatMap(({ metadata }) => Object.values(metadata.labels ?? {}));
    expect(labels.length).toBeGreaterThan(0);
    expect(labels.filter((label) => !LABEL_VALUE.test(label))).toEqual([]);
  });
});

it('with the longest name of a release there is one of each kind that has a name of its own', async () => {
  const kinds = new Set((await render('longest-name')).map(({ kind }) => kind));
  expect([...kinds]).toEqual(expect.arrayContaining(['StatefulSet', 'Service', 'Deployment', 'Ingress', 'Pod']));
});

it('the longest name that may be given leaves room for what is added to it', async () => {
  const name = 'n'.repeat(43);
  const manifests = await render('trial', '--set', `fullnameOverride=${name}`);
  expect(the(manifests, 'StatefulSet', `${name}-postgres`).metadata.name).toHaveLength(52);
});

it('a release that is called after the chart has its name alone', async () => {
  const text = await renderAs('devopstic-shop', 'trial');
  expect(ofKind(manifestsIn(text), 'Deployment').map(({ metadata }) => metadata.name)).toEqual(['devopstic-shop']);
});
