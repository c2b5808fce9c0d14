//! What the benchmarks share: replies to read, a server that sends them, programs written by hand to
//! compare with, and the account of a process.

#![allow(
    dead_code,
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "every benchmark uses a part of this, prints, and may panic"
)]

pub(crate) mod by_hand;
pub(crate) mod plain;
pub(crate) mod process;
pub(crate) mod replies;
pub(crate) mod server;

/// The middle of what was measured.
pub(crate) fn median<T: Copy + PartialOrd>(measured: &mut [T]) -> T {
    measured.sort_by(|a, b| a.partial_cmp(b).unwrap());
    measured[measured.len() / 2]
}
