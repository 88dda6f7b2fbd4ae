import { expand, type Choice } from './support/grafana.js';

const CHOICE: Choice = {
  from: new Date('2026-03-01T00:00:00Z'),
  to: new Date('2026-03-02T12:00:00.500Z'),
  time_zone: 'Europe/Paris',
  interval_ms: 60_000,
  variables: { one: `it's`, many: [`it's`, 'a "b"'], none: [], every: { all: 'NULL' } },
};

// What Grafana's documentation of the PostgreSQL data source and of its variables says each becomes.
it.each([
  ['$__timeFrom()', `'2026-03-01T00:00:00.000Z'`],
  ['$__timeTo()', `'2026-03-02T12:00:00.500Z'`],
  ['$__timeFilter(at)', `at BETWEEN '2026-03-01T00:00:00.000Z' AND '2026-03-02T12:00:00.500Z'`],
  ['$__time(at)', 'at AS "time"'],
  [`$__timeGroup(at, '5m')`, 'floor(extract(epoch from at)/300)*300'],
  [`$__timeGroup(at,'1h'), 1`, 'floor(extract(epoch from at)/3600)*3600 AS "time", 1'],
  [`$__timeGroupAlias(at, $__interval)`, 'floor(extract(epoch from at)/60)*60 AS "time"'],
  ['$__interval_ms', '60000'],
  ['$__unixEpochFilter(at)', 'at >= 1772323200 AND at <= 1772452800'],
  ["'${__timezone}'", "'Europe/Paris'"],
  ["'$one'", `'it''s'`],
  ['ARRAY[$many]', `ARRAY['it''s','a "b"']`],
  ['ARRAY[${many:sqlstring}]', `ARRAY['it''s','a \\"b\\"']`],
  ['${many:csv}', `it's,a "b"`],
  ['${one:raw}', `it's`],
  ['ARRAY[$none]', 'ARRAY[]'],
  ['ARRAY[$every]', 'ARRAY[NULL]'],
  ['$unknown', '$unknown'],
])('%s becomes what Grafana makes of it', (written, expanded) => {
  expect(expand(written, CHOICE)).toBe(expanded);
});

it('a macro that Grafana does not know is refused', () => {
  expect(() => expand('$__nothing(at)', CHOICE)).toThrow('unknown macro');
});
