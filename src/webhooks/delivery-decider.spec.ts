import { expect, it, jest } from '@jest/globals';
import { Logger } from '@nestjs/common';
import { DeliveryDecider } from './delivery-decider.js';
import type { DeliveryLog } from './delivery-log.js';
import type { DeliveryTranslator, Translatable } from './delivery-translator.js';
import type { WebhookSource } from './webhook-source.js';

const away = Object.assign(new Error('terminating connection'), { code: '57P01' });

function aDecider() {
  const giveBack = jest.fn<DeliveryLog['giveBack']>().mockResolvedValue();
  const renew = jest.fn<DeliveryLog['renew']>().mockResolvedValue();
  const translate = jest.fn<DeliveryTranslator['translate']>().mockRejectedValue(away);
  const decider = new DeliveryDecider(
    { giveBack, renew } as unknown as DeliveryLog,
    { translate } as unknown as DeliveryTranslator,
  );
  const decide = (id: string): Promise<unknown> =>
    decider.decide({} as WebhookSource, { id } as Translatable & { id: string });
  return { decider, decide, giveBack, renew, translate };
}

const warn = jest.spyOn(Logger.prototype, 'warn').mockImplementation(() => undefined);

it('gives each attempt back once, though two do so at once and another ends meanwhile', async () => {
  const { decider, decide, giveBack } = aDecider();
  giveBack.mockRejectedValueOnce(away);
  await expect(decide('one')).rejects.toBe(away);
  let told = (): void => undefined;
  giveBack.mockImplementationOnce(() => new Promise((resolve) => (told = resolve)));
  const first = decider.giveBackAll();
  await decider.giveBackAll();
  await expect(decide('two')).rejects.toBe(away);
  told();
  await first;
  await decider.giveBackAll();
  expect(giveBack.mock.calls).toEqual([[['one']], [['one']], [['two']]]);
});

it('keeps what takes long claimed, until it ends', async () => {
  jest.useFakeTimers();
  try {
    const { decide, renew, translate } = aDecider();
    let end = (): void => undefined;
    translate.mockImplementationOnce(() => new Promise((_, reject) => (end = () => reject(away))));
    const long = decide('long');
    await expect(decide('short')).rejects.toBe(away);
    renew.mockRejectedValueOnce(away);
    await jest.advanceTimersByTimeAsync(65_000);
    expect(renew.mock.calls).toEqual([[['long']], [['long']], [['long']]]);
    expect(warn).toHaveBeenCalledTimes(1);
    end();
    await expect(long).rejects.toBe(away);
    expect(jest.getTimerCount()).toBe(0);
  } finally {
    jest.useRealTimers();
  }
});

it('has no timer that outlives a stop', () => {
  jest.useFakeTimers();
  try {
    const { decider, decide, translate } = aDecider();
    translate.mockReturnValueOnce(new Promise(() => undefined));
    void decide('endless');
    expect(jest.getTimerCount()).toBe(1);
    decider.onApplicationShutdown();
    expect(jest.getTimerCount()).toBe(0);
  } finally {
    jest.useRealTimers();
  }
});
