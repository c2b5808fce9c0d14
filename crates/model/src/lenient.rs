//! Reading what is nearly as documented, without losing the rest.
//!
//! Strict reading comes first and is all there is on the good path. Where it fails, the position in
//! the error names the offending value; the text is read again with that value as `null`, or without
//! it where `null` does not do either, until it can be read.

use std::fmt;
use std::ops::Range;

use serde::de::{DeserializeOwned, IgnoredAny};
use serde_json::error::Category;

/// After so many surprises in one text it is not what it was taken for.
const MOST_DEVIATIONS: usize = 1_024;

/// How much of an unexpected value a [`Deviation`] shows.
const SHOWN: usize = 80;

/// A value that was not of the documented kind, and was read as if it were missing.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Deviation {
    /// Where it was, such as `data[3].location.city`.
    pub path: String,
    /// What should have been there.
    pub expected: String,
    /// The value, cut after 80 characters.
    pub found: String,
}

impl fmt::Display for Deviation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{}: expected {}, found {}",
            self.path, self.expected, self.found
        )
    }
}

/// Reads JSON, and takes values of the wrong kind as if they were missing.
///
/// ```
/// use intercom_model::contacts::Contact;
///
/// let json = br#"{"id": "6762", "email": ["a@example.com"], "name": "Ada"}"#;
/// let (contact, deviations) = intercom_model::from_slice::<Contact>(json)?;
/// assert_eq!(contact.name.as_deref(), Some("Ada"));
/// assert_eq!(deviations[0].path, "email");
/// # Ok::<(), serde_json::Error>(())
/// ```
///
/// # Errors
///
/// Where the text is no JSON, or nothing of it is of the documented kind.
pub fn from_slice<T: DeserializeOwned>(
    json: &[u8],
) -> Result<(T, Vec<Deviation>), serde_json::Error> {
    let error = match serde_json::from_slice(json) {
        Ok(value) => return Ok((value, Vec::new())),
        Err(error) => error,
    };
    let mut value = None;
    let deviations = mend(json, error, &mut |json| {
        value = Some(serde_json::from_slice(json)?);
        Ok(())
    })?;
    match value {
        Some(value) => Ok((value, deviations)),
        None => Err(<serde_json::Error as serde::de::Error>::custom(
            "nothing was read",
        )),
    }
}

fn mend(
    json: &[u8],
    mut error: serde_json::Error,
    read: &mut dyn FnMut(&[u8]) -> Result<(), serde_json::Error>,
) -> Result<Vec<Deviation>, serde_json::Error> {
    // Numbers out of range and arrays in place of objects are told as errors of syntax too.
    if error.classify() != Category::Data && serde_json::from_slice::<IgnoredAny>(json).is_err() {
        return Err(error);
    }
    let mut json = json.to_vec();
    let mut deviations: Vec<Deviation> = Vec::new();
    for _ in 0..MOST_DEVIATIONS {
        let Some(place) = offset_of(&json, &error).and_then(|offset| Place::find(&json, offset))
        else {
            return Err(error);
        };
        let found = &json[place.value.clone()];
        let was_null = found == b"null";
        if place.path.is_empty() && (was_null || found.first() != Some(&b'{')) {
            return Err(error);
        }
        if !was_null || deviations.last().is_none_or(|last| last.path != place.path) {
            deviations.push(Deviation {
                path: place.path,
                expected: expected(&error),
                found: shown(found),
            });
        }
        if was_null {
            json.drain(place.entry);
        } else {
            json.splice(place.value, *b"null");
        }
        match read(&json) {
            Ok(()) => return Ok(deviations),
            Err(next) => error = next,
        }
    }
    Err(error)
}

