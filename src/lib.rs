#![doc = include_str!("../README.md")]
//!
//! (This package holds what reaches across the crates: tests, benchmarks, and the examples of the
//! README, which are compiled and run as its tests.)
