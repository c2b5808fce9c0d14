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

# Everything that must hold before a change lands.
ci:
    .ci/run
