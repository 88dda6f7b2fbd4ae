import { parse } from 'yaml';
import { runScript, type Ended } from './ci.js';
import { readDocument, ROOT } from './documents.js';

interface Action {
  inputs: Record<string, { required?: boolean; default?: string }>;
  runs: { using: string; steps: { shell: string; run: string; env: Record<string, string> }[] };
}

export type Contexts = Record<'github' | 'job', Record<string, string>>;

/** Runs the steps of action.yml with these inputs, as GitHub does. */
export async function runAction(inputs: Record<string, string>, contexts: Contexts): Promise<Ended> {
  const action = parse(readDocument('action.yml')) as Action;
  if (action.runs.using !== 'composite') throw new Error(`GitHub would not run steps with ${action.runs.using}`);
  const unknown = Object.keys(inputs).filter((name) => !(name in action.inputs));
  if (unknown.length > 0) throw new Error(`No input ${unknown.join()}`);
  const given = Object.entries(action.inputs).map(([name, { default: fallback = '' }]) => {
    return [name, inputs[name] ?? evaluated(fallback, { ...contexts })];
  });
  const all = { ...contexts, inputs: Object.fromEntries(given) as Record<string, string> };
  const ended: Ended = { code: 0, output: '' };
  for (const { shell, run, env } of action.runs.steps) {
    const values = Object.entries(env).map(([name, text]) => [name, evaluated(text, all)]);
    const variables = { GITHUB_ACTIONS: 'true', GITHUB_ACTION_PATH: ROOT, ...Object.fromEntries(values) };
    const { code, output } = await runScript(run, variables, [shell, '--noprofile', '--norc', '-eo', 'pipefail']);
    Object.assign(ended, { code, output: ended.output + output });
    if (code !== 0) break;
  }
  return ended;
}

/** Expressions of the two forms that action.yml has: `context.name`, and that or another if it is empty. */
function evaluated(text: string, contexts: Record<string, Record<string, string>>): string {
  return text.replaceAll(/\$\{\{ (.*?) \}\}/g, (_, expression: string) => {
    const values = expression.split(' || ').map((term) => {
      const [, context = '', name = ''] = /^(\w+)\.([\w-]+)$/.exec(term) ?? [];
      const value = contexts[context]?.[name];
      if (value === undefined) throw new Error(`There is no ${term}`);
      return value;
    });
    return values.find((value) => value !== '') ?? '';
  });
}
