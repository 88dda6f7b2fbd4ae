// What `helm test` runs, in a pod: is the service ready, and does it answer the first admin with metrics?
const { SERVICE_URL, ADMIN_USERNAME, ADMIN_PASSWORD } = process.env;

const ask = async (path, options = {}) => {
  const answer = await fetch(SERVICE_URL + path, { signal: AbortSignal.timeout(20_000), ...options });
  console.log(`${options.method ?? 'GET'} ${path}: ${answer.status}`);
  return answer;
};
const mustBeOk = (answer, meaning) => {
  if (!answer.ok) throw new Error(`${meaning}: ${answer.status}`);
};

mustBeOk(await ask('/health/ready'), 'The service is not ready');
const login = await ask('/tokens', {
  method: 'POST',
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify({ username: ADMIN_USERNAME, password: ADMIN_PASSWORD }),
});
if (login.status === 401) {
  console.log('The password of the first admin was changed in DevOpstic: metrics are not asked for.');
} else {
  mustBeOk(login, 'The first admin cannot log in');
  const { token } = await login.json();
  const summary = await ask('/dora/summary', { headers: { authorization: `Bearer ${token}` } });
  mustBeOk(summary, 'There are no metrics');
}
console.log('It works.');
