import { CHART, OLDEST_KUBERNETES, renderAs, run, VALUE_SETS, valuesFile } from './support/helm.js';

/** What Helm says, on the error output, to values that it does not take. */
async function refusal(words: string[], set = 'trial', version = OLDEST_KUBERNETES): Promise<string> {
  const all = ['template', 'shop', CHART, '-f', valuesFile(set), '--kube-version', version, ...words];
  const { code, stderr } = await run('helm', all);
  expect(code).toBe(1);
  return stderr.replaceAll(/^walk\.go.*\n/gm, '');
}

it.each([
  ['admin.pasword=misspelt-name', "at '/admin': additional properties 'pasword' not allowed"],
  ['replicas=2', "additional properties 'replicas' not allowed"],
  ['replicaCount=two', "at '/replicaCount': got string, want integer"],
  ['config.DEVOPSTIC_PASSWORD=hunter22', "additional properties 'DEVOPSTIC_PASSWORD' not allowed"],
  ['config.DEVOPSTIC_LOG_LEVL=debug', "additional properties 'DEVOPSTIC_LOG_LEVL' not allowed"],
  ['config.DEVOPSTIC_LOG_LEVEL=loud', "at '/config/DEVOPSTIC_LOG_LEVEL'"],
  ['config.DEVOPSTIC_TOKEN_TTL=12 hours', "at '/config/DEVOPSTIC_TOKEN_TTL'"],
  ['config.DEVOPSTIC_PUBLIC_READ=maybe', "at '/config/DEVOPSTIC_PUBLIC_READ'"],
  ['database.ssl=false', "at '/database/ssl'"],
  ['service.type=Ingress', "at '/service/type'"],
  ['image.pullPolicy=Sometimes', "at '/image/pullPolicy'"],
  ['image.digest=latest', "at '/image/digest'"],
  ['grafana.prometheusUrl=prometheus', "at '/grafana/prometheusUrl'"],
  ['podDisruptionBudget.maxUnavailable=0', "at '/podDisruptionBudget/maxUnavailable'"],
  ['ingress.host=devopstic.example.com', "at '/ingress': additional properties 'host' not allowed"],
  ['fullnameOverride=Shop', "at '/fullnameOverride'"],
  ['fullnameOverride=1shop', "at '/fullnameOverride'"],
  [`fullnameOverride=${'n'.repeat(44)}`, "at '/fullnameOverride': maxLength: got 44, want 43"],
  ['admin.existingSecret=my_secret', "at '/admin/existingSecret'"],
  ['metrics.existingSecretKey=a key', "at '/metrics/existingSecretKey'"],
  ['database.caConfigMap=CA', "at '/database/caConfigMap'"],
  ['database.existingSecretUserKey=a/b', "at '/database/existingSecretUserKey'"],
  ['serviceAccount.name=-delivery', "at '/serviceAccount/name'"],
  ['imagePullSecrets[0].name=Login', "at '/imagePullSecrets/0/name'"],
  ['postgres.persistence.storageClass=fast disks', "at '/postgres/persistence/storageClass'"],
  ['postgres.image.tag=18:latest', "at '/postgres/image/tag'"],
  ['image.tag=v1+2', "at '/image/tag'"],
  ['ingress.hosts={https://devopstic.example.com}', "at '/ingress/hosts/0'"],
  ['ingress.className=Nginx', "at '/ingress/className'"],
  ['podLabels.team=the team', "at '/podLabels/team'"],
  ['podAnnotations.a b=c', "at '/podAnnotations': additional properties 'a b' not allowed"],
])('a wrong value is refused with its name: %s', async (value, told) => {
  expect(await refusal(['--set', value])).toContain(told);
});

it.each([
  ['database.host=db', 'Set postgres.enabled=false to use yours'],
  ['postgres.enabled=false', 'set database.host to a PostgreSQL of yours'],
  ['postgres.enabled=false,database.host=db', 'set database.existingSecret'],
  ['database.ssl=require', 'leave database.ssl and database.port as they are'],
  ['database.port=5433', 'leave database.ssl and database.port as they are'],
  ['postgres.enabled=false,database.host=db,database.password=x,database.caConfigMap=ca', 'database.ssl=verify-full'],
  ['admin.password=given-twice,admin.existingSecret=login', 'Two secrets: admin'],
  ['webhooks.github.secret=given-twice,webhooks.github.existingSecret=keys', 'Two secrets: webhooks.github'],
  ['ingress.enabled=true', 'needs ingress.hosts'],
  ['grafana.enabled=true,grafana.ingress.enabled=true', 'needs grafana.ingress.hosts'],
  ['autoscaling.enabled=true,autoscaling.minReplicas=9', 'more than autoscaling.maxReplicas'],
])('values that contradict each other are refused with what to do: %s', async (values, told) => {
  expect(await refusal(['--set', values])).toContain(told);
});

it.each([
  ['admin.password', 7],
  ['metrics.token', 7],
  ['jwt.secret', 31],
  ['grafana.databaseRole.password', 7],
])('%s is refused if it is too short, and not shown', async (name, length) => {
  const secret = 'hunter2'.repeat(5).slice(0, length);
  const told = await refusal(['--set', `${name}=${secret}`]);
  expect(told).toContain(`got ${length}, want ${length + 1}`);
  expect(told).not.toContain('hunter2');
});

it.each(['1shop', 'shop.devopstic'])(
  'a release whose name no Service may have is told what to do: %s',
  async (name) => {
    const told = `Kubernetes takes no Service of the name ${name}`;
    await expect(renderAs(name, 'trial')).rejects.toThrow(told);
    expect(await renderAs(name, 'trial', '--set', 'fullnameOverride=shop')).toContain('name: shop\n');
  },
);

it('a Kubernetes that lacks what the chart uses is refused', async () => {
  expect(await refusal([], 'trial', '1.29.9')).toContain('needs Kubernetes 1.30 or later');
});

it.each(VALUE_SETS)('Helm finds nothing wrong with the chart and %s', async (set) => {
  const { code, stdout } = await run('helm', ['lint', '--strict', CHART, '-f', valuesFile(set)]);
  expect(stdout).toContain('1 chart(s) linted, 0 chart(s) failed');
  expect(code).toBe(0);
});
