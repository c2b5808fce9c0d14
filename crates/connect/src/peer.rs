//! Naming the server in errors.

use http::Uri;

/// Returns the host and port that a URL leads to, as errors name them: `api.intercom.io:443`.
#[must_use]
pub fn peer(uri: &Uri) -> String {
    let host = uri.host().unwrap_or_default();
    let port = uri.port_u16().unwrap_or(match uri.scheme_str() {
        Some("http") => 80,
        _ => 443,
    });
    format!("{host}:{port}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_peer_has_the_port_that_its_url_leaves_out() {
        for (url, named) in [
            ("https://api.intercom.io/me", "api.intercom.io:443"),
            ("http://localhost/", "localhost:80"),
            ("http://[::1]:8080/", "[::1]:8080"),
        ] {
            assert_eq!(peer(&Uri::from_static(url)), named);
        }
    }
}
