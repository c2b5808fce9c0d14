//! How far a list was read.

use std::fmt;
use std::str::FromStr;

use super::Place;

/// How far a list was read, as text that can be kept, and read on from in another process.
///
/// ```
/// # use intercom_core::Position;
/// let saved = "cursor:WzE3MzQ1Mzc=+7";
/// let position: Position = saved.parse().unwrap();
/// assert_eq!(position.to_string(), saved);
/// ```
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Position {
    pub(super) page: Where,
    /// How many of its items were read.
    pub(super) read: usize,
}

/// Which page it is.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) enum Where {
    /// The one that the request names.
    #[default]
    Start,
    At(Place),
    /// None: all were read.
    End,
}

impl fmt::Display for Position {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.page {
            Where::Start => f.write_str("start")?,
            Where::At(Place::Cursor(cursor)) => write!(f, "cursor:{cursor}")?,
            Where::At(Place::Page(page)) => write!(f, "page:{page}")?,
            Where::At(Place::Scroll(scroll)) => write!(f, "scroll:{scroll}")?,
            Where::End => f.write_str("end")?,
        }
        write!(f, "+{}", self.read)
    }
}

/// The text is no [`Position`].
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct ParsePositionError;

impl fmt::Display for ParsePositionError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("expected a position such as `cursor:abc+0`, as `position()` gives it")
    }
}

impl std::error::Error for ParsePositionError {}

impl FromStr for Position {
    type Err = ParsePositionError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let (place, read) = text.rsplit_once('+').ok_or(ParsePositionError)?;
        let page = match place.split_once(':') {
            None if place == "start" => Where::Start,
            None if place == "end" => Where::End,
            Some(("cursor", cursor)) => Where::At(Place::Cursor(cursor.to_owned())),
            Some(("page", page)) => {
                Where::At(Place::Page(page.parse().map_err(|_| ParsePositionError)?))
            }
            Some(("scroll", scroll)) => Where::At(Place::Scroll(scroll.to_owned())),
            _ => return Err(ParsePositionError),
        };
        Ok(Self {
            page,
            read: read.parse().map_err(|_| ParsePositionError)?,
        })
    }
}
