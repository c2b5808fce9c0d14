//! How far a list was read.

use std::fmt;
use std::str::FromStr;

use serde::de::{Deserialize, Deserializer, Error};
use serde::ser::{Serialize, Serializer};

use super::Place;

/// How far a list was read, as text that can be kept, and read on from in another process. For serde
/// it is that text, too.
///
/// ```
/// # use intercom_core::Position;
/// let saved = "cursor:WzE3MzQ1Mzc=+7";
/// let position: Position = saved.parse().unwrap();
/// assert_eq!(position.to_string(), saved);
/// ```
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub struct Position {
    pub(super) page: Where,
    /// How many of its items were read.
    pub(super) read: usize,
}

/// Which page it is.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
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

impl Serialize for Position {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Position {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?
            .parse()
            .map_err(D::Error::custom)
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

#[cfg(test)]
mod tests {
    use super::Position;

    #[test]
    fn a_position_is_one_text_to_people_and_to_serde() {
        for text in [
            "start+0",
            "cursor:a+b:c+3",
            "page:2+0",
            "scroll:s+1",
            "end+0",
        ] {
            let position: Position = text.parse().unwrap();
            assert_eq!(position.to_string(), text);
            let json = serde_json::to_string(&position).unwrap();
            assert_eq!(json, format!("\"{text}\""));
            assert_eq!(serde_json::from_str::<Position>(&json).unwrap(), position);
        }
        let error = serde_json::from_str::<Position>("\"page:x+0\"").unwrap_err();
        assert!(error.to_string().contains("expected a position"), "{error}");
    }
}
