//! What lies between a request and its reply, with the async and the blocking client alike.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test may panic"
)]

mod access;
mod asking;
mod bodies;
mod declarations;
mod lists;
mod observer;
mod paging;
mod raw_request;
#[path = "../support/mod.rs"]
mod support;
mod upsert;
mod values;
