//! The fields of a request of OAuth, from a form or from JSON.

use http::HeaderValue;
use serde_json::{Map, Value};

use crate::refusal::Refusal;

/// Fields by name. Of those that repeat, the last counts.
#[derive(Debug)]
pub(super) struct Fields(Vec<(String, String)>);

impl Fields {
    pub(super) fn of_form(form: &[u8]) -> Self {
        Self(form_urlencoded::parse(form).into_owned().collect())
    }

    /// Reads a body of this content type: JSON or a form.
    pub(super) fn of_body(kind: Option<&HeaderValue>, body: &[u8]) -> Result<Self, Refusal> {
        let is_json = kind
            .and_then(|kind| kind.to_str().ok())
            .is_some_and(|kind| kind.trim_start().starts_with("application/json"));
        if !is_json {
            return Ok(Self::of_form(body));
        }
        let object: Map<String, Value> = serde_json::from_slice(body)
            .map_err(|_| Refusal::invalid("body", "The body must be a JSON object or a form"))?;
        let texts = object.into_iter().filter_map(|(name, value)| match value {
            Value::String(text) => Some((name, text)),
            _ => None,
        });
        Ok(Self(texts.collect()))
    }

    /// Returns a field that is not empty.
    pub(super) fn get(&self, name: &str) -> Option<&str> {
        let mut named = self.0.iter().rev().filter(|(known, _)| known == name);
        let (_, value) = named.next()?;
        Some(value.as_str()).filter(|value| !value.is_empty())
    }

    pub(super) fn required(&self, name: &str) -> Result<&str, Refusal> {
        self.get(name)
            .ok_or_else(|| Refusal::missing(name, format!("{name} is required")))
    }
}
