//! Reading what is nearly as documented, without losing the rest.
//!
//! Strict reading comes first and is all there is on the good path. Where it fails, the position in
//! the error names the offending value; the text is read again with that value as `null`, or without
//! it where `null` does not do either, until it can be read.
//!
//! Serde stops at the first error, so each surprise costs a reading. To keep a long list with a
//! surprise in every item from being read from its start each time, the items that were already read
//! are left out of the readings up to the last one.

use std::borrow::Cow;
use std::fmt;
use std::ops::Range;

use serde::de::{DeserializeOwned, IgnoredAny};
use serde_json::error::Category;

use crate::strict;

/// After so many surprises in one text it is not what it was taken for.
const MOST_DEVIATIONS: usize = 10_000;

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
    let error = match strict::from_slice(json) {
        Ok(value) => return Ok((value, Vec::new())),
        Err(error) => error,
    };
    let mut value = None;
    let deviations = mend(json, error, &mut |json| {
        value = Some(strict::from_slice(json)?);
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
    let mut text = Text::new(json);
    let mut deviations: Vec<Deviation> = Vec::new();
    // A value may take two steps: to `null`, and out.
    for _ in 0..2 * MOST_DEVIATIONS {
        let Some(place) = text.place(&error) else {
            return Err(error);
        };
        let found = &text.json[place.value.clone()];
        let was_null = found == b"null";
        if place.around.is_empty() && (was_null || found.first() != Some(&b'{')) {
            return Err(error);
        }
        let path = text.path(&place);
        if !was_null || deviations.last().is_none_or(|last| last.path != path) {
            deviations.push(Deviation {
                path,
                expected: expected(&error),
                found: shown(found),
            });
        }
        text.leave_out_items_before(&place);
        if was_null {
            text.remove(&place);
        } else {
            text.json.splice(place.value, *b"null");
        }
        error = match read(&text.reading()) {
            Err(next) => next,
            Ok(()) if !text.leaves_out => return Ok(deviations),
            Ok(()) => match read(&text.json) {
                Ok(()) => return Ok(deviations),
                // Items that can be read alone, but not together.
                Err(next) => {
                    text.leaves_out = false;
                    next
                }
            },
        };
    }
    Err(error)
}

/// A text that is being mended.
struct Text {
    json: Vec<u8>,
    /// What was read of each array around the last place, outermost first.
    read: Vec<ReadItems>,
    /// Whether what was read is left out of readings.
    leaves_out: bool,
}

/// The first items of an array, which can be read.
#[derive(Clone)]
struct ReadItems {
    /// From after the bracket up to the item that comes next.
    range: Range<usize>,
    /// The index of that item in the array as it came.
    next: usize,
}

impl Text {
    fn new(json: &[u8]) -> Self {
        Self {
            json: json.to_vec(),
            read: Vec::new(),
            leaves_out: true,
        }
    }

    /// The text without the items that were read.
    fn reading(&self) -> Cow<'_, [u8]> {
        if !self.leaves_out || self.read.iter().all(|items| items.range.is_empty()) {
            return Cow::Borrowed(&self.json);
        }
        let mut reading = Vec::with_capacity(self.json.len());
        let mut from = 0;
        for items in &self.read {
            reading.extend_from_slice(&self.json[from..items.range.start]);
            from = items.range.end;
        }
        reading.extend_from_slice(&self.json[from..]);
        Cow::Owned(reading)
    }

    /// The place in the text of an error in its reading.
    fn place(&self, error: &serde_json::Error) -> Option<Place> {
        let reading = self.reading();
        let mut place = Place::find(&reading, offset_of(&reading, error)?)?;
        if self.leaves_out {
            let left_out = |at: usize| {
                self.read.iter().fold(at, |at, items| {
                    let before = at < items.range.start;
                    at + if before { 0 } else { items.range.len() }
                })
            };
            place.value = left_out(place.value.start)..left_out(place.value.end);
            for container in &mut place.around {
                container.start = left_out(container.start);
                container.entry_start = left_out(container.entry_start);
                container.key = left_out(container.key.start)..left_out(container.key.end);
                if let Some(items) = self.read_of(container) {
                    container.index += items.next;
                }
            }
        }
        Some(place)
    }

    fn read_of(&self, array: &Open) -> Option<&ReadItems> {
        self.read
            .iter()
            .find(|items| items.range.start == array.start + 1)
    }

    fn path(&self, place: &Place) -> String {
        let mut path = String::new();
        for container in &place.around {
            if container.is_array {
                path.push_str(&format!("[{}]", container.index));
            } else {
                let key = &self.json[container.key.clone()];
                let name: String = serde_json::from_slice(key).unwrap_or_default();
                path.push_str(if path.is_empty() { "" } else { "." });
                path.push_str(&name);
            }
        }
        path
    }

    /// In all arrays around the place. What was left out elsewhere is read again at the end.
    fn leave_out_items_before(&mut self, place: &Place) {
        let arrays = place.around.iter().filter(|container| container.is_array);
        self.read = arrays
            .map(|array| ReadItems {
                range: array.start + 1..array.entry_start,
                next: array.index,
            })
            .collect();
    }

    /// Cuts the value out, with its key and one of the commas beside it.
    fn remove(&mut self, place: &Place) {
        let Some(container) = place.around.last() else {
            return;
        };
        let mut entry = container.entry_start..place.value.end;
        let after = following_comma(&self.json[entry.end..]);
        entry.end += after;
        let before = self.json[..entry.start].trim_ascii_end();
        if after == 0 && before.ends_with(b",") {
            entry.start = before.len() - 1;
        }
        if let Some(items) = self.read.last_mut().filter(|_| container.is_array) {
            items.range.end = entry.start;
            items.next += 1;
        }
        self.json.drain(entry);
    }
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
    if let Some(field) = message.strip_prefix("duplicate field ") {
        return format!("{field} once");
    }
    message
        .rfind(", expected ")
        .map_or(message, |at| &message[at + ", expected ".len()..])
        .to_owned()
}

