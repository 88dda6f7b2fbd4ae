import { startApp } from './support/app.js';
import type { TestApp } from './support/app.js';
import { inEveryOrder } from './support/every-order.js';
import { approve, at, commit, deploy, review, submit } from './support/telling.js';

const PR = { pull_request_id: 7 };
const HOUR = 3600;
/** As the table has times. */
const time = (text: string) => `${at(text).slice(0, -1)}+00:00`;

/** domain.md, Reviews, told in every order there is. */
describe.each(['merge', 'review'] as const)('where a %s approves, in whatever order the events come', (approval) => {
  let app: TestApp;

  beforeAll(async () => {
    app = await startApp();
    await app.dataSource.query(
      `INSERT INTO devopstic.settings (name, value) VALUES ('approval', to_jsonb($1::text))
       ON CONFLICT (name) DO UPDATE SET value = excluded.value`,
      [approval],
    );
  });
  afterAll(() => app.close());

  /** Hours of review, of a change that is submitted at 9, merged at 12 and deployed at 14. */
  async function reviewOf(...reviews: ReturnType<typeof review>[]) {
    const { commits, deployment_changes } = await inEveryOrder(
      app,
      submit('03-02 09:00', 'a', PR),
      approve('03-02 12:00', 'a', PR),
      deploy('03-02 14:00', 'a'),
      ...reviews,
    );
    const [change] = deployment_changes!;
    const [total, spent] = [Number(change!.total_seconds) / HOUR, Number(change!.review_seconds) / HOUR];
    expect(spent + Number(change!.deployment_seconds) / HOUR).toBe(total);
    return { total, review: spent, commit: commits![0]! };
  }

  it('the last approving review before the merge counts where reviews approve', async () => {
    const {
      total,
      review: spent,
      commit: change,
    } = await reviewOf(
      review('03-02 10:00', 'success', { ...PR, review_id: '1' }),
      review('03-02 11:00', 'success', { ...PR, review_id: '2' }),
    );
    expect({ total, spent }).toEqual({ total: 5, spent: approval === 'review' ? 2 : 3 });
    expect(change).toMatchObject({ first_review_at: time('03-02 10:00'), first_approval_at: time('03-02 10:00') });
    const { review: afterwards } = await reviewOf(review('03-02 13:00', 'success', { ...PR, review_id: '3' }));
    expect(afterwards).toBe(3);
  });

  it('an approving review at the very time of the merge was before it', async () => {
    const { total, review: spent } = await reviewOf(
      review('03-02 10:00', 'success', { ...PR, review_id: '1' }),
      review('03-02 12:00', 'success', { ...PR, review_id: '2' }),
    );
    expect({ total, spent }).toEqual({ total: 5, spent: 3 });
  });

  it('one that was dismissed before the merge approves nothing, one dismissed after it did', async () => {
    const { review: dismissed } = await reviewOf(
      review('03-02 11:00', 'success', { ...PR, review_id: '2' }),
      review('03-02 12:00', 'canceled', { ...PR, review_id: '2' }),
    );
    expect(dismissed).toBe(3);
    const { review: later } = await reviewOf(
      review('03-02 11:00', 'success', { ...PR, review_id: '2' }),
      review('03-02 12:01', 'canceled', { ...PR, review_id: '2' }),
    );
    expect(later).toBe(approval === 'review' ? 2 : 3);
  });

  it('without an approving review the merge approves, and other reviews are kept', async () => {
    const { review: spent, commit: change } = await reviewOf(
      review('03-02 10:00', 'in_progress', { ...PR, review_id: '1' }),
      review('03-02 11:00', 'failure', { ...PR, review_id: '2' }),
    );
    expect(spent).toBe(3);
    expect(change).toMatchObject({ first_review_at: time('03-02 10:00'), first_approval_at: null });
  });

  it('a bot reviews nothing', async () => {
    const { review: spent, commit: change } = await reviewOf(
      review('03-02 10:00', 'success', { ...PR, review_id: '1', author: 'helpful[bot]' }),
    );
    expect(spent).toBe(3);
    expect(change).toMatchObject({ first_review_at: null, first_approval_at: null });
  });

  it('what was a draft again waited for no review', async () => {
    const { total, review: spent } = await reviewOf(
      review('03-02 10:00', 'canceled', PR),
      review('03-02 11:30', 'in_progress', PR),
    );
    expect({ total, spent }).toEqual({ total: 3.5, spent: 1.5 });
    const { review: to_the_end } = await reviewOf(review('03-02 11:00', 'canceled', PR));
    expect(to_the_end).toBe(2);
    const { review: before } = await reviewOf(
      review('03-02 08:00', 'canceled', PR),
      review('03-02 10:00', 'in_progress', PR),
    );
    expect(before).toBe(2);
  });

  it('are those of the commit that the pull request is approved as', async () => {
    const { commits } = await inEveryOrder(
      app,
      submit('03-02 09:00', 'head', PR),
      review('03-02 10:00', 'success', { ...PR, review_id: '1' }),
      approve('03-02 12:00', 'late', PR),
      approve('03-02 11:00', 'merged', PR),
      commit('03-02 11:00', 'merged'),
    );
    expect(commits!.map(({ commit_id, first_review_at }) => [commit_id, first_review_at])).toEqual([
      ['head', null],
      ['late', null],
      ['merged', time('03-02 10:00')],
    ]);
  });
});
