//! The examples of the README and of the guide, compiled and run as tests.

#[doc = include_str!("../README.md")]
pub mod readme {}
