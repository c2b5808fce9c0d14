//! The types that all resources share, and the macros that declare a resource's own.

pub(crate) mod attributes;
pub(crate) mod avatar;
pub(crate) mod declare;
pub(crate) mod deleted;
pub(crate) mod errors;
pub(crate) mod extra;
pub(crate) mod found;
pub(crate) mod id;
pub(crate) mod list;
pub(crate) mod locale;
pub(crate) mod object_type;
pub(crate) mod open_enum;
pub(crate) mod patch;
pub(crate) mod secret;
#[cfg(feature = "proptest")]
pub(crate) mod strategies;
pub(crate) mod time;
