//! Which proxy a connection goes through, if any.

use std::fmt;
use std::net::IpAddr;

use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use http::Uri;
use ureq::ProxyProtocol;

use crate::guard::{bare, ip_literal, is_loopback};

/// A proxy, and for which hosts it is not used.
#[derive(Debug, Clone)]
pub(crate) struct Proxies {
    proxy: Option<Proxy>,
    except: Vec<String>,
}

/// A proxy by which the transport can make tunnels.
#[derive(Clone)]
pub(crate) struct Proxy {
    /// Without credentials.
    address: Uri,
    credentials: Option<String>,
}

impl Proxies {
    /// One for all hosts.
    pub(crate) fn all(url: &str) -> Result<Self, String> {
        Ok(Self {
            proxy: Some(Proxy::parse(url)?),
            except: Vec::new(),
        })
    }

    /// What these variables say, each of which may be in lower case.
    pub(crate) fn from_variables(
        variable: impl Fn(&str) -> Option<String>,
    ) -> Result<Self, String> {
        let either = |name: &str| {
            variable(name)
                .or_else(|| variable(&name.to_ascii_lowercase()))
                .filter(|value| !value.is_empty())
        };
        // A CGI program gets the headers of its own caller as variables: `Proxy` as `HTTP_PROXY`.
        let proxy = match variable("REQUEST_METHOD") {
            Some(_) => None,
            None => either("HTTPS_PROXY").or_else(|| either("ALL_PROXY")),
        };
        let except = either("NO_PROXY").unwrap_or_default();
        Ok(Self {
            proxy: proxy.as_deref().map(Proxy::parse).transpose()?,
            except: except
                .split(',')
                .map(|entry| entry.trim().to_ascii_lowercase())
                .filter(|entry| !entry.is_empty())
                .collect(),
        })
    }

    /// The proxy for this host.
    pub(crate) fn of(&self, host: &str) -> Option<&Proxy> {
        let direct = || is_loopback(host) || self.except.iter().any(|entry| covers(entry, host));
        self.proxy.as_ref().filter(|_| !direct())
    }
}

/// Whether an entry of `NO_PROXY` means this host: by its name or the end of it, by its address or
/// the net that this is in, or as one of all.
fn covers(entry: &str, host: &str) -> bool {
    if entry == "*" {
        return true;
    }
    if let Some(address) = ip_literal(host) {
        let (net, length) = match entry.split_once('/') {
            Some((net, length)) => (net, length.parse().ok()),
            None => (entry, Some(128)),
        };
        let net = bare(net).parse().ok();
        return net
            .zip(length)
            .is_some_and(|(net, length)| is_within(address, net, length));
    }
    let name = entry.trim_start_matches('.');
    let host = host.to_ascii_lowercase();
    host.strip_suffix(name)
        .is_some_and(|rest| rest.is_empty() || rest.ends_with('.'))
}

fn is_within(address: IpAddr, net: IpAddr, length: u32) -> bool {
    let (differing, bits) = match (address, net) {
        (IpAddr::V4(address), IpAddr::V4(net)) => {
            (u128::from(address.to_bits() ^ net.to_bits()), 32)
        }
        (IpAddr::V6(address), IpAddr::V6(net)) => (address.to_bits() ^ net.to_bits(), 128),
        _ => return false,
    };
    let beyond = bits - length.min(bits);
    differing.checked_shr(beyond).unwrap_or(0) == 0
}

impl Proxy {
    fn parse(url: &str) -> Result<Self, String> {
        let form = "it must be http://[user:password@]host:port";
        let parsed =
            ureq::Proxy::new(url).map_err(|_| format!("it is not a URL of a proxy: {form}"))?;
        if parsed.protocol() != ProxyProtocol::Http {
            let scheme = parsed.uri().scheme_str().unwrap_or_default();
            return Err(format!(
                "a proxy with the scheme {scheme:?} is not supported: {form}"
            ));
        }
        let address = Uri::builder()
            .scheme("http")
            .authority(format!("{}:{}", parsed.host(), parsed.port()))
            .path_and_query("/")
            .build()
            .map_err(|_| format!("it names no host: {form}"))?;
        let credentials = parsed.username().map(|user| {
            let password = parsed.password().unwrap_or_default();
            BASE64_STANDARD.encode(format!("{user}:{password}"))
        });
        Ok(Self {
            address,
            credentials,
        })
    }

