# The few commands of a day's work. `just` lists them.

_:
    @just --list --unsorted

# What the README promises.
test:
    cargo test --workspace

# Quick look while writing: one crate, or all.
check crate="":
    cargo clippy {{ if crate == "" { "--workspace" } else { "-p " + crate } }} --all-targets --all-features

# The main story, against the emulator.
tour:
    cargo run -p intercom-transport-hyper --example tour

# An Intercom on this machine.
emulator *arguments="--listen 127.0.0.1:8099":
    cargo run -p intercom-emulator -- {{ arguments }}

# Examples of the official descriptions, where a copy of them is.
conformance directory:
    cargo run -p intercom-conformance -- check {{ directory }}

# How fast it is; see docs/performance.md.
bench name="":
    cargo bench -p intercom-workspace {{ if name == "" { "--bench decode --bench listing --bench calls --bench quota" } else { "--bench " + name } }}

# Instructions of each piece of work; shows in the diff what a change costs. Needs valgrind.
instructions:
    cargo bench -q -p intercom-workspace --bench instructions > docs/instructions.md

# How long release builds take.
builds:
    benches/builds/run.sh

# Runs one fuzz target until it is stopped; `cargo fuzz list --fuzz-dir tests/fuzz` lists them.
fuzz target:
    RUSTC_BOOTSTRAP=1 cargo fuzz run --fuzz-dir tests/fuzz --sanitizer none --dev {{ target }}

# Writes the lists of the public API in docs/api.
public-api:
    .ci/public-api write

# Whether the public API broke since the last release on crates.io.
semver:
    cargo semver-checks --workspace

# Everything that must hold before a change lands.
ci:
    .ci/run
