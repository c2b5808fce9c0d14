//! The macros that turn a plain struct into a model type.
//!
//! They are applied as attributes (`#[apply(response)]`), so the structs stay plain Rust for rustfmt,
//! rustdoc and editors.

mod body;
mod response;
mod setter;
mod strategy;
mod tagged;

pub(crate) use body::{body, made_body, part};
pub(crate) use response::response;
pub(crate) use setter::setter;
pub(crate) use strategy::strategy;
pub(crate) use tagged::read_tagged;
