#!/usr/bin/env bash
# How long release builds take: of a program with one call, from clean, beside one written by hand; and
# of the program alone, when only it changed, with one call and with all of them.
set -euo pipefail
cd "$(dirname "$0")"
export CARGO_TARGET_DIR="${TMPDIR:-/tmp}/intercom-builds"

mkdir -p all_calls/src
{
    echo '//! Every operation, encoded, called and decoded.'
    echo 'use std::pin::Pin;'
    echo 'use intercom_transport_hyper::{Client, Endpoint, Error, HyperTransport};'
    echo "type Calling<'a> = Pin<Box<dyn Future<Output = Result<(), Error>> + 'a>>;"
    echo 'async fn call<E: Endpoint>(intercom: &Client, endpoint: Option<E>) -> Result<(), Error> {'
    echo '    if let Some(endpoint) = endpoint { intercom.call(&endpoint).await?; }'
    echo '    Ok(())'
    echo '}'
    echo '#[tokio::main]'
    echo 'async fn main() -> Result<(), Box<dyn std::error::Error>> {'
    echo '    let intercom = &Client::new(HyperTransport::new()?, "token");'
    echo '    let all: Vec<Calling> = vec!['
    # The table of contents: `module { Name, Name }`, over one line or more.
    sed -n '/^operations! {/,/^}/p' ../../crates/core/src/api/mod.rs | tr -d '\n' |
        sed -e 's/^operations! {//' -e 's/}/}\n/g' |
        sed -n 's/^ *\([a-z_]*\) *{\(.*\)}$/\1 \2/p' |
        while read -r module names; do
            for name in ${names//,/ }; do
                echo "        Box::pin(call::<intercom_transport_hyper::$module::$name>(intercom, None)),"
            done
        done
    echo '    ];'
    echo '    for calling in all { calling.await?; }'
    echo '    Ok(())'
    echo '}'
} > all_calls/src/main.rs

# Seconds by the clock, and of the processors, of a build.
build() {
    (
        cd "$1"
        cp ../../../Cargo.lock .
        TIMEFORMAT='%R %U'
        { time cargo build --release --quiet >&2; } 2>&1
    )
}

row() { printf '| %-46s | %8s | %10s |\n' "$@"; }

echo "| build                                          | clock, s |     CPU, s |"
echo "| ---------------------------------------------- | -------: | ---------: |"
for program in by_hand one_call; do
    rm -rf "$CARGO_TARGET_DIR"
    read -r clock cpu < <(build "$program")
    row "$program, from clean" "$clock" "$cpu"
done
build all_calls > /dev/null
for program in one_call all_calls; do
    touch "$program/src/main.rs"
    read -r clock cpu < <(build "$program")
    row "$program, when only the program changed" "$clock" "$cpu"
done
rm -rf "$CARGO_TARGET_DIR"
