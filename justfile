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
tour transport="hyper":
    cargo run -p intercom-transport-{{ transport }} --example tour

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

# Everything that must hold before a change lands.
ci:
    .ci/run