/// What serde's message says was expected, or else the message.
fn expected(error: &serde_json::Error) -> String {
    let message = error.to_string();
    let message = message
        .rfind(" at line ")
        .map_or(message.as_str(), |at| &message[..at]);
    if let Some(field) = message.strip_prefix("missing field ") {
        return format!("an object with {field}");
    }
    message
        .rfind(", expected ")
        .map_or(message, |at| &message[at + ", expected ".len()..])
        .to_owned()
}

fn shown(value: &[u8]) -> String {
    let text = String::from_utf8_lossy(value);
    match text.char_indices().nth(SHOWN) {
        Some((cut, _)) => format!("{}…", &text[..cut]),
        None => text.into_owned(),
    }
}

/// How many bytes had been read when the error was noticed.
fn offset_of(json: &[u8], error: &serde_json::Error) -> Option<usize> {
    let before = json
        .split_inclusive(|&byte| byte == b'\n')
        .take(error.line().checked_sub(1)?);
    Some(before.map(<[u8]>::len).sum::<usize>() + error.column())
}

/// The place of a value in a JSON text.
#[derive(Debug, PartialEq)]
struct Place {
    path: String,
    value: Range<usize>,
    /// The value with its key and one of the commas beside it: what to cut out to remove it.
    entry: Range<usize>,
}

/// An object or array that is open at the current position.
struct Open {
    start: usize,
    is_array: bool,
    /// Of the current element of an array.
    index: usize,
    /// The current key of an object, with its quotes, or the start of the current element.
    entry_start: usize,
    key: Range<usize>,
    /// Where the comma before the current entry is.
    comma: Option<usize>,
}

impl Place {
    /// The value that starts or ends at the offset, or the innermost one around it.
    fn find(json: &[u8], offset: usize) -> Option<Self> {
        let mut open: Vec<Open> = Vec::new();
        let mut at = 0;
        let mut awaits_key = false;
        while at < json.len() {
            match json[at] {
                b' ' | b'\t' | b'\r' | b'\n' => at += 1,
                b':' => at += 1,
                b',' => {
                    let container = open.last_mut()?;
                    container.comma = Some(at);
                    container.index += 1;
                    awaits_key = !container.is_array;
                    at += 1;
                }
                b'"' if awaits_key => {
                    let end = end_of_string(json, at)?;
                    let container = open.last_mut()?;
                    container.key = at..end;
                    container.entry_start = at;
                    awaits_key = false;
                    at = end;
                    if at >= offset {
                        break;
                    }
                }
                bracket @ (b'{' | b'[') => {
                    Self::enter(&mut open, at);
                    if at == offset {
                        return Self::of(json, &open, at);
                    }
                    let is_array = bracket == b'[';
                    open.push(Open {
                        start: at,
                        is_array,
                        index: 0,
                        entry_start: at,
                        key: 0..0,
                        comma: None,
                    });
                    awaits_key = !is_array;
                    at += 1;
                }
                b'}' | b']' => {
                    let start = open.pop()?.start;
                    at += 1;
                    awaits_key = false;
                    if at >= offset {
                        return Self::of(json, &open, start);
                    }
                }
                byte => {
                    Self::enter(&mut open, at);
                    let end = if byte == b'"' {
                        end_of_string(json, at)?
                    } else {
                        end_of_word(json, at)
                    };
                    if end >= offset {
                        return Self::of(json, &open, at);
                    }
                    at = end;
                }
            }
        }
        let start = open.pop()?.start;
        Self::of(json, &open, start)
    }

    fn enter(open: &mut [Open], at: usize) {
        if let Some(container) = open.last_mut().filter(|container| container.is_array) {
            container.entry_start = at;
        }
    }

    /// The value that starts here, in the innermost open container.
    fn of(json: &[u8], open: &[Open], start: usize) -> Option<Self> {
        let end = end_of_value(json, start)?;
        let entry = open
            .last()
            .map_or(start..end, |container| match container.comma {
                Some(comma) => comma..end,
                None => container.entry_start..end + following_comma(&json[end..]),
            });
        let mut path = String::new();
        for container in open {
            if container.is_array {
                path.push_str(&format!("[{}]", container.index));
            } else {
                let key = &json[container.key.clone()];
                let name: String = serde_json::from_slice(key).unwrap_or_default();
                path.push_str(if path.is_empty() { "" } else { "." });
                path.push_str(&name);
            }
        }
        Some(Self {
            path,
            value: start..end,
            entry,
        })
    }
}