fn shown(value: &[u8]) -> String {
    // Four bytes are the longest character.
    let text = String::from_utf8_lossy(&value[..value.len().min(4 * SHOWN + 4)]);
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
struct Place {
    /// The objects and arrays around the value, outermost first.
    around: Vec<Open>,
    value: Range<usize>,
}

/// An object or array that is open at the current position.
struct Open {
    start: usize,
    is_array: bool,
    /// Of the current item of an array.
    index: usize,
    /// Where the current item starts, or the key of the current field.
    entry_start: usize,
    /// The current key of an object, with its quotes.
    key: Range<usize>,
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
                    // Right behind a key, the error is about its field, which comes twice.
                    if at > offset {
                        break;
                    }
                }
                bracket @ (b'{' | b'[') => {
                    Self::enter(&mut open, at);
                    if at >= offset {
                        return Self::of(json, open, at);
                    }
                    let is_array = bracket == b'[';
                    open.push(Open {
                        start: at,
                        is_array,
                        index: 0,
                        entry_start: at,
                        key: 0..0,
                    });
                    awaits_key = !is_array;
                    at += 1;
                }
                b'}' | b']' => {
                    let start = open.pop()?.start;
                    at += 1;
                    awaits_key = false;
                    if at >= offset {
                        return Self::of(json, open, start);
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
                        return Self::of(json, open, at);
                    }
                    at = end;
                }
            }
        }
        let start = open.pop()?.start;
        Self::of(json, open, start)
    }

    fn enter(open: &mut [Open], at: usize) {
        if let Some(container) = open.last_mut().filter(|container| container.is_array) {
            container.entry_start = at;
        }
    }

    /// The value that starts here, in the innermost open container.
    fn of(json: &[u8], around: Vec<Open>, start: usize) -> Option<Self> {
        let value = start..end_of_value(json, start)?;
        Some(Self { around, value })
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
    use serde::{Deserialize, Serialize};
    use serde_json::{Value, json};

    use super::from_slice;

    #[derive(Debug, Default, PartialEq, Serialize, Deserialize)]
    #[serde(default, remote = "Self")]
    struct Record {
        count: Option<u32>,
        name: Option<String>,
        inner: Option<Box<Record>>,
        list: Vec<Strict>,
        flags: Vec<bool>,
    }

    #[derive(Debug, PartialEq, Serialize, Deserialize)]
    #[serde(remote = "Self")]
    struct Strict {
        id: String,
    }

    crate::object::read_objects! { Record }
    crate::object::read_objects! { Strict }

    #[derive(Debug, Deserialize)]
    struct Records {
        records: Vec<Record>,
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
                "flags[3]: expected a boolean, found null"
            ]
        );
    }

    #[test]
    fn a_deviation_names_the_place_that_the_value_had_in_the_reply() {
        let (record, deviations) = read(&json!({
            "flags": [null, null, true, "a", [false], false, 1, null],
            "list": [1, {"id": "a"}, {"id": 2}, null, {"id": "b"}, {}],
            "name": 7,
        }));
        assert_eq!((record.flags, record.list.len()), (vec![true, false], 2));
        let places: Vec<&str> = deviations
            .iter()
            .map(|deviation| deviation.split(':').next().unwrap())
            .collect();
        assert_eq!(
            places,
            [
                "flags[0]",
                "flags[1]",
                "flags[3]",
                "flags[4]",
                "flags[6]",
                "flags[7]",
                "list[0]",
                "list[2].id",
                "list[2]",
                "list[3]",
                "list[5]",
                "name"
            ]
        );
    }

    #[test]
    fn a_long_list_with_surprises_in_every_item_is_read_whole() {
        let item =
            json!({"count": "x", "name": ["y"], "inner": {"flags": [1, 2]}, "flags": [true, null]});
        let text = json!({"records": vec![item; 400]}).to_string();
        let (Records { records }, deviations) = from_slice(text.as_bytes()).unwrap();
        assert_eq!((records.len(), deviations.len()), (400, 2_000));
    }

    #[test]
    fn items_whose_kind_depends_on_their_place_cost_no_other() {
        #[derive(Debug, Deserialize)]
        struct Line {
            points: Option<Vec<(f64, String, Option<bool>)>>,
            name: String,
        }

        let text = br#"{"points":[[1,"a",true],[2,3,true]],"name":"kept"}"#;
        let (line, _) = from_slice::<Line>(text).unwrap();
        let points = line.points.unwrap();
        assert_eq!(points, [(1.0, "a".to_owned(), Some(true))]);
        assert_eq!(line.name, "kept");
    }

    #[test]
    fn a_field_that_comes_twice_costs_its_second_value() {
        let (record, deviations) = from_slice::<Record>(
            br#"{"name":"first","name" : "second","list":[],"list":[{}],"count":1}"#,
        )
        .unwrap();
        assert_eq!(
            (record.name.as_deref(), record.count),
            (Some("first"), Some(1))
        );
        let deviations: Vec<String> = deviations.iter().map(ToString::to_string).collect();
        assert_eq!(
            deviations,
            [
                r#"name: expected `name` once, found "second""#,
                "list: expected `list` once, found [{}]"
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
    fn a_text_or_number_that_rust_cannot_hold_costs_only_itself() {
        for wrong in [&b"\"\\ud800\""[..], b"\"\xff\"", b"1e999", b"-1e999"] {
            for field in ["name", "count"] {
                let json = [
                    b"{\"inner\":{\"",
                    field.as_bytes(),
                    b"\":",
                    wrong,
                    b"},\"name\":\"kept\"}",
                ];
                let (record, deviations) = from_slice::<Record>(&json.concat()).unwrap();
                assert_eq!(record.name.as_deref(), Some("kept"));
                assert_eq!(deviations.len(), 1);
                assert_eq!(deviations[0].path, format!("inner.{field}"));
            }
        }
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

    fn any_record() -> impl Strategy<Value = Value> {
        let field = ("(count|name|inner|list|flags|other)", any_json());
        proptest::collection::vec(field, 0..6)
            .prop_map(|fields| Value::Object(fields.into_iter().collect()))
    }

    proptest! {
        #[test]
        fn any_object_is_read(json in any_record(), pretty: bool) {
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
        fn items_are_read_in_a_list_as_they_are_alone(items in proptest::collection::vec(any_record(), 0..6), pretty: bool) {
            let json = json!({"before": [1, [2]], "records": items, "after": {"records": [3]}});
            let text = if pretty { serde_json::to_string_pretty(&json) } else { serde_json::to_string(&json) }.unwrap();
            let (Records { records }, deviations) = from_slice(text.as_bytes()).unwrap();
            let places: Vec<String> = deviations.into_iter().map(|deviation| deviation.path).collect();
            let mut alone = (Vec::new(), Vec::new());
            for (index, item) in items.iter().enumerate() {
                let (record, deviations) = from_slice::<Record>(item.to_string().as_bytes()).unwrap();
                alone.0.push(record);
                alone.1.extend(deviations.into_iter().map(|deviation| format!("records[{index}].{}", deviation.path)));
            }
            prop_assert_eq!((records, places), alone);
        }

        #[test]
        fn no_text_makes_it_panic(bytes in proptest::collection::vec(any::<u8>(), 0..64), json in any_json(), cut in any::<proptest::sample::Index>()) {
            let _ = from_slice::<Record>(&bytes);
            let text = serde_json::to_vec(&json).unwrap();
            let _ = from_slice::<Record>(&text[..cut.index(text.len())]);
        }
    }
}
