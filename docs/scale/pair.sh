#!/bin/sh
# Usage: docs/scale/pair.sh OUT CAMPAIGN
# Two workers of the queue AUXFLOW_QUEUE, on this machine, until it is empty; then every object or file of the campaign is proven.
set -eu
npx auxflow worker --out "$1" --exit-when-done --verbose &
first=$!
npx auxflow worker --out "$1" --exit-when-done --verbose &
second=$!
wait "$first"
wait "$second"
npx auxflow status "$2"
case $1 in
  s3://*) npx auxflow verify --deep "$1/$2" ;;
  *) npx auxflow verify "$1/$2" ;;
esac
