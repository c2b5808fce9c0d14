//! The base URL of the API.

use std::convert::Infallible;
use std::fmt;
use std::str::FromStr;

use http::uri::{Authority, PathAndQuery, Scheme, Uri};

use crate::transport::guard;

/// The region that stores the data of a workspace.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
#[non_exhaustive]
pub enum Region {
    /// The United States. Its address also reaches the workspaces of the other regions, which it
    /// recognises by the token.
    #[default]
    Us,
    /// The European Union.
    Eu,
    /// Australia.
    Au,
    /// The mock server of Intercom's own reference of version 2.11, which replies with examples and
    /// accepts any token.
    Mock,
}

impl Region {
    const fn host(self) -> &'static str {
        match self {
            Self::Us => "api.intercom.io",
            Self::Eu => "api.eu.intercom.io",
            Self::Au => "api.au.intercom.io",
            Self::Mock => "developers.intercom.com",
        }
    }

    const fn prefix(self) -> &'static str {
        match self {
            Self::Us | Self::Eu | Self::Au => "",
            Self::Mock => "/_mock/docs/references/rest-api/api.intercom.io",
        }
    }

    pub(crate) fn from_name(name: &str) -> Option<Self> {
        [
            ("us", Self::Us),
            ("eu", Self::Eu),
            ("au", Self::Au),
            ("mock", Self::Mock),
        ]
        .into_iter()
        .find(|(known, _)| known.eq_ignore_ascii_case(name))
        .map(|(_, region)| region)
    }
}

impl From<Region> for BaseUrl {
    fn from(region: Region) -> Self {
        Self {
            scheme: Scheme::HTTPS,
            authority: Authority::from_static(region.host()),
            prefix: region.prefix().to_owned(),
        }
    }
}

/// The URL of the API: a scheme, a host, a port unless it is the usual one, and a path prefix if the
/// API is behind a gateway.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BaseUrl {
    pub(crate) scheme: Scheme,
    pub(crate) authority: Authority,
    /// The path before that of each operation; empty, or starts with a slash and ends without one.
    prefix: String,
}

impl BaseUrl {
    /// Parses a URL, such as `http://127.0.0.1:8099` or `https://gateway.example.com/intercom`.
    ///
    /// # Errors
    ///
    /// If it is not a URL, has a query or credentials, or is plain http to another machine, to which
    /// the access token would travel unencrypted.
    pub fn parse(url: &str) -> Result<Self, BaseUrlError> {
        let refuse = |problem| BaseUrlError {
            url: url.to_owned(),
            problem,
        };
        // The message shows the URL, which must not show a password.
        if url.contains('@') {
            return Err(BaseUrlError {
                url: "…@…".to_owned(),
                problem: "has credentials; pass the access token separately",
            });
        }
        let parts = url
            .trim()
            .parse::<Uri>()
            .map_err(|_| refuse("is not a URL such as https://api.intercom.io"))?
            .into_parts();
        let (Some(scheme), Some(authority)) = (parts.scheme, parts.authority) else {
            return Err(refuse(
                "needs a scheme and a host, such as https://api.intercom.io",
            ));
        };
        if !guard::is_plain_authority(&authority) {
            return Err(refuse(
                "has a host or a port that is not valid; ports are 1 to 65535",
            ));
        }
        if scheme == Scheme::HTTP && !guard::is_loopback(authority.host()) {
            return Err(refuse(
                "is plain http to another machine, which would send the access token unencrypted; use https",
            ));
        }
        if scheme != Scheme::HTTP && scheme != Scheme::HTTPS {
            return Err(refuse("has a scheme other than https"));
        }
        let path = parts.path_and_query.as_ref();
        if path.is_some_and(|path| path.query().is_some()) || url.contains('#') {
            return Err(refuse("has a query or a fragment; leave it out"));
        }
        let prefix = path.map_or("", PathAndQuery::path).trim_end_matches('/');
        if prefix.split('/').any(|part| matches!(part, "." | "..")) {
            return Err(refuse("has a path with `.` or `..`; write it out"));
        }
        Ok(Self {
            scheme,
            authority,
            prefix: prefix.to_owned(),
        })
    }

