#![doc = include_str!("../README.md")]

pub mod check;
pub mod compare;
pub mod decode;
pub mod description;
pub mod emulation;
pub mod encode;
pub mod known_faults;
pub mod lines;
pub mod operations;
pub mod report;
mod target;
