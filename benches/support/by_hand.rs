//! What somebody would write without this crate: a request and its JSON, and nothing else.

use std::net::SocketAddr;
use std::sync::Arc;

use bytes::Bytes;
use http::Request;
use http_body_util::{BodyExt, Full};
use hyper_rustls::{HttpsConnector, HttpsConnectorBuilder};
use hyper_util::client::legacy::Client;
use hyper_util::client::legacy::connect::HttpConnector;
use hyper_util::rt::TokioExecutor;
use rustls::{ClientConfig, RootCertStore};
use serde::de::DeserializeOwned;
use ureq::Agent;
use ureq::tls::{Certificate, RootCerts, TlsConfig};

/// With hyper. Like every program that talks to the service, it reads the platform's roots.
#[derive(Clone)]
pub(crate) struct Hyper {
    client: Client<HttpsConnector<HttpConnector>, Full<Bytes>>,
    server: SocketAddr,
}

impl Hyper {
    pub(crate) fn new(server: SocketAddr) -> Self {
        let mut roots = RootCertStore::empty();
        roots.add_parsable_certificates(rustls_native_certs::load_native_certs().certs);
        let provider = Arc::new(rustls::crypto::ring::default_provider());
        let tls = ClientConfig::builder_with_provider(provider)
            .with_safe_default_protocol_versions()
            .unwrap()
            .with_root_certificates(roots)
            .with_no_client_auth();
        let connector = HttpsConnectorBuilder::new()
            .with_tls_config(tls)
            .https_or_http()
            .enable_all_versions()
            .build();
        let client = Client::builder(TokioExecutor::new()).build(connector);
        Self { client, server }
    }

    pub(crate) async fn get<T: DeserializeOwned>(&self, path: &str) -> T {
        let request = Request::get(format!("http://{}{path}", self.server))
            .header("authorization", "Bearer token")
            .header("accept", "application/json")
            .header("intercom-version", "2.16")
            .body(Full::default())
            .unwrap();
        let response = self.client.request(request).await.unwrap();
        assert!(response.status().is_success());
        let body = response.into_body().collect().await.unwrap().to_bytes();
        serde_json::from_slice(&body).unwrap()
    }
}

/// The same with ureq.
pub(crate) struct Ureq {
    agent: Agent,
    server: SocketAddr,
}

impl Ureq {
    pub(crate) fn new(server: SocketAddr) -> Self {
        let roots = rustls_native_certs::load_native_certs().certs;
        let roots = roots
            .iter()
            .map(|der| Certificate::from_der(der).to_owned());
        let provider = Arc::new(rustls::crypto::ring::default_provider());
        let tls = TlsConfig::builder()
            .root_certs(RootCerts::from(roots))
            .unversioned_rustls_crypto_provider(provider)
            .build();
        let agent = Agent::config_builder().tls_config(tls).build().into();
        Self { agent, server }
    }

    pub(crate) fn get<T: DeserializeOwned>(&self, path: &str) -> T {
        let request = self
            .agent
            .get(format!("http://{}{path}", self.server))
            .header("authorization", "Bearer token")
            .header("accept", "application/json")
            .header("intercom-version", "2.16");
        let body = request.call().unwrap().body_mut().read_to_vec().unwrap();
        serde_json::from_slice(&body).unwrap()
    }
}