/// How far the comma after a value reaches, where one follows.
fn following_comma(rest: &[u8]) -> usize {
    let blank = rest
        .iter()
        .take_while(|byte| byte.is_ascii_whitespace())
        .count();
    if rest.get(blank) == Some(&b',') {
        blank + 1
    } else {
        0
    }
}

fn end_of_string(json: &[u8], start: usize) -> Option<usize> {
    let mut at = start + 1;
    loop {
        match json.get(at)? {
            b'"' => return Some(at + 1),
            b'\\' => at += 2,
            _ => at += 1,
        }
    }
}

fn end_of_word(json: &[u8], start: usize) -> usize {
    let ends =
        |byte: &u8| matches!(byte, b',' | b'}' | b']' | b':' | b'"') || byte.is_ascii_whitespace();
    json[start..]
        .iter()
        .position(ends)
        .map_or(json.len(), |length| start + length.max(1))
}

fn end_of_value(json: &[u8], start: usize) -> Option<usize> {
    let mut depth = 0_usize;
    let mut at = start;
    loop {
        match json.get(at)? {
            b'"' => at = end_of_string(json, at)?,
            b'{' | b'[' => {
                depth += 1;
                at += 1;
            }
            b'}' | b']' => {
                depth = depth.checked_sub(1)?;
                at += 1;
            }
            b' ' | b'\t' | b'\r' | b'\n' | b',' | b':' => {
                at += 1;
                continue;
            }
            _ => at = end_of_word(json, at),
        }
        if depth == 0 {
            return Some(at);
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde::Deserialize;
    use serde_json::{Value, json};

    use super::from_slice;

    #[derive(Debug, Default, PartialEq, Deserialize)]
    #[serde(default)]
    struct Record {
        count: Option<u32>,
        name: Option<String>,
        inner: Option<Box<Record>>,
        list: Vec<Strict>,
        flags: Vec<bool>,
    }

    #[derive(Debug, PartialEq, Deserialize)]
    struct Strict {
        id: String,
    }

    fn read(json: &Value) -> (Record, Vec<String>) {
        // Spread over lines, so that positions are told by line and column.
        let (record, deviations) =
            from_slice(serde_json::to_string_pretty(json).unwrap().as_bytes()).unwrap();
        (record, deviations.iter().map(ToString::to_string).collect())
    }

    #[test]
    fn what_is_as_documented_has_no_deviations() {
        let (record, deviations) =
            read(&json!({"count": 1, "unknown": [{}], "list": [{"id": "a"}]}));
        assert_eq!(
            (record.count, record.list.len(), deviations.len()),
            (Some(1), 1, 0)
        );
    }

    #[test]
    fn a_wrong_kind_of_value_costs_only_itself() {
        for (wrong, found) in [
            (json!("x"), "\"x\""),
            (json!(-1), "-1"),
            (json!(1.5), "1.5"),
            (json!(5_000_000_000_u64), "5000000000"),
            (json!(true), "true"),
            (json!([1, 2]), "[\n      1,\n      2\n    ]"),
            (
                json!({"a": {"b": 1}}),
                "{\n      \"a\": {\n        \"b\": 1\n      }\n    }",
            ),
        ] {
            let (record, deviations) =
                read(&json!({"inner": {"count": wrong, "name": "kept"}, "name": "kept too"}));
            assert_eq!(record.inner.unwrap().name.as_deref(), Some("kept"));
            assert_eq!(record.name.as_deref(), Some("kept too"));
            assert_eq!(
                deviations,
                [format!("inner.count: expected u32, found {found}")]
            );
        }
    }

    #[test]
    fn an_element_that_cannot_be_null_is_left_out_of_its_list() {
        let (record, deviations) =
            read(&json!({"flags": [true, "no", false, null], "name": "kept"}));
        assert_eq!(
            (record.flags, record.name.as_deref()),
            (vec![true, false], Some("kept"))
        );
        assert_eq!(
            deviations,
            [
                "flags[1]: expected a boolean, found \"no\"",
                "flags[2]: expected a boolean, found null"
            ]
        );
    }

    #[test]
    fn an_item_without_its_identity_is_left_out_of_its_list() {
        let (record, deviations) =
            read(&json!({"list": [{"id": "a"}, {"name": "b"}, {"id": "c"}]}));
        assert_eq!(
            record.list,
            [Strict { id: "a".into() }, Strict { id: "c".into() }]
        );
        assert_eq!(
            deviations,
            ["list[1]: expected an object with `id`, found {\n      \"name\": \"b\"\n    }"]
        );
    }

    #[test]
    fn a_value_nested_too_deeply_costs_only_itself() {
        let mut json = String::from(r#"{"name":"kept","inner":"#);
        json.push_str(&r#"{"inner":"#.repeat(10_000));
        json.push_str("null");
        json.push_str(&"}".repeat(10_001));
        let (record, deviations) = from_slice::<Record>(json.as_bytes()).unwrap();
        assert_eq!(
            (record.name.as_deref(), deviations.len()),
            (Some("kept"), 1)
        );
    }

    #[test]
    fn another_kind_of_text_is_an_error() {
        for text in [
            "",
            "null",
            "[]x",
            "\"text\"",
            "12",
            "{\"name\":",
            "{\"name\":\"a\"",
            "<html></html>",
            "{\"a\":1}}",
        ] {
            assert!(from_slice::<Strict>(text.as_bytes()).is_err(), "{text}");
        }
    }

    fn any_json() -> impl Strategy<Value = Value> {
        let scalar = prop_oneof![
            Just(Value::Null),
            any::<bool>().prop_map(Value::from),
            any::<i64>().prop_map(Value::from),
            any::<f64>().prop_map(Value::from),
            "[\\PC\"\\\\{}\\[\\],:]{0,6}".prop_map(Value::from),
        ];
        scalar.prop_recursive(4, 24, 4, |value| {
            let key = prop_oneof!["(count|name|inner|list|flags|id)", "[\\PC\"\\\\,]{0,3}"];
            prop_oneof![
                proptest::collection::vec(value.clone(), 0..4).prop_map(Value::from),
                proptest::collection::vec((key, value), 0..5)
                    .prop_map(|fields| Value::Object(fields.into_iter().collect())),
            ]
        })
    }

    proptest! {
        #[test]
        fn any_object_is_read(fields in proptest::collection::vec(("(count|name|inner|list|flags|other)", any_json()), 0..6), pretty: bool) {
            let json = Value::Object(fields.into_iter().collect());
            let text = if pretty { serde_json::to_string_pretty(&json) } else { serde_json::to_string(&json) }.unwrap();
            let (record, deviations) = from_slice::<Record>(text.as_bytes()).unwrap();
            // What was of the right kind was kept.
            if let Some(name) = json.get("name").and_then(Value::as_str) {
                prop_assert_eq!(record.name.as_deref(), Some(name));
            }
            if serde_json::from_str::<Record>(&text).is_ok() {
                prop_assert!(deviations.is_empty());
            }
        }

        #[test]
        fn no_text_makes_it_panic(bytes in proptest::collection::vec(any::<u8>(), 0..64), json in any_json(), cut in any::<proptest::sample::Index>()) {
            let _ = from_slice::<Record>(&bytes);
            let text = serde_json::to_vec(&json).unwrap();
            let _ = from_slice::<Record>(&text[..cut.index(text.len())]);
        }
    }
}
