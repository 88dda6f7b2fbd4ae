import { startApp } from './support/app.js';
import { diagramOf, withDiagram } from './support/db-model.js';
import { readDocument } from './support/documents.js';

describe('doc/db_model.md', () => {
  it('shows the tables that there are, else run npm run db-model', async () => {
    const app = await startApp();
    const diagram = await diagramOf((sql) => app.dataSource.query(sql));
    await app.close();
    const page = readDocument('doc/db_model.md');
    expect(page).toBe(withDiagram(page, diagram));
    expect(page).toContain('deployment_changes {');
  });

  it('describes every table', () => {
    const page = readDocument('doc/db_model.md');
    const tables = [...page.matchAll(/^ {2}(\w+) \{$/gm)].map(([, table = '']) => table);
    const described = page.slice(page.indexOf('<!-- end -->'));
    expect(tables.length).toBeGreaterThan(10);
    expect(tables.filter((table) => !described.includes(`\`${table}\``))).toEqual([]);
  });
});