    pub(crate) fn address(&self) -> &Uri {
        &self.address
    }

    /// Name and password, as `Basic` has them.
    pub(crate) fn credentials(&self) -> Option<&str> {
        self.credentials.as_deref()
    }
}

impl fmt::Debug for Proxy {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.address.fmt(f)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn from(variables: &[(&str, &str)]) -> Result<Proxies, String> {
        Proxies::from_variables(|name| {
            let mut variables = variables.iter();
            let found = variables.find(|variable| variable.0 == name)?;
            Some(found.1.to_owned())
        })
    }

    fn address(proxies: &Proxies, host: &str) -> Option<String> {
        proxies.of(host).map(|proxy| proxy.address().to_string())
    }

    #[test]
    fn the_variable_for_https_counts_before_the_one_for_all() {
        let one = from(&[("ALL_PROXY", "http://all:1"), ("https_proxy", "secure:2")]).unwrap();
        assert_eq!(
            address(&one, "api.intercom.io").as_deref(),
            Some("http://secure:2/")
        );
        let all = from(&[("HTTPS_PROXY", ""), ("all_proxy", "http://all")]).unwrap();
        assert_eq!(
            address(&all, "api.intercom.io").as_deref(),
            Some("http://all:80/")
        );
        let plain = from(&[("HTTP_PROXY", "http://plain:1")]).unwrap();
        assert_eq!(address(&plain, "api.intercom.io"), None);
    }

    #[test]
    fn a_cgi_program_takes_no_proxy_from_its_variables() {
        let cgi = from(&[("HTTPS_PROXY", "http://p:1"), ("REQUEST_METHOD", "GET")]).unwrap();
        assert_eq!(address(&cgi, "api.intercom.io"), None);
    }

    #[test]
    fn no_proxy_names_hosts_their_parents_and_nets() {
        let covered = |list: &str, host: &str| {
            let proxies = from(&[("ALL_PROXY", "http://p:1"), ("NO_PROXY", list)]).unwrap();
            address(&proxies, host).is_none()
        };
        for (list, host) in [
            ("*", "api.intercom.io"),
            ("other.com, INTERCOM.io", "api.intercom.io"),
            (".intercom.io", "api.intercom.io"),
            ("api.intercom.io", "API.intercom.io"),
            ("10.0.0.0/8", "10.1.2.3"),
            ("10.1.2.3", "10.1.2.3"),
            ("fd00::/8", "[fd12::1]"),
            ("0.0.0.0/0", "10.1.2.3"),
        ] {
            assert!(covered(list, host), "{list} should cover {host}");
        }
        for (list, host) in [
            ("", "api.intercom.io"),
            ("com.io", "api.intercom.io"),
            ("www.intercom.io", "api.intercom.io"),
            ("10.0.0.0/8", "11.1.2.3"),
            ("10.0.0.0/nonsense", "10.1.2.3"),
            ("10.1.2.3", "10.1.2.4"),
            ("fd00::/8", "10.1.2.3"),
        ] {
            assert!(!covered(list, host), "{list} should not cover {host}");
        }
    }

    #[test]
    fn this_machine_is_reached_without_a_proxy() {
        let proxies = Proxies::all("http://p:1").unwrap();
        for host in ["localhost", "127.0.0.1", "[::1]"] {
            assert_eq!(address(&proxies, host), None, "{host}");
        }
    }

    #[test]
    fn credentials_are_decoded_once_and_do_not_show() {
        let proxies = Proxies::all("http://ada:se%25cret@p:1").unwrap();
        let proxy = proxies.of("api.intercom.io").unwrap();
        // "ada:se%cret" in base64.
        assert_eq!(proxy.credentials(), Some("YWRhOnNlJWNyZXQ="));
        assert_eq!(proxy.address(), "http://p:1/");
        assert!(!format!("{proxies:?}").contains("YWRh"), "{proxies:?}");
    }
}
