#!/bin/sh
# Sends one event to DevOpstic, by default that of a deployment: see doc/ci.md. Needs a POSIX shell, awk and curl.
# All it is told are environment variables: DEVOPSTIC_URL, DEVOPSTIC_KEY, and DEVOPSTIC_EVENT_<FIELD> for each field of the
# event. With DEVOPSTIC_FAIL_ON_ERROR=true it fails if the event was not recorded; else it warns, and ends well.
{ set +x; } 2>/dev/null # A trace would show the key.
set -u

# What the fields are if nobody says otherwise: GitHub Actions, GitLab CI and Jenkins tell of themselves.
github_run=${GITHUB_RUN_ID:+$GITHUB_RUN_ID-${GITHUB_RUN_ATTEMPT:-1}}
github_url=${GITHUB_RUN_ID:+${GITHUB_SERVER_URL:-}/${GITHUB_REPOSITORY:-}/actions/runs/$GITHUB_RUN_ID}
: "${DEVOPSTIC_EVENT_TYPE:=deploy}"
: "${DEVOPSTIC_EVENT_PIPELINE_ID:=${GITHUB_REPOSITORY:-${CI_PROJECT_PATH:-${JOB_NAME:-}}}}"
: "${DEVOPSTIC_EVENT_URL:=${github_url:-${CI_JOB_URL:-${BUILD_URL:-}}}}"
if [ "$DEVOPSTIC_EVENT_TYPE" = deploy ]; then
  : "${DEVOPSTIC_EVENT_ENVIRONMENT:=${CI_ENVIRONMENT_NAME:-}}"
  : "${DEVOPSTIC_EVENT_STATUS:=${CI_JOB_STATUS:-}}"
  : "${DEVOPSTIC_EVENT_COMMIT_ID:=${GITHUB_SHA:-${CI_COMMIT_SHA:-${GIT_COMMIT:-}}}}"
  : "${DEVOPSTIC_EVENT_DEPLOYMENT_ID:=${github_run:-${CI_JOB_ID:-${BUILD_TAG:-}}}}"
  export DEVOPSTIC_EVENT_ENVIRONMENT DEVOPSTIC_EVENT_COMMIT_ID DEVOPSTIC_EVENT_DEPLOYMENT_ID
fi
# Each CI has words of its own for how a job ended.
case "${DEVOPSTIC_EVENT_STATUS:-}" in
  SUCCESS) DEVOPSTIC_EVENT_STATUS=success ;;
  failed | FAILURE | UNSTABLE | NOT_BUILT) DEVOPSTIC_EVENT_STATUS=failure ;;
  cancelled | canceling | ABORTED) DEVOPSTIC_EVENT_STATUS=canceled ;;
  running) DEVOPSTIC_EVENT_STATUS=in_progress ;;
esac
export DEVOPSTIC_EVENT_TYPE DEVOPSTIC_EVENT_PIPELINE_ID DEVOPSTIC_EVENT_URL DEVOPSTIC_EVENT_STATUS

# Ends because of $1: a failure of the job, or a warning.
give_up() {
  fail=${DEVOPSTIC_FAIL_ON_ERROR:-false}
  [ "$fail" = true ] && level=error || level=warning
  echo "DevOpstic: the event was not recorded: $1" >&2
  if [ "${GITHUB_ACTIONS:-}" = true ]; then
    printf '::%s title=DevOpstic::The event was not recorded: %s\n' "$level" "$(printf %s "$1" | sed 's/%/%25/g')"
  fi
  [ "$fail" != true ]
  exit
}

[ -n "${DEVOPSTIC_URL:-}" ] || give_up 'DEVOPSTIC_URL is not set: the address of your DevOpstic'
[ -n "${DEVOPSTIC_KEY:-}" ] || give_up 'DEVOPSTIC_KEY is not set: an API key that may send events (a secret of your CI)'
case "$DEVOPSTIC_KEY" in
  *[!A-Za-z0-9._~+/=-]*) give_up 'DEVOPSTIC_KEY holds characters that no key has, such as a space or a line break' ;;
