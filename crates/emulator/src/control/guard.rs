//! Guards the control API against cross-site requests and DNS rebinding.

use bytes::Bytes;
use http::header::{CONTENT_TYPE, HOST, HeaderName, ORIGIN};
use http::{Method, Request, StatusCode};

use super::api::Problem;
use super::cors::Cors;

/// Refuses cross-site requests, and requests to a host name that resolves to loopback.
///
/// With DNS rebinding, a page's own name is in `Host`. A form or script that posts across sites is known by
/// its `Origin`, and by a content type that needs no preflight.
pub(crate) fn check(
    request: &Request<Bytes>,
    loopback: bool,
    cors: Option<&Cors>,
) -> Result<(), Problem> {
    let text = |name: HeaderName| request.headers().get(name)?.to_str().ok();
    // HTTP/2 has the host in the URI.
    let host = text(HOST).or_else(|| Some(request.uri().authority()?.as_str()));
    if loopback && !host.is_some_and(is_local) {
        return Err(Problem::new(
            StatusCode::FORBIDDEN,
            "the Host header must be an IP address or localhost, to keep web pages of others out",
        ));
    }
    let safe = matches!(*request.method(), Method::GET | Method::HEAD);
    if let Some(origin) = text(ORIGIN)
        && !safe
    {
        let own = origin.split_once("://").map(|(_, authority)| authority) == host;
        if !own && !cors.is_some_and(|cors| cors.allows(origin)) {
            let message = format!(
                "web pages of {origin} may not control the emulator; start it with --cors {origin} if they shall"
            );
            return Err(Problem::new(StatusCode::FORBIDDEN, message));
        }
    }
    if !request.body().is_empty() && !text(CONTENT_TYPE).is_some_and(is_json) {
        return Err(Problem::new(
            StatusCode::UNSUPPORTED_MEDIA_TYPE,
            "the body must be JSON: send the header `Content-Type: application/json` (curl: --json)",
        ));
    }
    Ok(())
}

/// Whether a host is an IP address or a name of this machine.
fn is_local(host: &str) -> bool {
    let name = match host.strip_prefix('[') {
        Some(rest) => rest.split(']').next().unwrap_or_default(),
        None => host.rsplit_once(':').map_or(host, |(name, _)| name),
    };
    let name = name.strip_suffix('.').unwrap_or(name);
    name.parse::<std::net::IpAddr>().is_ok()
        || name.eq_ignore_ascii_case("localhost")
        || name.to_ascii_lowercase().ends_with(".localhost")
}

fn is_json(kind: &str) -> bool {
    let kind = kind.split(';').next().unwrap_or_default().trim();
    kind.eq_ignore_ascii_case("application/json")
}

#[cfg(test)]
mod tests {
    use super::{is_json, is_local};

    #[test]
    fn only_addresses_and_localhost_are_local() {
        for host in [
            "127.0.0.1:8099",
            "localhost",
            "LOCALHOST:1",
            "[::1]:8099",
            "192.168.1.5",
            "app.localhost:80",
        ] {
            assert!(is_local(host), "{host}");
        }
        for host in [
            "evil.example:8099",
            "localhost.evil.example",
            "127.0.0.1.evil.example",
            "",
        ] {
            assert!(!is_local(host), "{host}");
        }
    }

    #[test]
    fn json_may_have_parameters() {
        assert!(is_json("application/json; charset=utf-8"));
        assert!(!is_json("text/plain"));
        assert!(!is_json("application/x-www-form-urlencoded"));
    }
}
