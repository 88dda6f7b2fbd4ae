import { mayWrite, visiblePipelines, type Caller, type Permission } from './caller.js';

function aCaller(may: Permission[], pipelines: string[] | null): Caller {
  return { kind: 'key', id: '1', name: 'job', may: new Set(may), pipelines: pipelines && new Set(pipelines) };
}

describe('a caller', () => {
  it('may write to any pipeline without a limit, to its own with one, to none without the permission', () => {
    expect(mayWrite(aCaller(['write'], null), 'web')).toBe(true);
    expect(mayWrite(aCaller(['write'], ['web']), 'web')).toBe(true);
    expect(mayWrite(aCaller(['write'], ['web']), 'api')).toBe(false);
    expect(mayWrite(aCaller(['read'], null), 'web')).toBe(false);
  });

  it('sees all pipelines without a limit, else its own', () => {
    expect(visiblePipelines(aCaller(['read'], null))).toBeNull();
    expect(visiblePipelines(aCaller(['read'], ['web', 'api']))).toEqual(['api', 'web']);
  });
});
