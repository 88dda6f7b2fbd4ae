import { bodyGroups, MOST_BYTES, MOST_DELIVERIES } from './body-groups.js';

const deliveries = (...sizes: number[]) => sizes.map((bytes, index) => ({ id: String(index), bytes }));

describe('deliveries that are read once more', () => {
  it('are held together as far as their bodies may be, in their order', () => {
    const half = MOST_BYTES / 2;
    const groups = [...bodyGroups(deliveries(half, half, 1, MOST_BYTES, half, half - 1, 1, 1))];
    expect(groups).toEqual([['0', '1'], ['2'], ['3'], ['4', '5', '6'], ['7']]);
  });

  it('come alone if their body is larger than that', () => {
    expect([...bodyGroups(deliveries(1, MOST_BYTES + 1, 1))]).toEqual([['0'], ['1'], ['2']]);
  });

  it('are some at a time, however small', () => {
    const groups = [...bodyGroups(deliveries(...Array.from({ length: 2 * MOST_DELIVERIES + 1 }, () => 0)))];
    expect(groups.map(({ length }) => length)).toEqual([MOST_DELIVERIES, MOST_DELIVERIES, 1]);
    expect([...bodyGroups([])]).toEqual([]);
  });
});
