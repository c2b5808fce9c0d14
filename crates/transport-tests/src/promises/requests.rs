//! What arrives of a request.

use http::Uri;
use intercom_core::transport::{TransportErrorKind as Kind, guard};

use crate::server::{Exchange, Server};
use crate::subject::{Subject, request};

pub(crate) fn a_request_arrives_as_it_was_made_and_the_reply_comes_back(subject: &Subject) {
    let server = Server::start([Exchange::reply(
        201,
        &[("x-request-id", "7")],
        r#"{"id":1}"#,
    )]);
    let mut request = request("POST", server.url("/contacts?page=2"), r#"{"a":1}"#);
    request
        .headers_mut()
        .insert("authorization", "Bearer secret".parse().unwrap());
    let response = subject.send(request).unwrap();
    assert_eq!(response.status(), 201);
    assert_eq!(response.headers()["x-request-id"], "7");
    assert_eq!(response.body(), br#"{"id":1}"#);

    let received = &server.requests()[0];
    assert_eq!(
        (received.method.as_str(), received.target.as_str()),
        ("POST", "/contacts?page=2")
    );
    assert_eq!(received.version, "HTTP/1.1");
    assert_eq!(received.header("authorization"), Some("Bearer secret"));
    assert_eq!(received.header("content-type"), Some("application/json"));
    assert_eq!(
        received.header("host"),
        Some(server.address().to_string().as_str())
    );
    assert_eq!(received.body, br#"{"a":1}"#);
}

pub(crate) fn the_name_of_this_machine_is_looked_up(subject: &Subject) {
    let server = Server::start([Exchange::reply(200, &[], "here")]);
    let url = format!("http://localhost:{}/", server.address().port());
    assert_eq!(subject.get(url).unwrap().body(), b"here");
}

pub(crate) fn the_transport_adds_no_headers_that_speak_for_the_caller(subject: &Subject) {
    let server = Server::start([Exchange::reply(200, &[], ""), Exchange::reply(200, &[], "")]);
    subject.get(server.url("/")).unwrap();
    let mut named = request("GET", server.url("/"), "");
    named
        .headers_mut()
        .insert("user-agent", "mine/1".parse().unwrap());
    subject.send(named).unwrap();
    let requests = server.requests();
    assert_eq!(requests[0].header("user-agent"), None);
    assert_eq!(requests[0].header("accept"), None);
    assert_eq!(requests[0].header("content-length"), None);
    assert_eq!(requests[1].header("user-agent"), Some("mine/1"));
}

pub(crate) fn an_accept_encoding_of_the_caller_is_kept(subject: &Subject) {
    let server = Server::start([Exchange::reply(200, &[], "")]);
    let mut request = request("GET", server.url("/"), "");
    request
        .headers_mut()
        .insert("accept-encoding", "identity".parse().unwrap());
    subject.send(request).unwrap();
    let encodings = server.requests()[0]
        .headers
        .iter()
        .filter(|(name, _)| name == "accept-encoding")
        .count();
    assert_eq!(encodings, 1);
    assert_eq!(
        server.requests()[0].header("accept-encoding"),
        Some("identity")
    );
}

pub(crate) fn every_method_of_the_api_carries_a_body(subject: &Subject) {
    let methods = ["GET", "POST", "PUT", "PATCH", "DELETE"];
    let server = Server::start(methods.map(|_| Exchange::reply(200, &[], "")));
    for method in methods {
        subject
            .send(request(method, server.url("/tags"), r#"{"id":"1"}"#))
            .unwrap();
    }
    for (method, received) in methods.into_iter().zip(server.requests()) {
        assert_eq!(received.method, method);
        assert_eq!(received.header("content-length"), Some("10"), "{method}");
        assert_eq!(received.body, br#"{"id":"1"}"#, "{method}");
    }
}

pub(crate) fn the_url_decides_where_a_request_goes(subject: &Subject) {
    let (here, elsewhere) = (Server::start([]), Server::start([]));
    let (port, other) = (here.address().port(), elsewhere.address().port());
    let mut passed = 0;
    for url in [
        format!("http://localhost:{port}/"),
        format!("http://LOCALHOST:{port}/"),
        format!("http://127.0.0.1:{port}?@127.0.0.1:{other}/"),
        format!("http://127.0.0.1:{port}/@127.0.0.1:{other}/"),
        // These must not pass, and if they did, to the place that was looked at.
        format!("http://127.0.0.1:{port}#@127.0.0.1:{other}/"),
        format!("http://127.0.0.1:{port}@127.0.0.1:{other}/"),
        format!("http://127.0.0.1:{port}:{other}/"),
        format!("http://127.0.0.1:{port}\\@127.0.0.1:{other}/"),
        format!("http://[::1]:{port}.127.0.0.1:{other}/"),
        format!("http://[::1]127.0.0.1:{other}/"),
        format!("http://127.0.0.1:{}/", 65536 + u32::from(other)),
    ] {
        let Some(uri) = url.parse::<Uri>().ok() else {
            continue;
        };
        if guard::check(&uri).is_err() {
            continue;
        }
        passed += 1;
        let response = subject.get(&url).unwrap();
        assert_eq!(response.status(), 599, "{url}");
        let requests = here.requests();
        assert_eq!(requests.len(), passed, "{url}");
        let authority = uri.authority().map(ToString::to_string);
        let host = requests[passed - 1]
            .header("host")
            .map(str::to_ascii_lowercase);
        assert_eq!(host, authority.map(|it| it.to_ascii_lowercase()), "{url}");
        assert_eq!(elsewhere.connections(), 0, "{url}");
    }
    assert!(passed >= 4, "ordinary URLs were refused");
}

pub(crate) fn plain_http_to_another_machine_is_refused_before_connecting(subject: &Subject) {
    let server = Server::start([Exchange::reply(200, &[], "")]);
    // Leads to this machine, but does not say so.
    let url = format!("http://0.0.0.0:{}/me", server.address().port());
    let error = subject.post(url, "{}").unwrap_err();
    assert_eq!(
        (error.kind(), error.may_have_been_sent()),
        (Kind::Refused, false),
        "{error}"
    );
    assert!(error.to_string().contains("https"), "{error}");
    assert_eq!(server.connections(), 0);
}
