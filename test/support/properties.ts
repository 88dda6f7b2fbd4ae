/**
 * How often, and from which seed, random tests run. A failing test prints its seed; to look further:
 * `DEVOPSTIC_TEST_RUNS=5000 DEVOPSTIC_TEST_SEED=7 npm test -- test/law.e2e-spec.ts`.
 */
export function parameters(runs: number): { numRuns: number; seed: number } {
  return {
    numRuns: Number(process.env.DEVOPSTIC_TEST_RUNS ?? runs),
    seed: Number(process.env.DEVOPSTIC_TEST_SEED ?? 20260302),
  };
}
