//! Which URLs a request may go to.

use std::net::IpAddr;

use http::Uri;
use http::uri::Authority;

use crate::error::{TransportError, TransportErrorKind};

/// Accepts https to any host, and plain http to this machine.
///
/// Every request carries an access token, which plain http would show to everyone on the way.
///
/// # Errors
///
/// Of the kind [`TransportErrorKind::Refused`], with what to do.
pub fn check(uri: &Uri) -> Result<(), TransportError> {
    let named = uri
        .authority()
        .map(|authority| (authority, authority.host()));
    let Some((authority, host)) = named.filter(|(_, host)| !host.is_empty()) else {
        return Err(refused(
            "the URL has no host: use an absolute one, like https://api.intercom.io/me".to_owned(),
        ));
    };
    if authority.as_str().contains('@') {
        return Err(refused(
            "the URL has a user name or password: remove it, since the access token authenticates \
             the request"
                .to_owned(),
        ));
    }
    if !is_host_and_port(authority.as_str(), host) {
        return Err(refused(
            "the host or the port of the URL is invalid".to_owned(),
        ));
    }
    match uri.scheme_str() {
        Some("https") => Ok(()),
        Some("http") if is_loopback(host) => Ok(()),
        Some("http") => Err(refused(format!(
            "plain http to {host} would show the access token to the network: use https:// \
             (plain http is for localhost, 127.0.0.0/8 and ::1)"
        ))),
        Some(other) => Err(refused(format!(
            "the scheme {other} is not supported: use https://"
        ))),
        None => Err(refused(
            "the URL has no scheme: begin it with https://".to_owned(),
        )),
    }
}

fn refused(reason: String) -> TransportError {
    TransportError::new(TransportErrorKind::Refused)
        .not_sent()
        .with_source(reason)
}

/// Whether an authority is exactly a host, and a port from 1 to 65535 if there is one.
///
/// Parsers disagree about anything else, so one could check another host than the one that another
/// connects to.
#[must_use]
pub fn is_plain_authority(authority: &Authority) -> bool {
    is_host_and_port(authority.as_str(), authority.host())
}

fn is_host_and_port(authority: &str, host: &str) -> bool {
    let Some(rest) = authority.strip_prefix(host).filter(|_| !host.is_empty()) else {
        return false;
    };
    match rest.strip_prefix(':') {
        None => rest.is_empty(),
        Some(port) => {
            port.starts_with(|first| ('1'..='9').contains(&first)) && port.parse::<u16>().is_ok()
        }
    }
}

/// Whether a host is this machine: `localhost`, 127.0.0.0/8 or `::1`.
///
/// Other names are not looked up, since somebody else may decide what they stand for.
#[must_use]
pub fn is_loopback(host: &str) -> bool {
    host.eq_ignore_ascii_case("localhost")
        || ip_literal(host).is_some_and(|address| address.is_loopback())
}

/// Returns the address that a host is, unless it is a name.
#[must_use]
pub fn ip_literal(host: &str) -> Option<IpAddr> {
    bare(host).parse().ok()
}

/// Returns the host without the brackets of an IPv6 address.
#[must_use]
pub fn bare(host: &str) -> &str {
    host.strip_prefix('[')
        .and_then(|host| host.strip_suffix(']'))
        .unwrap_or(host)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn outcome(uri: &'static str) -> Result<(), TransportErrorKind> {
        check(&Uri::from_static(uri)).map_err(|error| {
            assert!(!error.may_have_been_sent(), "{uri}");
            error.kind()
        })
    }

    #[test]
    fn https_may_go_anywhere() {
        for uri in [
            "https://api.intercom.io/me",
            "https://192.0.2.1/",
            "HTTPS://localhost/",
        ] {
            assert_eq!(outcome(uri), Ok(()), "{uri}");
        }
    }

    #[test]
    fn plain_http_may_go_to_this_machine() {
        for uri in [
            "http://localhost/",
            "http://LOCALHOST:8080/",
            "http://127.0.0.1:1/",
            "http://127.8.9.10/",
            "http://[::1]:8080/",
        ] {
            assert_eq!(outcome(uri), Ok(()), "{uri}");
        }
    }

    #[test]
    fn plain_http_may_not_leave_this_machine() {
        for uri in [
            "http://api.intercom.io/",
            "http://localhost.example.com/",
            "http://127.0.0.1.example.com/",
            "http://localhost@example.com/",
            "http://0.0.0.0/",
            "http://128.0.0.1/",
            "http://[::2]/",
        ] {
            assert_eq!(outcome(uri), Err(TransportErrorKind::Refused), "{uri}");
        }
    }

    #[test]
    fn other_urls_are_refused() {
        for uri in [
            "https://user:password@example.com/",
            "ftp://localhost/",
            "/me",
            "localhost",
        ] {
            assert_eq!(outcome(uri), Err(TransportErrorKind::Refused), "{uri}");
        }
    }

    #[test]
    fn a_refused_url_names_the_fix() {
        let error = check(&Uri::from_static("http://example.com/")).unwrap_err();
        assert!(error.to_string().contains("use https"), "{error}");
    }
}
