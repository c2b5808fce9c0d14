//! Choosing a proxy, and asking it for a tunnel.

use std::error::Error;
use std::fmt;
use std::net::IpAddr;

use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use http::Uri;
use intercom_core::transport::guard::{bare, ip_literal, is_loopback};
use percent_encoding::percent_decode_str;

use crate::BoxError;

/// The longest reply that a proxy may send.
const MAX_REPLY: usize = 8 * 1024;

/// A proxy, and the hosts that are reached without it.
#[derive(Debug, Clone)]
pub struct Proxies {
    proxy: Option<Proxy>,
    except: Vec<String>,
}

/// A proxy that makes tunnels.
#[derive(Clone)]
pub struct Proxy {
    /// Without credentials.
    address: Uri,
    credentials: Option<String>,
}

impl Proxies {
    /// Uses the proxy at this URL for every host but this machine.
    ///
    /// # Errors
    ///
    /// What is wrong with the URL, and what form it must have.
    pub fn all(url: &str) -> Result<Self, String> {
        Ok(Self {
            proxy: Some(Proxy::parse(url)?),
            except: Vec::new(),
        })
    }

    /// Uses the proxy that the variables `HTTPS_PROXY`, `ALL_PROXY` and `NO_PROXY` name, in upper or
    /// lower case. `variable` returns their values.
    ///
    /// # Errors
    ///
    /// What is wrong with the URL, and what form it must have.
    pub fn from_variables(variable: impl Fn(&str) -> Option<String>) -> Result<Self, String> {
        let either = |name: &str| {
            variable(name)
                .or_else(|| variable(&name.to_ascii_lowercase()))
                .filter(|value| !value.is_empty())
        };
        // A CGI program gets the headers of its caller as variables: `Proxy` as `HTTP_PROXY`.
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

    /// Returns the proxy for a host, if it is reached through one.
    #[must_use]
    pub fn of(&self, host: &str) -> Option<&Proxy> {
        let direct = || is_loopback(host) || self.except.iter().any(|entry| covers(entry, host));
        self.proxy.as_ref().filter(|_| !direct())
    }
}

/// Whether an entry of `NO_PROXY` covers a host: its name, a parent domain, its address, a network, or
/// `*`.
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
        let bad = || format!("it is not the URL of a proxy: {form}");
        let uri: Uri = url.parse().map_err(|_| bad())?;
        if let Some(scheme) = uri.scheme_str().filter(|scheme| *scheme != "http") {
            return Err(format!(
                "a proxy with the scheme {scheme:?} is not supported: {form}"
            ));
        }
        let authority = uri.authority().ok_or_else(bad)?.as_str();
        let (user, host) = match authority.rsplit_once('@') {
            Some((user, host)) => (Some(user), host),
            None => (None, authority),
        };
        let address = match uri.port_u16() {
            Some(_) => host.to_owned(),
            None => format!("{}:80", host.trim_end_matches(':')),
        };
        let address = Uri::builder()
            .scheme("http")
            .authority(address)
            .path_and_query("/")
            .build()
            .map_err(|_| bad())?;
        if address.host().is_none_or(str::is_empty) || address.port_u16().is_none() {
            return Err(bad());
        }
        let credentials = user.map(|user| {
            let (name, password) = user.split_once(':').unwrap_or((user, ""));
            let [name, password] = [name, password].map(|it| percent_decode_str(it).collect());
            BASE64_STANDARD.encode([name, vec![b':'], password].concat())
        });
        Ok(Self {
            address,
            credentials,
        })
    }

    /// Returns its URL, without credentials.
    #[must_use]
    pub const fn address(&self) -> &Uri {
        &self.address
    }

    /// Returns the request for a tunnel to the host of a URL.
    #[must_use]
    pub fn request(&self, to: &Uri) -> String {
        let host = to.host().unwrap_or_default();
        let port = to.port_u16().unwrap_or(443);
        let credentials = match &self.credentials {
            Some(credentials) => format!("Proxy-Authorization: Basic {credentials}\r\n"),
            None => String::new(),
        };
        format!("CONNECT {host}:{port} HTTP/1.1\r\nHost: {host}:{port}\r\n{credentials}\r\n")
    }

    /// Reads its reply, as far as it has arrived. Returns `None` if more must arrive first; `ended` says
    /// that nothing will.
    ///
    /// # Errors
    ///
    /// The proxy makes no tunnel.
    pub fn reply(&self, so_far: &[u8], ended: bool) -> Option<Result<(), ProxyError>> {
        let head = so_far.windows(4).position(|end| end == b"\r\n\r\n");
        let Some(end) = head else {
            let whole = ended || so_far.len() >= MAX_REPLY;
            return whole.then(|| Err(self.failed("its reply is incomplete")));
        };
        let line = so_far.split(|&byte| byte == b'\r').next();
        let line = String::from_utf8_lossy(line.unwrap_or_default());
        let mut words = line.splitn(3, ' ');
        let status = match (words.next(), words.next()) {
            (Some("HTTP/1.1" | "HTTP/1.0"), Some(status)) => status.parse::<u16>().ok(),
            _ => None,
        };
        Some(match status {
            // Anything behind the head would be lost, but no server speaks first.
            Some(200..300) if so_far.len() == end + 4 => Ok(()),
            Some(407) => Err(self.refused(match self.credentials {
                None => "it requires credentials (407): give them in its address, \
                     http://user:password@host:port"
                    .to_owned(),
                Some(_) => "it does not accept the credentials in its address (407)".to_owned(),
            })),
            // The other statuses may be transient.
            Some(status @ 300..500) if !matches!(status, 408 | 425 | 429) => Err(self.refused(
                format!("it replied {line:?}: it must allow connections to this host"),
            )),
            _ => Err(self.failed(format!("it replied {line:?}"))),
        })
    }

    /// Makes an error that names this proxy.
    pub fn failed(&self, source: impl Into<BoxError>) -> ProxyError {
        ProxyError {
            address: self.address.clone(),
            why: Why::Failed(source.into()),
        }
    }

    fn refused(&self, reason: String) -> ProxyError {
        ProxyError {
            address: self.address.clone(),
            why: Why::Refused(reason),
        }
    }
}

