//! How JSON is read and written where serde's derived code does not do.

pub(crate) mod lenient;
pub(crate) mod null;
pub(crate) mod number;
pub(crate) mod object;
pub(crate) mod strict;
pub(crate) mod whole;
