/** Which rows belong to which, and by which columns: the functions keep it so, no foreign key says it. */
const RELATIONS = [
  ['pipelines', 'events', 'pipeline_id'],
  ['pipelines', 'commits', 'pipeline_id'],
  ['pipelines', 'pull_requests', 'pipeline_id'],
  ['pipelines', 'pushes', 'pipeline_id'],
  ['pipelines', 'environments', 'pipeline_id'],
  ['pipelines', 'incidents', 'pipeline_id'],
  ['commits', 'commits', 'alias_of'],
  ['pull_requests', 'commits', 'pull_request_ids'],
  ['pushes', 'commits', 'landed_heads'],
  ['environments', 'deployments', 'environment'],
  ['commits', 'commit_carriers', 'commit_id'],
  ['deployments', 'commit_carriers', 'deployment_id'],
  ['commits', 'deployment_changes', 'commit_id'],
  ['deployments', 'deployment_changes', 'deployment_id'],
  ['commits', 'waiting_for_production', 'commit_id'],
  ['deployments', 'incidents', 'cause_deployment_id'],
] as const;

interface Column {
  table: string;
  column: string;
  type: string;
  key: boolean;
}

const COLUMNS = `
  SELECT
    c.relname AS table,
    a.attname AS column,
    CASE WHEN t.typelem <> 0 AND t.typlen = -1 THEN e.typname || '[]' ELSE t.typname END AS type,
    COALESCE(a.attnum = ANY (k.conkey), false) AS key
  FROM pg_class AS c
  JOIN pg_attribute AS a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
  JOIN pg_type AS t ON t.oid = a.atttypid
  LEFT JOIN pg_type AS e ON e.oid = t.typelem
  LEFT JOIN pg_constraint AS k ON k.conrelid = c.oid AND k.contype = 'p'
  WHERE c.relnamespace = 'devopstic'::regnamespace AND c.relkind = 'r'
  ORDER BY c.relname, a.attnum`;

/** The tables of a migrated database, as a diagram in Mermaid. */
export async function diagramOf(query: (sql: string) => Promise<Column[]>): Promise<string> {
  const columns = await query(COLUMNS);
  const tables = [...new Set(columns.map(({ table }) => table))];
  const entities = tables.flatMap((table) => [
    `  ${table} {`,
    ...columns
      .filter((one) => one.table === table)
      .map((one) => `    ${one.type} ${one.column}${one.key ? ' PK' : ''}`),
    '  }',
  ]);
  return ['```mermaid', 'erDiagram', ...RELATIONS.map((one) => relation(columns, one)), ...entities, '```'].join('\n');
}

function relation(columns: Column[], [one, many, by]: (typeof RELATIONS)[number]): string {
  if (!columns.some(({ table }) => table === one)) throw new Error(`There is no table ${one}`);
  if (!columns.some(({ table, column }) => table === many && column === by)) throw new Error(`No ${many}.${by}`);
  return `  ${one} |o--o{ ${many} : ${by}`;
}

/** The page with this diagram between its marks. */
export function withDiagram(page: string, diagram: string): string {
  return page.replace(/(<!-- begin: .*? -->\n).*(<!-- end -->)/s, (_all, begin: string, end: string) => {
    return `${begin}\n${diagram}\n\n${end}`;
  });
}
