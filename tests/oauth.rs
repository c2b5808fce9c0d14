//! An app logs in to the emulator, over real sockets and both transports.

#![allow(clippy::unwrap_used, reason = "a broken test may panic")]

use std::io::{Read, Write};
use std::net::TcpStream;
use std::sync::Arc;

use intercom_app::model::Timestamp;
use intercom_app::oauth::{App, OAuthError, States, Uninstall, region};
use intercom_app::webhooks::MemoryDeduplicator;
use intercom_core::api::admins;
use intercom_core::transport::blocking;
use intercom_core::{BaseUrl, Client, Config, Region, Transport};
use intercom_emulator::{Emulator, Server};
use intercom_transport_hyper::HyperTransport;
use intercom_transport_ureq::UreqTransport;
use tokio::runtime::Runtime;

const CALLBACK: &str = "https://app.example/callback";

fn serve() -> Server {
    let server = Emulator::new().server().isolate(true);
    server.listen("127.0.0.1:0").unwrap()
}

fn app(server: &Server, secret: &str) -> App {
    App::new("a0b1", secret)
        .authorize_page(format!("{}/oauth", server.url()))
        .base_url(server.url())
        .redirect_uri(CALLBACK)
}

/// Sends a request, and returns the head of the reply and the body.
fn ask(server: &Server, head: &str, body: &str) -> (String, String) {
    let mut stream = TcpStream::connect(server.address()).unwrap();
    let length = body.len();
    let rest = format!("Host: localhost\r\nConnection: close\r\nContent-Length: {length}\r\n\r\n");
    write!(stream, "{head}\r\n{rest}{body}").unwrap();
    let mut reply = String::new();
    stream.read_to_string(&mut reply).unwrap();
    let (head, body) = reply.split_once("\r\n\r\n").unwrap();
    (head.to_owned(), body.to_owned())
}

/// Opens the page of the app, clicks on Authorize, and returns the query of the callback.
fn authorize(server: &Server, app: &App, state: &str) -> Vec<(String, String)> {
    let url = app.authorize_url(state);
    let page = url.strip_prefix(&server.url()).unwrap();
    let (head, html) = ask(server, &format!("GET {page} HTTP/1.1"), "");
    assert!(head.starts_with("HTTP/1.1 200"), "{head}");
    assert!(html.contains("<code>a0b1</code>"), "{html}");
    let (_, query) = page.split_once('?').unwrap();
    let form = format!("{query}&decision=authorize");
    let (head, _) = ask(server, "POST /oauth HTTP/1.1", &form);
    let location = head
        .lines()
        .find_map(|line| line.strip_prefix("location: "))
        .unwrap();
    let query = location
        .strip_prefix("https://app.example/callback?")
        .unwrap();
    let query = form_urlencoded::parse(query.as_bytes());
    query.into_owned().collect()
}

fn value<'a>(query: &'a [(String, String)], name: &str) -> &'a str {
    let found = query.iter().find(|(known, _)| known == name);
    found.map(|(_, value)| value.as_str()).unwrap()
}

/// The token of each transport, by one function over what differs.
fn log_in(exchange: impl Fn(&App, &str) -> Result<String, OAuthError>, server: &Server) -> String {
    let (app, states) = (app(server, "s3cret"), States::new("of the server"));
    let (now, used) = (
        Timestamp::from_second(1_735_722_000),
        MemoryDeduplicator::new(100),
    );
    let state = states.issue("session", now).unwrap();
    let callback = authorize(server, &app, &state);
    assert_eq!(
        states.check(value(&callback, "state"), "session", now, &used),
        Ok(())
    );
    let code = value(&callback, "code");
    let token = exchange(&app, code).unwrap();
    // A code works once.
    assert!(exchange(&app, code).unwrap_err().is_unauthorized());
    token
}

#[test]
fn a_teammate_logs_in_and_uninstalls_over_the_async_transport() {
    let (server, runtime) = (serve(), Runtime::new().unwrap());
    let transport: Arc<dyn Transport> = Arc::new(HyperTransport::new().unwrap());
    let exchange = |app: &App, code: &str| {
        let grant = runtime.block_on(app.exchange(&transport, code))?;
        Ok(grant.access_token.as_str().to_owned())
    };
    let token = log_in(exchange, &server);
    let base_url = BaseUrl::parse(&server.url()).unwrap();
    let client = Client::new(transport.clone(), Config::new(token).base_url(base_url));
    runtime.block_on(async {
        let me = client.call(&admins::Me::new()).await.unwrap();
        assert_eq!(region(&me), Some(Region::Us));
        client.call(&Uninstall).await.unwrap();
        let error = client.call(&admins::Me::new()).await.unwrap_err();
        assert_eq!(error.status().map(|status| status.as_u16()), Some(401));
    });
}

#[test]
fn a_teammate_logs_in_and_uninstalls_over_the_blocking_transport() {
    let server = serve();
    let transport: Arc<dyn blocking::Transport> = Arc::new(UreqTransport::new().unwrap());
    let exchange = |app: &App, code: &str| {
        let grant = app.exchange_blocking(&transport, code)?;
        Ok(grant.access_token.as_str().to_owned())
    };
    let token = log_in(exchange, &server);
    let base_url = BaseUrl::parse(&server.url()).unwrap();
    let config = Config::new(token).base_url(base_url);
    let client = intercom_core::blocking::Client::new(transport.clone(), config);
    assert_eq!(
        region(&client.call(&admins::Me::new()).unwrap()),
        Some(Region::Us)
    );
    client.call(&Uninstall).unwrap();
    let error = client.call(&admins::Me::new()).unwrap_err();
    assert_eq!(error.status().map(|status| status.as_u16()), Some(401));
}

#[test]
fn registered_apps_belong_to_every_isolated_workspace() {
    let server = serve();
    let new = r#"{"client_id": "a0b1", "client_secret": "s3cret"}"#;
    let head = "POST /_emulator/apps HTTP/1.1\r\nContent-Type: application/json";
    let (head, body) = ask(&server, head, new);
    assert!(head.starts_with("HTTP/1.1 201"), "{head}");
    assert_eq!(body, r#"{"client_id":"a0b1","redirect_uris":[]}"#);
    let transport: Arc<dyn blocking::Transport> = Arc::new(UreqTransport::new().unwrap());
    let wrong = app(&server, "guessed");
    let callback = authorize(&server, &wrong, "s7");
    let error = wrong.exchange_blocking(&transport, value(&callback, "code"));
    assert!(
        error
            .unwrap_err()
            .to_string()
            .contains("Unauthorized Client")
    );
    let (head, _) = ask(&server, "DELETE /_emulator/apps/a0b1 HTTP/1.1", "");
    assert!(head.starts_with("HTTP/1.1 204"), "{head}");
}
