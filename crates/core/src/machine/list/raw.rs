//! The JSON of the items of a page.

use std::borrow::Cow;
use std::collections::BTreeMap;

use bytes::Bytes;
use serde_json::value::RawValue;

use crate::wire::RawReply;

/// The JSON of each item of a page, which is looked for only if it is wanted.
pub(super) struct RawItems {
    page: RawReply,
    /// The fields that lead to the items.
    path: &'static [&'static str],
    found: Option<Vec<Bytes>>,
}

impl RawItems {
    pub(super) const fn new(page: RawReply, path: &'static [&'static str]) -> Self {
        Self {
            page,
            path,
            found: None,
        }
    }

    pub(super) const fn page(&self) -> &RawReply {
        &self.page
    }

    /// The JSON of the item at this place.
    pub(super) fn get(&mut self, place: usize) -> Option<&Bytes> {
        let (page, path) = (&self.page, self.path);
        let find = || items(page.body(), path).unwrap_or_default();
        self.found.get_or_insert_with(find).get(place)
    }
}

/// The JSON of the items in a body, at this path.
fn items(body: &Bytes, path: &[&str]) -> Option<Vec<Bytes>> {
    let mut value: &RawValue = serde_json::from_slice(body).ok()?;
    for field in path {
        let fields: BTreeMap<Cow<'_, str>, &RawValue> = serde_json::from_str(value.get()).ok()?;
        let Some(next) = fields.get(*field) else {
            // Some operations reply with one object in place of a list.
            return Some(vec![slice(body, value)]);
        };
        value = next;
    }
    let items: Vec<&RawValue> = serde_json::from_str(value.get()).ok()?;
    Some(items.into_iter().map(|item| slice(body, item)).collect())
}

fn slice(body: &Bytes, value: &RawValue) -> Bytes {
    body.slice_ref(value.get().as_bytes())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(body: &str, path: &[&str]) -> Option<Vec<String>> {
        let items = items(&Bytes::copy_from_slice(body.as_bytes()), path)?;
        let text = |item: Bytes| String::from_utf8(item.to_vec()).unwrap();
        Some(items.into_iter().map(text).collect())
    }

    #[test]
    fn items_are_found_as_they_were_sent() {
        let page = r#"{"type":"list", "data": [ {"id" : "1"}, {"id":"2"} ]}"#;
        assert_eq!(
            found(page, &["data"]).unwrap(),
            [r#"{"id" : "1"}"#, r#"{"id":"2"}"#]
        );
        let nested = r#"{"data":{"articles":[{"id":"1"}]}}"#;
        assert_eq!(
            found(nested, &["data", "articles"]).unwrap(),
            [r#"{"id":"1"}"#]
        );
    }

    #[test]
    fn one_object_in_place_of_a_list_is_its_only_item() {
        assert_eq!(
            found(r#"{"id":"1"}"#, &["data"]).unwrap(),
            [r#"{"id":"1"}"#]
        );
    }

    #[test]
    fn a_reply_without_items_has_none() {
        assert_eq!(found("[1", &["data"]), None);
        assert_eq!(found(r#"{"data":7}"#, &["data"]), None);
    }
}
