//! draft
pub mod transport;
