/** The form that both Alertmanager and Grafana send, as the contract shows it. */
export const ALERTS = {
  version: '4',
  status: 'firing',
  alerts: [
    {
      status: 'firing',
      labels: { alertname: 'CheckoutFails', pipeline: 'acme/shop', environment: 'production' },
      annotations: { summary: 'One in five checkouts fails' },
      startsAt: '2026-03-02T10:30:00.000Z',
      endsAt: '0001-01-01T00:00:00Z',
      fingerprint: '5ef77f1f8a3ecb8d',
    },
  ],
};
