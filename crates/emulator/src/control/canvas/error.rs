//! Canvas requests that cannot be built.

use std::fmt;

/// There is no object with this id.
pub(super) fn unknown(
    field: &'static str,
    kind: &str,
    id: impl fmt::Display,
) -> InvalidCanvasRequest {
    let message = format!("`{field}`: there is no {kind} {id}");
    InvalidCanvasRequest { field, message }
}

/// Why a canvas request cannot be built.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InvalidCanvasRequest {
    pub(crate) field: &'static str,
    pub(super) message: String,
}

impl fmt::Display for InvalidCanvasRequest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for InvalidCanvasRequest {}
