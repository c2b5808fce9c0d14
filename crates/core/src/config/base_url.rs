//! Where the API is.

use std::fmt;

use http::uri::{Authority, Scheme, Uri};

use crate::transport::guard::is_loopback;

/// Where the workspace's data is kept.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
#[non_exhaustive]
pub enum Region {
    /// In the United States. Its address also finds the workspaces of the other regions, by their
    /// token.
    #[default]
    Us,
    /// In the European Union.
    Eu,
    /// In Australia.
    Au,
}

impl Region {
    const fn host(self) -> &'static str {
        match self {
            Self::Us => "api.intercom.io",
            Self::Eu => "api.eu.intercom.io",
            Self::Au => "api.au.intercom.io",
        }
    }
}

impl From<Region> for BaseUrl {
    fn from(region: Region) -> Self {
        Self {
            scheme: Scheme::HTTPS,
            authority: Authority::from_static(region.host()),
        }
    }
}

/// The address of the API: a scheme and a host, and a port where it is not the usual one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BaseUrl {
    pub(crate) scheme: Scheme,
    pub(crate) authority: Authority,
}

impl BaseUrl {
    /// Reads an address, such as `http://127.0.0.1:8099`.
    ///
    /// # Errors
    ///
    /// Where it is no address, has a path, a query or credentials, or is plain http to another
    /// machine, to which the access token would go in the clear.
    pub fn parse(url: &str) -> Result<Self, BaseUrlError> {
        let refuse = |problem| BaseUrlError {
            url: url.to_owned(),
            problem,
        };
        // The message shows the address, which must not show a password.
        if url.contains('@') {
            return Err(BaseUrlError {
                url: "…@…".to_owned(),
                problem: "has credentials; the access token is given apart",
            });
        }
        let parts = url
            .trim()
            .parse::<Uri>()
            .map_err(|_| refuse("is no address such as https://api.intercom.io"))?
            .into_parts();
        let (Some(scheme), Some(authority)) = (parts.scheme, parts.authority) else {
            return Err(refuse(
                "needs a scheme and a host, such as https://api.intercom.io",
            ));
        };
        if parts
            .path_and_query
            .is_some_and(|path| path.as_str() != "/")
        {
            return Err(refuse(
                "has a path or a query; give the scheme, the host and the port alone",
            ));
        }
        if scheme == Scheme::HTTP && !is_loopback(authority.host()) {
            return Err(refuse(
                "is plain http to another machine, which would show the access token to the network; use https",
            ));
        }
        if scheme != Scheme::HTTP && scheme != Scheme::HTTPS {
            return Err(refuse("has another scheme than https"));
        }
        Ok(Self { scheme, authority })
    }
}

impl std::str::FromStr for BaseUrl {
    type Err = BaseUrlError;

    fn from_str(url: &str) -> Result<Self, Self::Err> {
        Self::parse(url)
    }
}

impl Default for BaseUrl {
    fn default() -> Self {
        Region::default().into()
    }
}

impl fmt::Display for BaseUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}://{}", self.scheme, self.authority)
    }
}

/// The text is no address of an API.
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

#[cfg(test)]
mod tests {
    use super::{BaseUrl, Region};

    #[test]
    fn a_base_url_is_a_scheme_and_a_host() {
        for url in [
            "https://api.intercom.io",
            "https://api.eu.intercom.io/",
            "http://127.0.0.1:8099",
            "http://[::1]:1",
            "http://LOCALHOST",
        ] {
            assert!(BaseUrl::parse(url).is_ok(), "{url}");
        }
        assert_eq!(
            BaseUrl::from(Region::Au).to_string(),
            "https://api.au.intercom.io"
        );
    }

    #[test]
    fn a_wrong_base_url_is_refused_with_the_fix() {
        for (url, fix) in [
            ("https://api.intercom.io/v2", "has a path"),
            ("https://api.intercom.io/?a=b", "has a path or a query"),
            ("http://api.intercom.io", "use https"),
            ("http://127.0.0.1.example.com", "use https"),
            ("http://localhost.example.com", "use https"),
            ("api.intercom.io", "needs a scheme"),
            ("ftp://api.intercom.io", "another scheme"),
            ("https://me:secret@api.intercom.io", "has credentials"),
            ("", "is no address"),
            ("https://a b", "is no address"),
        ] {
            let error = BaseUrl::parse(url).unwrap_err().to_string();
            assert!(error.contains(fix), "{error}");
            assert!(!error.contains("secret"), "{error}");
        }
    }
}
