//! Spans of `tracing`. The test stands alone, for which spans are enabled is known to a whole process.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test may panic"
)]

mod support;

use std::sync::{Arc, Mutex};

use intercom_core::api::contacts;
use intercom_core::{Client, blocking};
use support::{Scripted, json, now};
use tracing::field::{Field, Visit};
use tracing::span::{Attributes, Id, Record};
use tracing::{Event, Metadata, Subscriber};

/// The name and the fields of a span.
type Written = (&'static str, Vec<String>);

/// Writes down the fields of every span.
#[derive(Debug, Default, Clone)]
struct Spans(Arc<Mutex<Vec<Written>>>);

struct Fields<'a>(&'a mut Vec<String>);

impl Visit for Fields<'_> {
    fn record_debug(&mut self, field: &Field, value: &dyn std::fmt::Debug) {
        self.0.push(format!("{field}={value:?}"));
    }
}

impl Subscriber for Spans {
    fn enabled(&self, _: &Metadata<'_>) -> bool {
        true
    }

    fn new_span(&self, span: &Attributes<'_>) -> Id {
        let mut spans = self.0.lock().unwrap();
        let mut fields = Vec::new();
        span.record(&mut Fields(&mut fields));
        spans.push((span.metadata().name(), fields));
        Id::from_u64(spans.len() as u64)
    }

    fn record(&self, span: &Id, values: &Record<'_>) {
        let mut spans = self.0.lock().unwrap();
        let index = usize::try_from(span.into_u64()).unwrap() - 1;
        values.record(&mut Fields(&mut spans[index].1));
    }

    fn record_follows_from(&self, _: &Id, _: &Id) {}

    fn event(&self, _: &Event<'_>) {}

    fn enter(&self, _: &Id) {}

    fn exit(&self, _: &Id) {}
}

#[test]
fn a_call_is_a_span_with_a_child_per_attempt_named_by_opentelemetry() {
    let answers = || {
        let mut missing = json(404, r#"{"errors":[{"code":"not_found"}]}"#).unwrap();
        missing
            .headers_mut()
            .insert("x-request-id", "r-1".parse().unwrap());
        [json(503, ""), Ok(missing)]
    };
    let endpoint = contacts::FindByExternalId::new("ada@example.com");
    let (one, other) = (Spans::default(), Spans::default());
    tracing::subscriber::with_default(one.clone(), || {
        now(Client::new(Scripted::new(answers()), "secret").call(&endpoint)).unwrap_err();
    });
    tracing::subscriber::with_default(other.clone(), || {
        blocking::Client::new(Scripted::new(answers()), "secret")
            .call(&endpoint)
            .unwrap_err();
    });
    let spans = one.0.lock().unwrap();
    assert_eq!(*spans, *other.0.lock().unwrap());

    let names: Vec<_> = spans.iter().map(|(name, _)| *name).collect();
    assert_eq!(
        names,
        ["intercom.call", "intercom.request", "intercom.request"]
    );
    let has = |span: usize, field: &str| {
        let fields = &spans[span].1;
        assert!(
            fields.iter().any(|other| other == field),
            "{field}: {fields:?}"
        );
    };
    has(0, "intercom.endpoint=\"contacts::FindByExternalId\"");
    has(0, "error.type=\"not_found\"");
    for field in [
        "otel.name=GET /contacts/find_by_external_id/{external_id}",
        "otel.kind=\"client\"",
        "http.request.method=\"GET\"",
        "url.template=\"/contacts/find_by_external_id/{external_id}\"",
        "server.address=\"api.intercom.io\"",
        "http.request.resend_count=1",
        "http.response.status_code=404",
        "intercom.request_id=\"r-1\"",
        "intercom.attempt=2",
        "error.type=\"404\"",
        "otel.status_code=\"ERROR\"",
    ] {
        has(2, field);
    }
    let all = format!("{spans:?}");
    assert!(!all.contains("secret") && !all.contains("ada"), "{all}");
}
