//! A transport over reqwest, and which promises it keeps.
//!
//! reqwest is a good client, but does not tell all that a retry of a write depends on. What it cannot
//! promise is listed with the reason.

#![allow(clippy::unwrap_used, reason = "a broken test may panic")]

use std::error::Error;
use std::sync::Arc;
use std::time::{Duration, Instant};

use bytes::Bytes;
use http::{Request, Response};
use intercom_core::transport::{
    Body, Deadline, Transport, TransportError, TransportErrorKind, async_trait,
};
use intercom_transport_tests::{Setup, Subject, transport_tests};
use rustls::pki_types::CertificateDer;
use rustls::pki_types::pem::PemObject;
use rustls::{ClientConfig, RootCertStore};
use tokio::time::timeout_at;

/// Sends requests with a client of reqwest.
#[derive(Debug, Clone)]
struct ReqwestTransport(reqwest::Client);

impl ReqwestTransport {
    fn new(setup: &Setup) -> Result<Self, Box<dyn Error>> {
        let mut roots = RootCertStore::empty();
        for given in &setup.roots {
            if given.starts_with(b"-----") {
                for certificate in CertificateDer::pem_slice_iter(given) {
                    roots.add(certificate?)?;
                }
            } else {
                roots.add(given.clone().into())?;
            }
        }
        let provider = Arc::new(rustls::crypto::ring::default_provider());
        let tls = ClientConfig::builder_with_provider(provider)
            .with_safe_default_protocol_versions()?
            .with_root_certificates(roots)
            .with_no_client_auth();
        let mut builder = reqwest::Client::builder()
            .tls_backend_preconfigured(tls)
            .connect_timeout(Duration::from_secs(6))
            // What follows would send credentials elsewhere, or a write twice.
            .redirect(reqwest::redirect::Policy::none())
            .retry(reqwest::retry::never())
            .referer(false)
            .no_proxy();
        if let Some(limit) = setup.idle_timeout {
            builder = builder.pool_idle_timeout(limit);
        }
        if let Some(connections) = setup.max_idle {
            builder = builder.pool_max_idle_per_host(connections);
        }
        Ok(Self(builder.build()?))
    }
}

#[async_trait]
impl Transport for ReqwestTransport {
    async fn send(
        &self,
        request: Request<Bytes>,
        deadline: Deadline,
    ) -> Result<Response<Body>, TransportError> {
        let late = |error: TransportError| error.with_source("the response had not begun");
        if deadline
            .until_head()
            .is_some_and(|end| end <= Instant::now())
        {
            return Err(late(TransportError::new(TransportErrorKind::Timeout)).not_sent());
        }
        let request = reqwest::Request::try_from(request).map_err(|error| {
            TransportError::new(TransportErrorKind::Refused)
                .with_source(error)
                .not_sent()
        })?;
        let sending = self.0.execute(request);
        let response = match deadline.until_head() {
            None => sending.await,
            Some(end) => timeout_at(end.into(), sending)
                .await
                .map_err(|_| late(TransportError::new(TransportErrorKind::Timeout)))?,
        };
        let response: Response<reqwest::Body> = response.map_err(failed)?.into();
        Ok(response.map(Body::new))
    }

    async fn sleep(&self, duration: Duration) {
        tokio::time::sleep(duration).await;
    }
}

fn failed(error: reqwest::Error) -> TransportError {
    let kind = if error.is_timeout() {
        TransportErrorKind::Timeout
    } else if error.is_connect() && is_of_tls(&error) {
        TransportErrorKind::Tls
    } else if error.is_connect() {
        TransportErrorKind::Connect
    } else {
        TransportErrorKind::Closed
    };
    let never_sent = error.is_connect();
    let error = TransportError::new(kind).with_source(error);
    if never_sent { error.not_sent() } else { error }
}

/// Whether an error of rustls is among the causes.
fn is_of_tls(error: &(dyn Error + 'static)) -> bool {
    let mut next = Some(error);
    while let Some(error) = next {
        if error.is::<rustls::Error>() {
            return true;
        }
        next = match error.downcast_ref::<std::io::Error>() {
            // The source of an I/O error is the source of the error in it, which would be skipped.
            Some(error) => error.get_ref().map(|inner| inner as _),
            None => error.source(),
        };
    }
    false
}

fn subject() -> Subject {
    Subject::on_tokio(|setup| ReqwestTransport::new(setup).map_err(|error| error.to_string()))
}

transport_tests! {
    mod promises;
    crate::subject();
    except: [
        the_transport_adds_no_headers_that_speak_for_the_caller: "reqwest adds an Accept",
        a_reply_that_is_not_http_is_a_protocol_error:
            "only an error of hyper tells it from a broken connection",
        chunk_extensions_without_end_meet_the_deadline:
            "only an error of hyper tells it from a broken connection",
        a_reply_that_nobody_asked_for_answers_no_request:
            "the pool does not look at a connection before it uses it again",
        an_encrypted_reply_that_nobody_asked_for_answers_no_request:
            "the pool does not look at a connection before it uses it again",
        a_host_that_takes_no_connection_meets_either_limit:
            "the limit for connecting is that of the client, not of the call",
        a_failed_connection_names_host_and_port_and_has_a_source:
            "reqwest names the URL of the request instead",
        a_connection_that_is_too_old_takes_no_more_calls: "connections have no maximum age",
        proxies: "the example sets none up, and errors of reqwest do not name them",
        client_certificates: "the example sets none up",
    ]
}
