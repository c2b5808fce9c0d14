//! Every type reads what it wrote, and a surprise in one place costs nothing elsewhere.

#![allow(clippy::unwrap_used, reason = "a test may panic")]

mod conveniences;
mod every_type;
mod replies;
mod requests;
mod surprises;
