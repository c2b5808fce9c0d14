//! Reading and writing JSON in the ways that serde does not derive.

pub(crate) mod lenient;
pub(crate) mod null;
pub(crate) mod number;
pub(crate) mod object;
pub(crate) mod scalar;
pub(crate) mod strict;
pub(crate) mod whole;
