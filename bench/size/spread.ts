/** A pipeline whose rows are cloned. */
export interface Template {
  pipeline_id: string;
  deployments: number;
  /** How many clones of it a set of pipelines has. */
  copies: number;
}

/** Many small pipelines and few large ones: deployments in three years, and how many pipelines of a set have so many. */
const SPREAD = [
  [25_000, 1],
  [12_000, 1],
  [6_500, 1],
  [3_500, 2],
  [2_000, 2],
  [1_100, 3],
  [600, 4],
  [350, 6],
  [200, 8],
  [110, 11],
  [60, 16],
  [35, 24],
  [20, 36],
] as const;

/** No pipeline has more than this part of all deployments. */
const LARGEST = 1 / 20;

/** What to make of a database that begins with so many deployments, the largest first; their sizes are about right. */
export function templatesFor(least: number): Template[] {
  const fitting = SPREAD.filter(([deployments]) => deployments <= least * LARGEST);
  return fitting.map(([deployments, copies]) => ({ pipeline_id: `of-${deployments}/0`, deployments, copies }));
}

/** Which templates to clone for so many more deployments: whole sets, and then what still fits. */
export function* moreOf(templates: readonly Template[], deployments: number): Generator<Template> {
  for (let [left, before] = [deployments, Infinity]; left < before;) {
    before = left;
    for (const template of templates) {
      for (let copy = 0; copy < template.copies && template.deployments <= left; copy++) {
        yield template;
        left -= template.deployments;
      }
    }
  }
}
