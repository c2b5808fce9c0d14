//! The size of the pages that a request asks for.

use bytes::Bytes;
use http::Request;
use serde_json::Value;

/// Returns the page size that a request names: in its query, or in the body as searches do.
pub(crate) fn page_size(request: &Request<Bytes>) -> Option<u64> {
    let query = request.uri().query().unwrap_or_default();
    let mut query = form_urlencoded::parse(query.as_bytes());
    if let Some((_, size)) = query.find(|(name, _)| name == "per_page") {
        return size.parse().ok();
    }
    let body: Value = serde_json::from_slice(request.body()).ok()?;
    let places = ["/pagination/per_page", "/per_page"].into_iter();
    let mut sizes = places.filter_map(|place| number(body.pointer(place)?));
    sizes.next()
}

/// Reads a number, which may be written as text.
fn number(value: &Value) -> Option<u64> {
    value.as_u64().or_else(|| value.as_str()?.parse().ok())
}

#[cfg(test)]
mod tests {
    use bytes::Bytes;
    use http::Request;

    use super::page_size;

    #[test]
    fn a_page_size_is_found_in_the_query_and_in_the_body() {
        for (path, body, size) in [
            ("/contacts?per_page=150", "", Some(150)),
            ("/contacts?page=2", "", None),
            ("/contacts?per_page=many", "", None),
            (
                "/contacts/search",
                r#"{"pagination": {"per_page": 37}}"#,
                Some(37),
            ),
            ("/calls/search", r#"{"per_page": "5"}"#, Some(5)),
            ("/contacts/search", "[", None),
        ] {
            let request = Request::builder().uri(path).body(Bytes::from(body));
            assert_eq!(page_size(&request.unwrap()), size, "{path} {body}");
        }
    }
}
