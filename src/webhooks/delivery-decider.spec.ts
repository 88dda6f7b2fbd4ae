import { expect, it, jest } from '@jest/globals';
import { DeliveryDecider } from './delivery-decider.js';
import type { DeliveryLog } from './delivery-log.js';
import type { DeliveryTranslator, Translatable } from './delivery-translator.js';
import type { WebhookSource } from './webhook-source.js';

const away = Object.assign(new Error('terminating connection'), { code: '57P01' });

function aDecider() {
  const giveBack = jest.fn<DeliveryLog['giveBack']>().mockResolvedValue();
  const translate = jest.fn<DeliveryTranslator['translate']>().mockRejectedValue(away);
  const decider = new DeliveryDecider(
    { giveBack } as unknown as DeliveryLog,
    { translate } as unknown as DeliveryTranslator,
  );
  const decide = (id: string): Promise<unknown> =>
    decider.decide({} as WebhookSource, { id } as Translatable & { id: string });
  return { decider, decide, giveBack };
}

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
