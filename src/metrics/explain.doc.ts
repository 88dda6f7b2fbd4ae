/** What each metric looks at, and why a row is left out: part of the contract. */
export const EXPLAINED = `
Every row that was looked at is told with what it adds, or with the one reason that keeps it out. \`used\` and the counts of
\`left_out\` add up to all of them, and \`used\` is the metric's own count.

| metric | rows | value | \`used\` is |
|---|---|---|---|
| deployment_frequency | every deployment | 1 | successful |
| change_failure_rate | every deployment, and every incident that none is known to have caused | 1 if it failed, else 0 | deployments |
| rework_rate | every deployment | 1 if it is rework, else 0 | deployments |
| failed_deployment_recovery_time | every failed deployment, and every incident that none is known to have caused | seconds to its recovery | count |
| lead_time | every change in each environment that a deployment carried it to, every commit that is another name of a change, every change never deployed | seconds from submitted to deployed, less those of being a draft again | count |
| time_to_restore | every incident | seconds from opened to resolved | count |
| work_waiting | every commit whose change no deployment had carried to the environments before \`to\` | seconds since it landed | count |

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
