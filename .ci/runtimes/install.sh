#!/usr/bin/env bash
# Installs the versions of Node and PostgreSQL in package.json, for `npm run test:smoke` and `npm run bench`.
# They stay out of the checkout, so that `npm test` needs none of them.
set -euo pipefail
cd "$(dirname "$0")"

# PostgreSQL runs as a user of its own if the tests run as root, and must be able to enter the folder.
if [ "$(id -u)" = 0 ]; then cache=/var/cache; else cache="$HOME/.cache"; fi
folder="$cache/exchange-sync-runtimes"

if ! cmp --silent package-lock.json "$folder/node_modules/installed-lock.json"; then
  mkdir -p "$folder"
  cp package.json package-lock.json "$folder"
  npm ci --prefix "$folder" --ignore-scripts --no-audit --no-fund
  # The libraries' links, which the packages leave to an install script.
  for package in "$folder"/node_modules/postgres-*; do (cd "$package" && node scripts/hydrate-symlinks.js); done
  cp package-lock.json "$folder/node_modules/installed-lock.json"
fi
