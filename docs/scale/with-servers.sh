#!/bin/sh
# Usage: docs/scale/with-servers.sh [COMMAND…]
# Redis, an S3 server (versitygw) with the bucket adf, and the sandbox, on free ports of this machine, for a command (default: a shell).
# auxflow finds them through the environment; they end with the command, and nothing of them is left.
set -eu
for program in redis-server versitygw node; do
  command -v "$program" >/dev/null || { echo "$program is not installed (docs/scale.md#try-it)" >&2; exit 2; }
done

free_port() { node -e 'const s = require("net").createServer().listen(0, "127.0.0.1", () => { console.log(s.address().port); s.close(); })'; }
answers() { node -e 'const s = require("net").connect(process.argv[1], "127.0.0.1", () => process.exit()); s.on("error", () => process.exit(1))' "$1"; }

folder=$(mktemp -d)
queue=$(free_port)
store=$(free_port)
mkdir -p "$folder/data/adf" "$folder/iam"
chmod 700 "$folder/iam"
export AUXFLOW_QUEUE="redis://127.0.0.1:$queue" AWS_ENDPOINT_URL_S3="http://127.0.0.1:$store"
export AWS_ACCESS_KEY_ID=pair AWS_SECRET_ACCESS_KEY=pair-of-workers AWS_REGION=us-east-1

redis-server --port "$queue" --bind 127.0.0.1 --dir "$folder" --save '' --appendonly yes --maxmemory-policy noeviction >"$folder/redis.log" &
redis=$!
versitygw --port "127.0.0.1:$store" --access "$AWS_ACCESS_KEY_ID" --secret "$AWS_SECRET_ACCESS_KEY" --iam-dir "$folder/iam" --quiet \
  posix "$folder/data" >"$folder/store.log" 2>&1 &
gateway=$!
trap 'kill "$redis" "$gateway" 2>/dev/null || true; wait; rm -rf "$folder"' EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

for port in "$queue" "$store"; do
  until answers "$port"; do
    kill -0 "$redis" && kill -0 "$gateway" || { cat "$folder"/*.log >&2; exit 1; }
    sleep 0.1
  done
done

[ $# -gt 0 ] || { [ -t 0 ] && set -- "${SHELL:-sh}" || set -- sh -e; }
npx auxflow sandbox --archives -- "$@"
