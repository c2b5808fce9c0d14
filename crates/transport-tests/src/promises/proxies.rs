//! Calls through a proxy.

use std::net::{Ipv4Addr, TcpListener};
use std::time::Duration;

use intercom_core::transport::{Deadline, TransportErrorKind as Kind};

use crate::proxy::Proxy;
use crate::server::{Exchange, Server};
use crate::subject::{Setup, Subject, request};

const MADE: &str = "HTTP/1.1 200 Connection established\r\n\r\n";

fn through(subject: &Subject, proxy: &Proxy, roots: Vec<Vec<u8>>) -> Subject {
    let proxy = Some(format!("http://ada:se%63ret@{}", proxy.address()));
    subject
        .set_up(&Setup {
            roots,
            proxy,
            ..Setup::default()
        })
        .unwrap()
}

pub(crate) fn a_call_goes_through_the_proxy_encrypted_end_to_end(subject: &Subject) {
    let server = Server::start_tls([
        Exchange::reply(200, &[], "1"),
        Exchange::reply(200, &[], "2"),
    ]);
    let proxy = Proxy::tunnel(MADE, server.address());
    let subject = through(subject, &proxy, vec![server.certificate()]);
    // A name that is not looked up here.
    let url = "https://api.test/me";
    assert_eq!(subject.get(url).unwrap().body(), b"1");
    assert_eq!(subject.post(url, "{}").unwrap().body(), b"2");
    assert_eq!(server.connections(), 1);

    let asked = proxy.asked().unwrap();
    assert!(
        asked.starts_with("CONNECT api.test:443 HTTP/1.1\r\nHost: api.test:443\r\n"),
        "{asked}"
    );
    // "ada:secret" in base64.
    assert!(
        asked.contains("\r\nProxy-Authorization: Basic YWRhOnNlY3JldA==\r\n"),
        "{asked}"
    );
    for request in server.requests() {
        assert_eq!(request.header("proxy-authorization"), None);
        assert_eq!(request.header("host"), Some("api.test"));
        assert_eq!(request.target, "/me");
    }
}

pub(crate) fn a_proxy_that_makes_no_connection_is_named_without_its_password(subject: &Subject) {
    let roots = vec![Server::start_tls([]).certificate()];
    for (answer, kind) in [
        ("HTTP/1.1 407 Who Are You\r\n\r\n", Kind::Refused),
        (
            "HTTP/1.1 403 Forbidden\r\ncontent-length: 3\r\n\r\nno\n",
            Kind::Refused,
        ),
        (
            "HTTP/1.1 502 Bad Gateway\r\ncontent-length: 3\r\n\r\nno\n",
            Kind::Connect,
        ),
        ("SSH-2.0-OpenSSH_9.6\r\n\r\n", Kind::Connect),
        ("HTTP/1.1 200 Con", Kind::Connect),
        ("", Kind::Connect),
    ] {
        let proxy = Proxy::refusing(answer);
        let subject = through(subject, &proxy, roots.clone());
        let error = subject.post("https://api.test/", "{}").unwrap_err();
        assert_eq!(
            (error.kind(), error.may_have_been_sent()),
            (kind, false),
            "{answer:?}: {error}"
        );
        let address = format!("the proxy http://{}", proxy.address());
        assert!(error.to_string().contains(&address), "{error}");
        for shown in [error.to_string(), format!("{error:?}"), subject.debug()] {
            assert!(!shown.contains("se%63ret"), "{shown}");
            assert!(!shown.contains("secret"), "{shown}");
            assert!(!shown.contains("YWRhOnNlY3JldA"), "{shown}");
        }
        assert!(subject.debug().contains(&proxy.address().to_string()));
    }
}

pub(crate) fn a_proxy_that_wants_credentials_says_where_they_go(subject: &Subject) {
    let roots = vec![Server::start_tls([]).certificate()];
    let refuse = || Proxy::refusing("HTTP/1.1 407 Proxy Authentication Required\r\n\r\n");
    let proxy = refuse();
    let without = Setup {
        roots: roots.clone(),
        proxy: Some(format!("http://{}", proxy.address())),
        ..Setup::default()
    };
    let subject = subject.set_up(&without).unwrap();
    let error = subject.get("https://api.test/").unwrap_err();
    // A kind that no client repeats.
    assert_eq!(error.kind(), Kind::Refused, "{error}");
    let fix = "give them in its address, http://user:password@host:port";
    assert!(error.to_string().contains(fix), "{error}");

    let proxy = refuse();
    let error = through(&subject, &proxy, roots).get("https://api.test/");
    let error = error.unwrap_err();
    assert_eq!(error.kind(), Kind::Refused, "{error}");
    let fix = "does not accept the credentials in its address";
    assert!(error.to_string().contains(fix), "{error}");
}

pub(crate) fn a_proxy_that_is_not_there_is_named(subject: &Subject) {
    let free = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
    let url = format!("http://{}", free.local_addr().unwrap());
    drop(free);
    let setup = Setup {
        roots: vec![Server::start_tls([]).certificate()],
        proxy: Some(url.clone()),
        ..Setup::default()
    };
    let subject = subject.set_up(&setup).unwrap();
    let error = subject.get("https://api.test/").unwrap_err();
    assert_eq!(
        (error.kind(), error.may_have_been_sent()),
        (Kind::Connect, false),
        "{error}"
    );
    assert!(error.to_string().contains(&url), "{error}");
}

pub(crate) fn this_machine_is_reached_without_the_proxy(subject: &Subject) {
    let plain = Server::start([Exchange::reply(200, &[], "1")]);
    let secure = Server::start_tls([
        Exchange::reply(200, &[], "2"),
        Exchange::reply(200, &[], "3"),
    ]);
    let proxy = Proxy::refusing("HTTP/1.1 502 Bad Gateway\r\n\r\n");
    let subject = through(subject, &proxy, vec![secure.certificate()]);
    let by_name = format!("https://localhost:{}/", secure.address().port());
    assert_eq!(subject.get(plain.url("/")).unwrap().body(), b"1");
    assert_eq!(subject.get(secure.url("/")).unwrap().body(), b"2");
    assert_eq!(subject.get(by_name).unwrap().body(), b"3");
    assert_eq!(proxy.asked(), None);
}

pub(crate) fn a_proxy_that_cannot_be_used_is_refused_at_once(subject: &Subject) {
    for url in [
        "socks5://localhost:1080",
        "https://localhost:3128",
        "ftp://localhost",
        "::",
        "",
    ] {
        let setup = Setup {
            roots: vec![Server::start_tls([]).certificate()],
            proxy: Some(url.to_owned()),
            ..Setup::default()
        };
        let error = subject.set_up(&setup).map(|_| ()).unwrap_err();
        assert!(
            error.contains("http://[user:password@]host:port"),
            "{error}"
        );
    }
}

pub(crate) fn a_proxy_that_never_finishes_its_answer_meets_the_limit_for_connecting(
    subject: &Subject,
) {
    let proxy = Proxy::trickling();
    let subject = through(subject, &proxy, vec![Server::start_tls([]).certificate()]);
    let limit = Deadline::none().with_connect(Some(Duration::from_millis(50)));
    let error = subject
        .exchange(request("POST", "https://api.test/", "{}"), limit)
        .unwrap_err();
    assert_eq!(
        (error.kind(), error.may_have_been_sent()),
        (Kind::Timeout, false),
        "{error}"
    );
}
