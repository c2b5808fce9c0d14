//! What failed, in front of why.

use std::error::Error;
use std::fmt;

use crate::BoxError;

/// An error with a text of its own in front of its source.
#[derive(Debug)]
pub struct Context {
    text: String,
    source: BoxError,
}

impl Context {
    /// Adds a text to an error.
    pub fn new(text: impl Into<String>, source: impl Into<BoxError>) -> Self {
        Self {
            text: text.into(),
            source: source.into(),
        }
    }
}

impl fmt::Display for Context {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

impl Error for Context {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        Some(&*self.source)
    }
}
