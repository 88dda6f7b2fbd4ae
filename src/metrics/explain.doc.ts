import { METRICS } from './catalogue/metrics.js';

const ROWS = Object.entries(METRICS).map(([name, { rows, adds, used }]) => `| ${name} | ${rows} | ${adds} | ${used} |`);

/** What each metric looks at, and why a row is left out: part of the contract. */
export const EXPLAINED = `
Every row that was looked at is told with what it adds, or with the one reason that keeps it out. \`used\` and the counts of
\`left_out\` add up to all of them, and \`used\` is the metric's own count.

| metric | rows | value | \`used\` is |
|---|---|---|---|
${ROWS.join('\n')}

Of several reasons the first of these is told:

- deployments: \`not_production\` (its environment is not selected), \`in_progress\`, \`out_of_range\` (of its finish), \`canceled\`,
  \`failure\` (deployment frequency counts successful ones only), \`open\` (failed and not recovered yet)
- incidents: \`not_production\`, \`open\` (at \`to\`), \`out_of_range\` (of its resolution), \`unlinked\` (opened in range and caused by no
  deployment that is known: it makes none fail)
- lead time: \`not_production\`, \`out_of_range\` (of the deployment), \`before_baseline\` (history from before the first
  deployment), \`unknown_commit\` (only its deployment is known), \`negative_span\` (deployed before it was made), \`bot\`;
  \`alias_of_pull_request\` (counted as the change that its pull request was merged as), \`outside\` (it changes nothing of
  this pipeline), \`not_deployed\`
- work waiting: \`alias_of_pull_request\`, \`outside\`, \`unknown_commit\`, \`out_of_range\` (not landed before \`to\`), \`bot\`, \`before_baseline\`

A change without an approval counts, but not in the review statistics: it is told with \`used\` true and \`no_review\`.
`.trim();
