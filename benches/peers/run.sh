#!/usr/bin/env bash
# Lists the same 30,000 contacts with the official Node and Python SDKs, from their registries, beside ours, in
# one run. Needs node, npm and python3.
set -euo pipefail
cd "$(dirname "$0")/../.."
peers="${TMPDIR:-/tmp}/intercom-peers"
mkdir -p "$peers"
cp benches/peers/list.mjs benches/peers/list.py "$peers"
npm install --silent --no-fund --no-audit --prefix "$peers" intercom-client@7.0.3
[ -d "$peers/venv" ] || python3 -m venv "$peers/venv"
"$peers/venv/bin/pip" install --quiet python-intercom==5.0.1
cargo bench -q -p intercom-workspace --bench listing -- --peers "$peers"