esac
command -v curl >/dev/null || give_up 'curl is not there: install it in the image of this job'
folder=$(mktemp -d) || give_up 'there is no folder for temporary files'
trap 'rm -rf "$folder"' EXIT

# The event as JSON. In the C locale characters are bytes, so UTF-8 passes through as it is.
LC_ALL=C awk '
  function text(value,   i, c, out) {
    for (i = 1; i <= length(value); i++) {
      c = substr(value, i, 1)
      out = out (c in escaped ? escaped[c] : c)
    }
    return "\"" out "\""
  }
  function texts(value,   n, i, words, out) {
    n = split(value, words, /[ \t\r\n,]+/)
    for (i = 1; i <= n; i++) if (words[i] != "") out = out (out == "" ? "" : ", ") text(words[i])
    return "[" out "]"
  }
  function json(name, value) {
    if (name ~ /^(commits|parents)$/) return texts(value)
    if (name ~ /^(rollback|rework)$/ && value ~ /^(true|false)$/) return value
    if (name ~ /^(pull_request_id|timestamp|landed_at)$/ && value ~ /^[1-9][0-9]*$/) return value
    return text(value)
  }
  BEGIN {
    for (i = 1; i < 32; i++) escaped[sprintf("%c", i)] = sprintf("\\u%04x", i)
    escaped["\""] = "\\\""
    escaped["\\"] = "\\\\"
    # All of them: DevOpstic refuses a field that it does not know, so a typing error is told of.
    for (name in ENVIRON) {
      if (name !~ /^DEVOPSTIC_EVENT_/ || ENVIRON[name] == "") continue
      field = tolower(substr(name, length("DEVOPSTIC_EVENT_") + 1))
      body = body (body == "" ? "" : ", ") text(field) ": " json(field, ENVIRON[name])
    }
    print "{" body "}"
  }' >"$folder/event"

# curl itself tries again after 408, 429 and most of 5xx, and waits as long as Retry-After says. An older one does so after
# fewer faults of the network.
all=--retry-connrefused
curl --retry-all-errors --version >/dev/null 2>&1 && all=--retry-all-errors
# The key goes in by a pipe: what is on the command line, every user of the machine can read.
status=$(printf 'header = "Authorization: Bearer %s"\n' "$DEVOPSTIC_KEY" | curl --config - --silent --show-error \
  --retry 5 --retry-max-time 120 --connect-timeout 10 --max-time 30 $all \
  --header 'Content-Type: application/json' --data-binary "@$folder/event" --output "$folder/answer" \
  --write-out '%{http_code}' "${DEVOPSTIC_URL%/}/events" 2>"$folder/error")
failed=$?

case "$failed $status" in
  '0 200' | '0 201')
    echo "DevOpstic recorded: $(cat "$folder/event")"
    exit 0
    ;;
  0\ *) ;;
  *)
    # It says why after each attempt, and of certificates more than a line.
    said=$(grep '^curl: ' "$folder/error" | tail -n 1)
    give_up "${said:-curl ended with $failed}"
    ;;
esac
# What a problem+json says is wrong, and where; of any other answer, how it begins.
reasons=$(LC_ALL=C awk '{
  while (match($0, /"(pointer|detail)":"([^"\\]|\\.)*"/)) {
    said = substr($0, RSTART, RLENGTH)
    $0 = substr($0, RSTART + RLENGTH)
    pointer = said ~ /^"pointer"/
    sub(/^"[a-z]*":"/, "", said)
    sub(/"$/, "", said)
    out = out (pointer ? "; " said : (out == "" || out ~ /[^a-z_0-9]$/ ? "" : " ") said)
  }
} END { print out }' "$folder/answer" 2>/dev/null)
[ -n "$reasons" ] || reasons=$(tr -d '\000-\037' <"$folder/answer" 2>/dev/null | cut -c 1-200)
give_up "$DEVOPSTIC_URL answered $status: $reasons"
