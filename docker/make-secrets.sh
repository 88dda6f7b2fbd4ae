#!/bin/sh
# Makes up the secrets that docker-compose.yml asks for, and writes them to .env beside it, for its owner alone to read.
# A .env that there is stays as it is.
set -eu
cd "$(dirname "$0")/.."
umask 077

secret() {
  made=$(LC_ALL=C tr -dc 'A-Za-z0-9' </dev/urandom | head -c 32)
  [ "${#made}" -eq 32 ] || { echo 'make-secrets: /dev/urandom gave too little' >&2; exit 1; }
  echo "$made"
}

if [ -e .env ] || [ -L .env ]; then
  echo "make-secrets: there is a .env already, and it was not changed: $PWD/.env" >&2
  exit 1
fi
# Made before the file is, so that none is left behind without a secret in it.
text="# The secrets of docker-compose.yml, made up by docker/make-secrets.sh. All settings: .env.example
DEVOPSTIC_USERNAME=admin
DEVOPSTIC_PASSWORD=$(secret)
DEVOPSTIC_DATABASE_PASSWORD=$(secret)
DEVOPSTIC_METRICS_TOKEN=$(secret)
DEVOPSTIC_GRAFANA_PASSWORD=$(secret)
GRAFANA_ADMIN_PASSWORD=$(secret)
POSTGRES_PASSWORD=$(secret)"
set -C # Nor may one that somebody makes in this moment be overwritten.
printf '%s\n' "$text" >.env
echo "Wrote $PWD/.env. The admin's password of DevOpstic is DEVOPSTIC_PASSWORD in it, Grafana's GRAFANA_ADMIN_PASSWORD."
