//! Control: what a test sets up, injects and inspects.

mod builder;
mod configured;
mod demo;
mod emulator;
mod faults;
mod fixtures;
mod journal;

pub use builder::Builder;
pub use emulator::{Emulator, Size};
pub use faults::FaultBuilder;
pub use fixtures::{CompanyFixture, ContactFixture};
pub use journal::{Entry, Journal};
