//! How far a list has been read.

use std::fmt;
use std::str::FromStr;

use serde::de::{Deserialize, Deserializer, Error};
use serde::ser::{Serialize, Serializer};

use crate::operation::PageToken;

/// How far a list has been read, as text that can be saved, and resumed from in another process.
///
/// A position belongs to one operation: [`resume`](crate::Items::resume) refuses that of another. With
/// serde, it is the same text.
///
/// ```
/// # use intercom_core::Position;
/// let saved = "contacts::List/150/cursor:WzE3MzQ1Mzc=+7";
/// let position: Position = saved.parse()?;
/// assert_eq!(position.to_string(), saved);
/// assert_eq!(position.endpoint(), "contacts::List");
/// # Ok::<(), intercom_core::ParsePositionError>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Position {
    pub(super) endpoint: Box<str>,
    /// How many items a page has; `None` if the request leaves that to the service.
    pub(super) page_size: Option<u32>,
    pub(super) page: Page,
    /// How many items of the page have been read.
    pub(super) read: usize,
}

/// Which page it is.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) enum Page {
    /// The one that the request selects.
    First,
    At(PageToken),
    /// None: the list has been read to its end.
    End,
}

impl Position {
    /// Returns the operation that the position belongs to, such as `contacts::List`.
    #[must_use]
    pub fn endpoint(&self) -> &str {
        &self.endpoint
    }
}

impl fmt::Display for Position {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/", self.endpoint)?;
        if let Some(size) = self.page_size {
            write!(f, "{size}")?;
        }
        f.write_str("/")?;
        match &self.page {
            Page::First => f.write_str("start")?,
            Page::At(PageToken::Cursor(cursor)) => write!(f, "cursor:{cursor}")?,
            Page::At(PageToken::Page(page)) => write!(f, "page:{page}")?,
            Page::At(PageToken::Scroll(scroll)) => write!(f, "scroll:{scroll}")?,
            Page::End => f.write_str("end")?,
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

/// A text is not a [`Position`].
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct ParsePositionError;

impl fmt::Display for ParsePositionError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(
            "expected a position such as `contacts::List/150/cursor:abc+0`, as `position()` returns it",
        )
    }
}

impl std::error::Error for ParsePositionError {}

impl FromStr for Position {
    type Err = ParsePositionError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let mut parts = text.splitn(3, '/');
        let (Some(endpoint), Some(size), Some(rest)) = (parts.next(), parts.next(), parts.next())
        else {
            return Err(ParsePositionError);
        };
        let (place, read) = rest.rsplit_once('+').ok_or(ParsePositionError)?;
        let page = match place.split_once(':') {
            None if place == "start" => Page::First,
            None if place == "end" => Page::End,
            Some(("cursor", cursor)) => Page::At(PageToken::Cursor(cursor.to_owned())),
            Some(("page", page)) => Page::At(PageToken::Page(number(page)?)),
            Some(("scroll", scroll)) => Page::At(PageToken::Scroll(scroll.to_owned())),
            _ => return Err(ParsePositionError),
        };
        if endpoint.is_empty() {
            return Err(ParsePositionError);
        }
        Ok(Self {
            endpoint: endpoint.into(),
            page_size: (!size.is_empty()).then(|| number(size)).transpose()?,
            page,
            read: number(read)?,
        })
    }
}

/// Numbers as they are written: `parse` alone would take a sign and leading zeros too.
fn number<T: FromStr + fmt::Display>(text: &str) -> Result<T, ParsePositionError> {
    let number: T = text.parse().map_err(|_| ParsePositionError)?;
    (number.to_string() == text)
        .then_some(number)
        .ok_or(ParsePositionError)
}

#[cfg(test)]
mod tests {
    use super::Position;

    #[test]
    fn a_position_has_one_text_form_for_display_and_serde() {
        for text in [
            "contacts::List//start+0",
            "contacts::List/150/cursor:a+b:c/d+3",
            "notes::ListForContact/3/page:2+0",
            "companies::Scroll//scroll:s+1",
            "contacts::List//end+0",
        ] {
            let position: Position = text.parse().unwrap();
            assert_eq!(position.to_string(), text);
            let json = serde_json::to_string(&position).unwrap();
            assert_eq!(json, format!("\"{text}\""));
            assert_eq!(serde_json::from_str::<Position>(&json).unwrap(), position);
        }
    }

    #[test]
    fn other_texts_are_refused() {
        for text in [
            "",
            "start+0",
            "contacts::List/x/start+0",
            "contacts::List//page:x+0",
            "contacts::List//page:+1+0",
            "contacts::List//page:1+00",
            "contacts::List//cursor:a",
            "//start+0",
        ] {
            let error = text.parse::<Position>().unwrap_err();
            assert!(error.to_string().contains("expected a position"), "{text}");
        }
    }
}
