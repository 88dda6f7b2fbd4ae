import { type Fault, faultOf } from './database-fault.js';

const coded = (code: string): Error => Object.assign(new Error('refused'), { code });

/** By SQLSTATE: https://www.postgresql.org/docs/current/errcodes-appendix.html */
const STATES: Record<Fault, readonly string[]> = {
  crowded: [],
  unstorable: [
    '22001',
    '22003',
    '22008',
    '22021',
    '22P02',
    '22P05',
    '23502',
    '23503',
    '23505',
    '23514',
    '54000',
    '54001',
  ],
  exhausted: ['57014', '53200'],
  locked: ['55P03'],
  undefined: ['42883', '42P01', '42703', '42704', '42601', '3F000'],
  away: [
    '08000',
    '08001',
    '08003',
    '08006',
    '08P01',
    '0A000',
    '25006',
    '25P02',
    '25P03',
    '26000',
    '28000',
    '28P01',
    '3D000',
    '40001',
    '40P01',
    '42501',
    '53000',
    '53100',
    '53300',
    '53400',
    '55000',
    '55006',
    '57000',
    '57P01',
    '57P02',
    '57P03',
    '57P04',
    '57P05',
    '58000',
    '58030',
    'F0000',
    'HV000',
    'P0001',
    'XX000',
    'XX001',
    'XX002',
  ],
};

describe('what a failed statement means', () => {
  it.each(Object.entries(STATES).flatMap(([fault, states]) => states.map((state) => [state, fault])))(
    '%s: %s, also inside an error of TypeORM',
    (state, fault) => {
      expect(faultOf(coded(state))).toBe(fault);
      expect(faultOf(Object.assign(new Error('failed'), { driverError: coded(state) }))).toBe(fault);
    },
  );

  it.each([
    'ECONNREFUSED',
    'ECONNRESET',
    'ENETUNREACH',
    'EAI_AGAIN',
    'EPIPE',
    'CERT_HAS_EXPIRED',
    'ERR_TLS_CERT_ALTNAME_INVALID',
  ])('%s: the way to the database is not open', (code) => expect(faultOf(coded(code))).toBe('away'));

  it.each([
    'Connection terminated unexpectedly',
    'Connection terminated due to connection timeout',
    'timeout expired',
    'Client has encountered a connection error and is not queryable',
    'The server does not support SSL connections',
    'SASL: SCRAM-SERVER-FIRST-MESSAGE: client password must be a string',
  ])('"%s", without a code: so too', (message) => expect(faultOf(new Error(message))).toBe('away'));

  it('knows the time-outs of our side', () => {
    expect(faultOf(new Error('timeout exceeded when trying to connect'))).toBe('crowded');
    expect(faultOf(new Error('Query read timeout'))).toBe('away');
  });

  it('looks at the addresses that were tried', () => {
    expect(faultOf(new AggregateError([coded('ECONNREFUSED'), coded('ENETUNREACH')]))).toBe('away');
  });

  it.each([new TypeError('x is not a function'), coded('ENOENT'), coded('EPERM'), null, 'text', undefined])(
    'leaves alone what is no fault of a database: %s',
    (error) => expect(faultOf(error)).toBeNull(),
  );
});