impl fmt::Debug for Proxy {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.address.fmt(f)
    }
}

/// A proxy that makes no tunnel. It names the proxy without its credentials.
#[derive(Debug)]
pub struct ProxyError {
    address: Uri,
    why: Why,
}

#[derive(Debug)]
enum Why {
    Failed(BoxError),
    Refused(String),
}

impl ProxyError {
    /// Whether the proxy refused, so that another attempt is pointless.
    #[must_use]
    pub const fn is_refusal(&self) -> bool {
        matches!(self.why, Why::Refused(_))
    }
}

impl fmt::Display for ProxyError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "no tunnel through the proxy {}", self.address)?;
        match &self.why {
            Why::Failed(_) => Ok(()),
            Why::Refused(reason) => write!(f, ": {reason}"),
        }
    }
}

impl Error for ProxyError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        match &self.why {
            Why::Failed(source) => Some(&**source),
            Why::Refused(_) => None,
        }
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
    fn loopback_is_reached_without_a_proxy() {
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
        let asked = proxy.request(&Uri::from_static("https://api.intercom.io/me"));
        let credentials = "\r\nProxy-Authorization: Basic YWRhOnNlJWNyZXQ=\r\n\r\n";
        assert!(asked.ends_with(credentials), "{asked}");
        assert_eq!(proxy.address(), "http://p:1/");
        assert!(!format!("{proxies:?}").contains("YWRh"), "{proxies:?}");
    }

    #[test]
    fn a_proxy_url_may_omit_the_scheme_and_the_port() {
        for (given, is) in [
            ("p", "http://p:80/"),
            ("http://p", "http://p:80/"),
            ("ada:secret@p:3128", "http://p:3128/"),
            ("http://ada:secret@[::1]", "http://[::1]:80/"),
        ] {
            assert_eq!(Proxy::parse(given).unwrap().address(), is, "{given}");
        }
        for wrong in ["", "::", "/p", "http://", "http://p:99999", "https://p:1"] {
            let error = Proxy::parse(wrong).unwrap_err();
            assert!(
                error.contains("http://[user:password@]host:port"),
                "{error}"
            );
        }
    }

    /// Reads a reply: `Err(true)` for a refusal.
    fn meant(reply: &str) -> Option<Result<(), bool>> {
        let proxy = Proxy::parse("http://p:1").unwrap();
        let meant = proxy.reply(reply.as_bytes(), false);
        meant.map(|meant| meant.map_err(|error| error.is_refusal()))
    }

    #[test]
    fn a_reply_is_read_once_it_is_complete() {
        let reply = "HTTP/1.1 200 Made\r\nvia: p\r\n\r\n";
        for end in 0..reply.len() {
            assert_eq!(meant(&reply[..end]), None, "{end}");
            let proxy = Proxy::parse("http://p:1").unwrap();
            let ended = proxy.reply(&reply.as_bytes()[..end], true);
            assert!(!ended.unwrap().unwrap_err().is_refusal());
        }
        assert_eq!(meant(reply), Some(Ok(())));
        assert_eq!(meant(&"x".repeat(MAX_REPLY)), Some(Err(false)));
    }

    #[test]
    fn a_proxy_refusal_differs_from_a_transient_error() {
        for status in [301, 400, 403, 407] {
            let reply = format!("HTTP/1.1 {status} No\r\n\r\n");
            assert_eq!(meant(&reply), Some(Err(true)), "{status}");
        }
        for status in [408, 429, 500, 502, 503, 504] {
            let reply = format!("HTTP/1.1 {status} No\r\n\r\n");
            assert_eq!(meant(&reply), Some(Err(false)), "{status}");
        }
        assert_eq!(meant("SSH-2.0-OpenSSH_9.6\r\n\r\n"), Some(Err(false)));
    }
}
