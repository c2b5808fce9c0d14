//! Versions of the API, and which of them have an operation.

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

/// The method of an operation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[allow(
    missing_docs,
    reason = "a variant whose name says it all needs no comment"
)]
#[non_exhaustive]
pub enum Method {
    Get,
    Post,
    Put,
    Patch,
    Delete,
}

impl Method {
    /// The name as it is sent.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Get => "GET",
            Self::Post => "POST",
            Self::Put => "PUT",
            Self::Patch => "PATCH",
            Self::Delete => "DELETE",
        }
    }
}

impl fmt::Display for Method {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

impl From<Method> for http::Method {
    fn from(method: Method) -> Self {
        match method {
            Method::Get => Self::GET,
            Method::Post => Self::POST,
            Method::Put => Self::PUT,
            Method::Patch => Self::PATCH,
            Method::Delete => Self::DELETE,
        }
    }
}

/// What is known of an operation beside its types.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Spec {
    /// The resource and the verb, such as `contacts::Update`.
    pub name: &'static str,
    /// The method.
    pub method: Method,
    /// The path with its arguments in braces, such as `/contacts/{contact_id}`.
    pub path: &'static str,
    /// The first version that has it.
    pub since: ApiVersion,
    /// The last version that has it; `None` where it still exists.
    pub until: Option<ApiVersion>,
    /// Whether it may be sent twice without doing twice what it does.
    pub replay: bool,
    /// Whether its reply has a body on success.
    pub replies: bool,
    /// Whether a redirect is its answer, and not an error.
    pub redirects: bool,
    /// The media type of its reply.
    pub accept: &'static str,
}

impl Spec {
    /// An operation of all versions with a reply in JSON, which may be sent twice unless its method
    /// is POST or PATCH.
    #[must_use]
    pub const fn new(name: &'static str, method: Method, path: &'static str) -> Self {
        Self {
            name,
            method,
            path,
            since: ApiVersion::V2_7,
            until: None,
            replay: !matches!(method, Method::Post | Method::Patch),
            replies: true,
            redirects: false,
            accept: "application/json",
        }
    }

    /// Whether the version has the operation.
    #[must_use]
    pub fn exists_in(&self, version: &ApiVersion) -> bool {
        *version >= self.since && self.until.as_ref().is_none_or(|until| version <= until)
    }

    /// The versions that have the operation, in words: `from 2.13 on`, `from 2.7 to 2.9`.
    #[must_use]
    pub fn versions(&self) -> String {
        match &self.until {
            None if self.since == ApiVersion::Preview => "in Preview".to_owned(),
            None => format!("from {} on", self.since),
            Some(until) => format!("from {} to {until}", self.since),
        }
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
