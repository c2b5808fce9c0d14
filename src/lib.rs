//! Nothing: this package only holds the tests and benchmarks that reach across the crates.
