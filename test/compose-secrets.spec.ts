import { execFileSync, spawnSync } from 'node:child_process';
import { chmodSync, cpSync, mkdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseEnv } from 'node:util';
import { compose, references } from './support/compose.js';
import { readDocument, ROOT } from './support/documents.js';
import { temporaryFolder } from './support/temporary-folder.js';

describe('docker/make-secrets.sh', () => {
  let folder: string;
  beforeEach(() => {
    folder = temporaryFolder();
    cpSync(`${ROOT}/docker`, join(folder, 'docker'), { recursive: true });
  });

  const file = () => join(folder, '.env');
  const make = (path = process.env['PATH']) =>
    spawnSync('sh', ['docker/make-secrets.sh'], { cwd: folder, encoding: 'utf8', env: { PATH: path } });
  const text = () => readFileSync(file(), 'utf8');
  const mode = () => statSync(file()).mode & 0o777;
  const env = () => parseEnv(text()) as Record<string, string>;
  const required = references().filter(({ message }) => message !== null);
  const SECRETS = [...new Set(required.map(({ name }) => name))].toSorted();

  it('makes up all that docker-compose.yml asks for, for the owner alone', () => {
    const { status, stdout } = make();
    expect([status, mode()]).toEqual([0, 0o600]);
    const { DEVOPSTIC_USERNAME: username, ...made } = env();
    expect(username).toBe('admin');
    expect(Object.keys(made).toSorted()).toEqual(SECRETS);
    expect(Object.values(made).filter((secret) => !/^[A-Za-z0-9]{32}$/.test(secret))).toEqual([]);
    expect(new Set(Object.values(made)).size).toBe(6);
    expect(Object.values(made).filter((secret) => stdout.includes(secret))).toEqual([]);
    expect(Object.keys(env()).filter((name) => !stdout.includes(name))).toEqual([]);
    expect(compose(made).services['api']?.environment?.['DEVOPSTIC_PASSWORD']).toBe(made['DEVOPSTIC_PASSWORD']);
  });

  it('changes nothing when it is run again, but who may read it, and says so', () => {
    make();
    const before = text();
    chmodSync(file(), 0o644);
    expect(make()).toMatchObject({
      status: 0,
      stderr: '',
      stdout: `${file()} has all secrets already, and was not changed.\n`,
    });
    expect([text(), mode()]).toEqual([before, 0o600]);
  });

  it('adds what a copy of .env.example lacks, and keeps the rest of it', () => {
    cpSync(`${ROOT}/.env.example`, file());
    expect(make().status).toBe(0);
    expect([text().startsWith(readDocument('.env.example')), mode()]).toEqual([true, 0o600]);
    expect(Object.keys(env())).toEqual(expect.arrayContaining(SECRETS));
    const before = text();
    expect([make().status, text()]).toEqual([0, before]);
  });

  it('makes up what is empty, and never what is set, however that is written', () => {
    const kept = [
      'DEVOPSTIC_USERNAME=ada',
      'export DEVOPSTIC_PASSWORD="of my own # really"',
      "DEVOPSTIC_DATABASE_PASSWORD='mine'\r",
      'DEVOPSTIC_METRICS_TOKEN=mine # as Prometheus has it',
      'DEVOPSTIC_GRAFANA_PASSWORD=\r',
      'GRAFANA_ADMIN_PASSWORD="" # later',
      'POSTGRES_PASSWORD=once',
      'MY_POSTGRES_PASSWORD=another',
      "POSTGRES_PASSWORD=''",
    ].join('\n');
    writeFileSync(file(), kept);
    const { status, stdout } = make();
    expect([status, text().startsWith(`${kept}\n`)]).toEqual([0, true]);
    const added = Object.keys(parseEnv(text().slice(kept.length)));
    expect(added.toSorted()).toEqual(['DEVOPSTIC_GRAFANA_PASSWORD', 'GRAFANA_ADMIN_PASSWORD', 'POSTGRES_PASSWORD']);
    expect(stdout).toContain(`Added to ${file()}: ${added.join(' ')}\n`);
    for (const name of added) expect(env()[name]).toMatch(/^[A-Za-z0-9]{32}$/);
    expect(env()).toMatchObject({ DEVOPSTIC_USERNAME: 'ada', DEVOPSTIC_PASSWORD: 'of my own # really' });
  });

  it('writes nothing where .env is a link to nothing', () => {
    symlinkSync('elsewhere', file());
    expect(make()).toMatchObject({ status: 1, stderr: expect.stringContaining('nothing was written') });
    expect(execFileSync('ls', [folder], { encoding: 'utf8' })).toBe('docker\n');
  });

  it('writes nothing if it cannot make up a secret', () => {
    writeFileSync(file(), 'MINE=1\n');
    const programs = join(folder, 'programs');
    mkdirSync(programs);
    writeFileSync(join(programs, 'head'), '#!/bin/sh\necho little\n', { mode: 0o755 });
    expect(make(`${programs}:${process.env['PATH']}`)).toMatchObject({
      status: 1,
      stderr: expect.stringContaining('gave too little'),
    });
    expect(text()).toBe('MINE=1\n');
  });
});
