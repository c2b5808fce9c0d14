//! Versions of the API.

use std::fmt;
use std::str::FromStr;

/// A version of the API: what is sent as `Intercom-Version`.
///
/// Versions are ordered by age: Preview comes after the numbered ones, and a version that this
/// crate does not know after all others.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[non_exhaustive]
#[allow(
    missing_docs,
    reason = "a variant whose name says it all needs no comment"
)]
pub enum ApiVersion {
    V2_7,
    V2_8,
    V2_9,
    V2_10,
    V2_11,
    V2_12,
    V2_13,
    V2_14,
    V2_15,
    V2_16,
    /// Also called Unstable: what is coming, and may change without notice.
    Preview,
    /// A version that this crate does not know, by its name. It is treated as the newest.
    Other(OtherVersion),
}

impl ApiVersion {
    /// Every version that this crate knows, oldest first.
    pub const KNOWN: &[Self] = &[
        Self::V2_7,
        Self::V2_8,
        Self::V2_9,
        Self::V2_10,
        Self::V2_11,
        Self::V2_12,
        Self::V2_13,
        Self::V2_14,
        Self::V2_15,
        Self::V2_16,
        Self::Preview,
    ];

    /// The newest version that is stable, which is used unless another one is chosen.
    pub const LATEST: Self = Self::V2_16;

    /// The name as it is sent.
    #[must_use]
    pub fn as_str(&self) -> &str {
        match self {
            Self::V2_7 => "2.7",
            Self::V2_8 => "2.8",
            Self::V2_9 => "2.9",
            Self::V2_10 => "2.10",
            Self::V2_11 => "2.11",
            Self::V2_12 => "2.12",
            Self::V2_13 => "2.13",
            Self::V2_14 => "2.14",
            Self::V2_15 => "2.15",
            Self::V2_16 => "2.16",
            Self::Preview => "Preview",
            Self::Other(version) => &version.0,
        }
    }
}

/// The name of a version that this crate does not know. Only [`ApiVersion::from`] makes one, so that a
/// version that is known is never hidden in here.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct OtherVersion(Box<str>);

impl Default for ApiVersion {
    fn default() -> Self {
        Self::LATEST
    }
}

impl fmt::Display for ApiVersion {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

/// Reads the name of any version; `Unstable` is another name of Preview.
impl From<&str> for ApiVersion {
    fn from(name: &str) -> Self {
        if name.eq_ignore_ascii_case("preview") || name.eq_ignore_ascii_case("unstable") {
            return Self::Preview;
        }
        let known = Self::KNOWN.iter().find(|version| version.as_str() == name);
        known
            .cloned()
            .unwrap_or_else(|| Self::Other(OtherVersion(name.into())))
    }
}

impl FromStr for ApiVersion {
    type Err = std::convert::Infallible;

    fn from_str(name: &str) -> Result<Self, Self::Err> {
        Ok(Self::from(name))
    }
}

#[cfg(test)]
mod tests {
    use super::ApiVersion;

    #[test]
    fn versions_are_read_by_every_name_and_ordered_by_age() {
        for version in ApiVersion::KNOWN {
            assert_eq!(&ApiVersion::from(version.as_str()), version);
        }
        assert_eq!(ApiVersion::from("Unstable"), ApiVersion::Preview);
        assert!(ApiVersion::V2_9 < ApiVersion::V2_10);
        assert!(ApiVersion::V2_16 < ApiVersion::Preview);
        assert!(ApiVersion::Preview < ApiVersion::from("2.17"));
    }
}
