#!/bin/sh
# Makes up the secrets that docker-compose.yml asks for and .env beside it does not have yet, and adds them to it, for its
# owner alone to read. What is set there stays as it is.
set -eu
cd "$(dirname "$0")/.."
umask 077

secret() {
  made=$(LC_ALL=C tr -dc 'A-Za-z0-9' </dev/urandom | head -c 32)
  [ "${#made}" -eq 32 ] || { echo 'make-secrets: /dev/urandom gave too little' >&2; exit 1; }
  echo "$made"
}

# The names that .env gives a value. Of several lines for one name Compose takes the last.
set_names() {
  awk '
    { sub(/\r$/, "") }
    match($0, /^[ \t]*(export[ \t]+)?[A-Za-z_][A-Za-z0-9_]*[ \t]*[=:]/) {
      name = substr($0, 1, RLENGTH)
      value = substr($0, RLENGTH + 1)
      sub(/^[ \t]*(export[ \t]+)?/, "", name)
      sub(/[ \t]*[=:]$/, "", name)
      sub(/[ \t]+#.*$/, "", value)
      gsub(/^[ \t]+|[ \t]+$/, "", value)
      is_set[name] = value != "" && value != "\"\"" && value != "\047\047"
    }
    END { for (name in is_set) if (is_set[name]) print name }' .env
}

there=''
if [ -f .env ]; then
  chmod 600 .env # A copy of .env.example may be read by all.
  there=$(set_names)
elif [ -e .env ] || [ -L .env ]; then
  echo "make-secrets: $PWD/.env is no file, or a link to none: nothing was written" >&2
  exit 1
fi

# All of them made up before the first is written, so that none is left out.
names=''
lines=''
for name in DEVOPSTIC_USERNAME DEVOPSTIC_PASSWORD DEVOPSTIC_DATABASE_PASSWORD DEVOPSTIC_METRICS_TOKEN \
  DEVOPSTIC_GRAFANA_PASSWORD GRAFANA_ADMIN_PASSWORD POSTGRES_PASSWORD; do
  printf '%s\n' "$there" | grep -qx "$name" && continue
  if [ "$name" = DEVOPSTIC_USERNAME ]; then value='admin'; else value=$(secret); fi
  names="$names $name"
  lines="$lines
$name=$value"
done

if [ -z "$names" ]; then
  echo "$PWD/.env has all secrets already, and was not changed."
  exit
fi
text="# Made up by docker/make-secrets.sh for docker-compose.yml. All settings: .env.example$lines"
if [ -f .env ]; then
  # The last line of a file that was edited may lack its end.
  [ -z "$(tail -c 1 .env)" ] || text="
$text"
  printf '%s\n' "$text" >>.env
else
  set -C # One that somebody makes in this moment must not be overwritten.
  printf '%s\n' "$text" >.env
fi
echo "Added to $PWD/.env:$names"
echo "The admin's password of DevOpstic is DEVOPSTIC_PASSWORD in it, Grafana's GRAFANA_ADMIN_PASSWORD."
