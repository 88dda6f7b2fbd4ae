import { LIMITS, LoginThrottle, network } from './login-throttle.js';

const QUARTER_MS = 15 * 60_000;
let now = 0;
let throttle = new LoginThrottle(() => now);

beforeEach(() => {
  now = 1_000_000;
  throttle = new LoginThrottle(() => now);
});

function fail(times: number, account: string, address: (index: number) => string): void {
  for (let index = 0; index < times; index += 1) throttle.count(account, address(index));
}

const here = (): string => '198.51.100.7';

describe('the login throttle', () => {
  it('refuses an account from one address after ten failures, and says how long', () => {
    fail(LIMITS.pair - 1, 'ada', here);
    expect(throttle.wait('ada', here())).toBe(0);
    fail(1, 'ada', here);
    now += 60_000;
    expect(throttle.wait('ada', here())).toBe(14 * 60);
  });

  it('lets the same user in from elsewhere, and others from the same address', () => {
    fail(LIMITS.pair, 'ada', here);
    expect(throttle.wait('ada', '203.0.113.9')).toBe(0);
    expect(throttle.wait('bob', here())).toBe(0);
  });

  it('forgets failures a quarter of an hour after the first', () => {
    fail(LIMITS.pair, 'ada', here);
    now += QUARTER_MS;
    expect(throttle.wait('ada', here())).toBe(0);
    fail(1, 'ada', here);
    expect(throttle.wait('ada', here())).toBe(0);
  });

  it('gives each address fewer tries at an account that fails from many, but never none', () => {
    fail(LIMITS.account, 'ada', (index) => `203.0.113.${index}`);
    expect(throttle.wait('ada', here())).toBe(0);
    fail(LIMITS.pair_under_attack, 'ada', here);
    expect(throttle.wait('ada', here())).toBeGreaterThan(0);
    expect(throttle.wait('ada', '192.0.2.1')).toBe(0);
  });

  it('takes an account for attacked from its fiftieth failure, wherever that comes from', () => {
    fail(2, 'ada', here);
    fail(47, 'ada', (index) => `203.0.113.${index}`);
    expect(throttle.wait('ada', here())).toBe(0);
    fail(1, 'ada', () => '192.0.2.1');
    expect(throttle.wait('ada', here())).toBe(900);
    expect(throttle.wait('ada', '192.0.2.1')).toBe(0);
    now += QUARTER_MS;
    fail(2, 'ada', here);
    expect(throttle.wait('ada', here())).toBe(0);
  });

  it('refuses an address that fails for many accounts', () => {
    for (let index = 0; index < LIMITS.address; index += 1) throttle.count(`user${index}`, here());
    expect(throttle.wait('somebody', here())).toBe(900);
    expect(throttle.wait('somebody', '203.0.113.9')).toBe(0);
  });

  it('counts only failures, so that right passwords never add up', () => {
    for (let index = 0; index < 1000; index += 1) {
      throttle.count('ada', here());
      throttle.succeeded('ada', here());
    }
    expect(throttle.wait('ada', here())).toBe(0);
  });

  it('clears the mistyped tries of who gets it right, but not those for other accounts', () => {
    fail(LIMITS.pair - 1, 'ada', here);
    throttle.count('ada', here());
    throttle.succeeded('ada', here());
    fail(LIMITS.pair - 1, 'ada', here);
    expect(throttle.wait('ada', here())).toBe(0);
    fail(LIMITS.pair, 'bob', here);
    throttle.count('ada', here());
    throttle.succeeded('ada', here());
    expect(throttle.wait('bob', here())).toBeGreaterThan(0);
  });

  it('counts an IPv6 network as one address', () => {
    for (let index = 0; index < LIMITS.pair; index += 1) throttle.count('ada', `2001:db8:0:1::${index.toString(16)}`);
    expect(throttle.wait('ada', '2001:db8:0:1:ffff::1')).toBeGreaterThan(0);
    expect(throttle.wait('ada', '2001:db8:0:2::1')).toBe(0);
  });

  it('holds a bounded number of names and addresses', () => {
    fail(LIMITS.pair, 'first', here);
    for (let index = 0; index < 10_000; index += 1) throttle.count(`user${index}`, `10.0.${index >> 8}.${index & 255}`);
    expect(throttle.wait('first', here())).toBe(0);
  });
});

describe('the network of an address', () => {
  it.each([
    ['192.0.2.1', '192.0.2.1'],
    ['::ffff:192.0.2.1', '192.0.2.1'],
    ['::1', '0:0:0:0'],
    ['2001:db8::1', '2001:db8:0:0'],
    ['2001:0DB8:1:2:3:4:5:6', '2001:db8:1:2'],
    ['fe80::1%eth0', 'fe80:0:0:0'],
  ])('of %s is %s', (address, expected) => {
    expect(network(address)).toBe(expected);
  });
});
