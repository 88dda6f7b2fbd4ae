import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { extname, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import { Injectable } from '@nestjs/common';
import { Config } from '../config/config.js';

const ENCODINGS = ['br', 'gzip', 'identity'] as const;
type Encoding = (typeof ENCODINGS)[number];

/** A file, ready to be sent in each encoding. */
export interface PageFile {
  type: string;
  hash: string;
  bodies: Record<Encoding, Buffer>;
}

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.svg': 'image/svg+xml',
};
const ROOT = fileURLToPath(new URL('../', import.meta.url));
const PAGE = 'dashboard/page';
/** What the browser runs lies as it does here: its modules find each other by these paths. */
const FOLDERS = [PAGE, 'metrics/catalogue'];
/** What others wrote, served from their packages. */
const VENDOR: Readonly<Record<string, string>> = {
  [`${PAGE}/vendor/uplot.js`]: 'uplot/dist/uPlot.esm.js',
  [`${PAGE}/vendor/uplot.css`]: 'uplot/dist/uPlot.min.css',
};
/** The last tenth that brotli could save takes it ten times as long. */
const QUALITY = 9;
const INDEX = `${PAGE}/index.html`;

interface Files {
  version: string;
  page: PageFile;
  assets: ReadonlyMap<string, PageFile>;
}

/** The files of the page, read and compressed once, when somebody first asks. Nothing else can be asked for. */
@Injectable()
export class PageFiles {
  private files: Files | null = null;

  constructor(private readonly config: Config) {}

  page(): PageFile {
    return this.read().page;
  }

  asset(name: string): PageFile | undefined {
    return this.read().assets.get(name);
  }

  /** Changes whenever any of the files does. */
  version(): string {
    return this.read().version;
  }

  private read(): Files {
    this.files ??= readFiles(this.config.public_read);
    return this.files;
  }
}

/** The best of the encodings that a browser says it takes. */
export function encodingFor(accepted = ''): Encoding {
  const named = accepted.split(',').map((part) => part.trim().toLowerCase());
  const taken = new Set(named.filter((part) => !/;\s*q=0(\.0*)?$/.test(part)).map((part) => part.split(';')[0]));
  return ENCODINGS.find((encoding) => taken.has(encoding)) ?? 'identity';
}

function readFiles(publicRead: boolean): Files {
  const texts = new Map([...ownFiles(), ...vendorFiles()]);
  const version = hashOf([...texts].flat().join('\n'));
  const index = texts.get(INDEX) ?? '';
  texts.delete(INDEX);
  const html = filledIn(index, version, [...texts.keys()], publicRead);
  const assets = new Map([...texts].map(([name, text]) => [name, fileOf(name, text)]));
  return { version, page: fileOf(INDEX, html), assets };
}

function ownFiles(): [string, string][] {
  const names = FOLDERS.flatMap((folder) => filesIn(folder)).filter((name) => extname(name) in TYPES);
  return names.map((name) => [name, readFileSync(ROOT + name, 'utf8')]);
}

function filesIn(folder: string): string[] {
  const names = readdirSync(ROOT + folder, { recursive: true, encoding: 'utf8' }).toSorted();
  return names.map((name) => `${folder}/${name.replaceAll(sep, '/')}`);
}

function vendorFiles(): [string, string][] {
  const require = createRequire(import.meta.url);
  return Object.entries(VENDOR).map(([name, path]) => [name, readFileSync(require.resolve(path), 'utf8')]);
}

/** Every module is named in the head, so that the browser fetches them all at once and not one after the other. */
function filledIn(index: string, version: string, names: string[], publicRead: boolean): string {
  const modules = names.filter((name) => name.endsWith('.js'));
  const preloads = modules.map((name) => `<link rel="modulepreload" href="assets/${version}/${name}" />`);
  return index
    .replaceAll('{{assets}}', `assets/${version}/${PAGE}`)
    .replace('{{preloads}}', preloads.join('\n    '))
    .replace('{{public_read}}', String(publicRead));
}

function fileOf(name: string, text: string): PageFile {
  const identity = Buffer.from(text);
  const br = brotliCompressSync(identity, { params: { [constants.BROTLI_PARAM_QUALITY]: QUALITY } });
  const bodies = { identity, gzip: gzipSync(identity), br };
  return { type: TYPES[extname(name)] ?? 'application/octet-stream', hash: hashOf(text), bodies };
}

function hashOf(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 16);
}
