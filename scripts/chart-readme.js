// npm run chart:readme: writes the table of values in helm/README.md from the comments of helm/values.yaml.
import { readFileSync, writeFileSync } from 'node:fs';
import { format, resolveConfig } from 'prettier';
import { isMap, parseDocument } from 'yaml';

const README = 'helm/README.md';
const VALUES = 'helm/values.yaml';
const TABLE = /(<!-- values -->\n)[^]*(<!-- end of values -->)/;

/** A map with comments in it is a group of values; one without is a value, whatever it holds. */
const isGroup = (node) =>
  isMap(node) && node.items.some((item, index) => isGroup(item.value) || commentOf(node, item, index) !== '');

/** The last paragraph above a key; above the first key of a map it belongs to the map. */
function commentOf(map, { key }, index) {
  const comment = key.commentBefore ?? (index === 0 ? map.commentBefore : null) ?? '';
  return comment.split('\n\n').at(-1).trim().replaceAll(/\n */g, ' ');
}

function valuesIn(map, path = []) {
  return map.items.flatMap((item, index) => {
    const name = [...path, item.key.value];
    if (isGroup(item.value)) return valuesIn(item.value, name);
    const meaning = commentOf(map, item, index);
    if (meaning === '') throw new Error(`${VALUES} says nothing of ${name.join('.')}: write a comment above it`);
    return [{ name: name.join('.'), value: JSON.stringify(item.value.toJSON()), meaning }];
  });
}

function table(text) {
  const rows = valuesIn(parseDocument(text).contents);
  const lines = rows.map(
    ({ name, value, meaning }) => `| \`${name}\` | \`${value}\` | ${meaning.replaceAll('|', '\\|')} |`,
  );
  return ['', '| value | default | meaning |', '| --- | --- | --- |', ...lines, '', ''].join('\n');
}

const readme = readFileSync(README, 'utf8');
if (!TABLE.test(readme)) throw new Error(`${README} has no place for the table of values`);
const made = table(readFileSync(VALUES, 'utf8'));
const wanted = await format(
  readme.replace(TABLE, (_all, before, after) => before + made + after),
  { ...(await resolveConfig(README)), filepath: README },
);
if (!process.argv.includes('--check')) writeFileSync(README, wanted);
else if (readme !== wanted) {
  console.error(`${README} is not what ${VALUES} says: run npm run chart:readme and commit it`);
  process.exitCode = 1;
}