    /// Returns the path before that of each operation; empty if there is none.
    #[must_use]
    pub fn prefix(&self) -> &str {
        &self.prefix
    }
}

impl FromStr for BaseUrl {
    type Err = BaseUrlError;

    fn from_str(url: &str) -> Result<Self, Self::Err> {
        Self::parse(url)
    }
}

impl TryFrom<&str> for BaseUrl {
    type Error = BaseUrlError;

    fn try_from(url: &str) -> Result<Self, Self::Error> {
        Self::parse(url)
    }
}

impl TryFrom<&String> for BaseUrl {
    type Error = BaseUrlError;

    fn try_from(url: &String) -> Result<Self, Self::Error> {
        Self::parse(url)
    }
}

impl TryFrom<String> for BaseUrl {
    type Error = BaseUrlError;

    fn try_from(url: String) -> Result<Self, Self::Error> {
        Self::parse(&url)
    }
}

impl Default for BaseUrl {
    fn default() -> Self {
        Region::default().into()
    }
}

impl fmt::Display for BaseUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}://{}{}", self.scheme, self.authority, self.prefix)
    }
}

/// A text is not a usable base URL.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BaseUrlError {
    url: String,
    problem: &'static str,
}

impl fmt::Display for BaseUrlError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the base URL `{}` {}", self.url, self.problem)
    }
}

impl std::error::Error for BaseUrlError {}

impl From<Infallible> for BaseUrlError {
    fn from(never: Infallible) -> Self {
        match never {}
    }
}

#[cfg(test)]
mod tests {
    use super::{BaseUrl, Region};

    #[test]
    fn a_base_url_is_a_scheme_a_host_and_a_prefix() {
        for (url, shown) in [
            ("https://api.intercom.io", "https://api.intercom.io"),
            ("https://api.eu.intercom.io/", "https://api.eu.intercom.io"),
            ("http://127.0.0.1:8099", "http://127.0.0.1:8099"),
            ("http://[::1]:1", "http://[::1]:1"),
            ("http://LOCALHOST", "http://LOCALHOST"),
            (
                "https://gateway.example.com/intercom/v2/",
                "https://gateway.example.com/intercom/v2",
            ),
        ] {
            assert_eq!(BaseUrl::parse(url).unwrap().to_string(), shown);
        }
    }

    #[test]
    fn a_region_is_a_base_url() {
        for (region, url) in [
            (Region::Au, "https://api.au.intercom.io"),
            (
                Region::Mock,
                "https://developers.intercom.com/_mock/docs/references/rest-api/api.intercom.io",
            ),
        ] {
            assert_eq!(BaseUrl::from(region).to_string(), url);
            assert_eq!(BaseUrl::parse(url).unwrap(), region.into());
        }
    }

    #[test]
    fn a_wrong_base_url_is_refused_with_the_fix() {
        for (url, fix) in [
            ("https://api.intercom.io/?a=b", "has a query"),
            ("https://api.intercom.io/#a", "has a query or a fragment"),
            ("https://api.intercom.io/a/../b", "write it out"),
            ("http://api.intercom.io", "use https"),
            ("http://127.0.0.1.example.com", "use https"),
            ("http://localhost.example.com", "use https"),
            ("http://[::1].example.com", "not valid"),
            ("https://api.intercom.io:99999", "not valid"),
            ("https://api.intercom.io:", "not valid"),
            ("https://api.intercom.io:abc", "not valid"),
            ("https://api.intercom.io:0443", "not valid"),
            ("https://api.intercom.io:0", "not valid"),
            ("api.intercom.io", "needs a scheme"),
            ("ftp://api.intercom.io", "scheme other than"),
            ("https://me:secret@api.intercom.io", "has credentials"),
            ("", "is not a URL"),
            ("https://a b", "is not a URL"),
        ] {
            let error = BaseUrl::parse(url).map(|url| url.to_string()).unwrap_err();
            let error = error.to_string();
            assert!(
                error.contains(fix) || error.contains("is not a URL"),
                "{url}: {error}"
            );
            assert!(!error.contains("secret"), "{error}");
        }
    }
}
