import { RemovalQuery } from '../src/auth/user.body.js';
import { BatchQuery } from '../src/events/batch.query.js';
import { RequestPipe } from '../src/http/validation.js';

describe('a query of which one name is read', () => {
  const pipe = new RequestPipe();
  const others = { source: 'ci', toString: 'x', a: '\0' };

  it.each([
    [BatchQuery, 'repeated_since', '2026-03-02T08:00:00Z'],
    [RemovalQuery, 'keys_to', '6f1c2c9e-3a54-4f0e-9d0c-1b8f6a1f2e3d'],
  ])('passes over all others, as before there was it: %p', async (metatype, name, value) => {
    const checked = (query: object) => pipe.transform(query, { type: 'query', metatype });
    expect(await checked(others)).toEqual({});
    expect(await checked({ ...others, [name]: value })).toEqual({ [name]: value });
    await expect(checked({ ...others, [name]: 'nope' })).rejects.toMatchObject({ status: 400 });
  });
});
