//! Whether a value that was read and written back is still the same.
//!
//! Equal are:
//! - `null` and a field that is missing;
//! - an id as a number and as a string of the same text;
//! - the same instant as seconds, milliseconds, a string of digits or ISO 8601, where the name of
//!   the field says that it is a time;
//! - numbers of the same value, such as 5 and 5.0;
//! - what was missing, and an empty list or object in its place: types have no third state for
//!   lists and maps, and write the one that they read from `null` or from nothing as empty. The
//!   other way round, an empty list that is no longer there, is a loss.

use std::fmt;

use intercom_core::model::Timestamp;
use serde::Deserialize;
use serde_json::Value;

/// How much of a value is shown.
const SHOWN: usize = 80;

/// What happened to a value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(
    missing_docs,
    reason = "a variant whose name says it all needs no comment"
)]
pub enum Change {
    Lost,
    Changed,
    Added,
}

/// A value that is not the same.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Difference {
    /// Where it is, such as `data[3].location.city`; empty for the whole.
    pub path: String,
    /// What happened.
    pub change: Change,
    /// The value before; null where there was none.
    pub before: Value,
    /// The value after; null where there is none.
    pub after: Value,
}

impl fmt::Display for Difference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (before, after) = (shown(&self.before), shown(&self.after));
        match self.change {
            Change::Lost => write!(f, "lost {before}"),
            Change::Changed => write!(f, "changed {before} to {after}"),
            Change::Added => write!(f, "added {after}"),
        }
    }
}

fn shown(value: &Value) -> String {
    let text = value.to_string();
    match text.char_indices().nth(SHOWN) {
        Some((cut, _)) => format!("{}…", &text[..cut]),
        None => text,
    }
}

/// Every difference, in the order of the paths.
#[must_use]
pub fn compare(before: &Value, after: &Value) -> Vec<Difference> {
    let mut found = Vec::new();
    walk(String::new(), "", before, after, &mut found);
    found
}

/// `name` is that of the nearest field, which also holds for the items of its list.
fn walk(path: String, name: &str, before: &Value, after: &Value, found: &mut Vec<Difference>) {
    let change = match (before, after) {
        (Value::Object(before), Value::Object(after)) => {
            let added = after.keys().filter(|key| !before.contains_key(*key));
            for key in before.keys().chain(added) {
                let dot = if path.is_empty() { "" } else { "." };
                walk(
                    format!("{path}{dot}{key}"),
                    key,
                    before.get(key).unwrap_or(&Value::Null),
                    after.get(key).unwrap_or(&Value::Null),
                    found,
                );
            }
            return;
        }
        (Value::Array(before), Value::Array(after)) => {
            for index in 0..before.len().max(after.len()) {
                walk(
                    format!("{path}[{index}]"),
                    name,
                    before.get(index).unwrap_or(&Value::Null),
                    after.get(index).unwrap_or(&Value::Null),
                    found,
                );
            }
            return;
        }
        (Value::Null, after) if says_nothing(after) => return,
        (Value::Null, _) => Change::Added,
        (_, Value::Null) => Change::Lost,
        (before, after) if same(name, before, after) => return,
        _ => Change::Changed,
    };
    found.push(Difference {
        path,
        change,
        before: before.clone(),
        after: after.clone(),
    });
}

fn says_nothing(value: &Value) -> bool {
    match value {
        Value::Null => true,
        Value::Array(items) => items.is_empty(),
        Value::Object(fields) => fields.values().all(says_nothing),
        _ => false,
    }
}

fn same(name: &str, before: &Value, after: &Value) -> bool {
    fn alike<T: PartialEq>(read: fn(&Value) -> Option<T>, before: &Value, after: &Value) -> bool {
        read(before).is_some_and(|value| read(after) == Some(value))
    }
    let decimal = before.is_f64() || after.is_f64();
    before == after
        || decimal && alike(Value::as_f64, before, after)
        || is_id(name) && alike(id, before, after)
        || is_time(name) && alike(instant, before, after)
}

fn is_id(name: &str) -> bool {
    name == "id" || name == "ids" || name.ends_with("_id") || name.ends_with("_ids")
}

fn id(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) if !number.is_f64() => Some(number.to_string()),
        _ => None,
    }
}

fn is_time(name: &str) -> bool {
    const NAMES: &[&str] = &["date", "first", "last", "timestamp", "timestamp_ms"];
    const ENDS: &[&str] = &["_at", "_at_ms", "_date", "_after", "_before"];
    NAMES.contains(&name) || ENDS.iter().any(|end| name.ends_with(end))
}

fn instant(value: &Value) -> Option<Timestamp> {
    Timestamp::deserialize(value).ok()
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::compare;

    fn differences(before: Value, after: Value) -> Vec<String> {
        let found = compare(&before, &after);
        found
            .iter()
            .map(|difference| format!("{}: {difference}", difference.path))
            .collect()
    }

    #[test]
    fn other_ways_to_write_the_same_are_no_difference() {
        for (before, after) in [
            (json!({"a": null}), json!({})),
            (json!({}), json!({"a": null})),
            (json!({"id": 5}), json!({"id": "5"})),
            (json!({"team_ids": [1, "2"]}), json!({"team_ids": ["1", 2]})),
            (
                json!({"created_at": "1734536224"}),
                json!({"created_at": 1_734_536_224}),
            ),
            (
                json!({"created_at": "2024-12-18T16:37:04.000+01:00"}),
                json!({"created_at": 1_734_536_224}),
            ),
            (
                json!({"created_at": 1_734_536_224_000_i64}),
                json!({"created_at": 1_734_536_224}),
            ),
            (json!({"spend": 5.0}), json!({"spend": 5})),
            (json!({"tags": null}), json!({"tags": []})),
            (json!({}), json!({"tags": {"data": [], "url": null}})),
        ] {
            assert_eq!(differences(before, after), [""; 0]);
        }
    }

    #[test]
    fn everything_else_is_told_with_its_place() {
        for (before, after, told) in [
            (json!({"a": {"b": 1}}), json!({"a": {}}), "a.b: lost 1"),
            (json!({"a": []}), json!({}), "a: lost []"),
            (json!({"a": ""}), json!({}), "a: lost \"\""),
            (json!({}), json!({"id": ""}), "id: added \"\""),
            (json!([{"a": 1}, 2]), json!([{"a": 1}]), "[1]: lost 2"),
            (
                json!({"size": "5"}),
                json!({"size": 5}),
                "size: changed \"5\" to 5",
            ),
            (
                json!({"id": "05"}),
                json!({"id": 5}),
                "id: changed \"05\" to 5",
            ),
            (
                json!({"name": "1734536224"}),
                json!({"name": 1_734_536_224}),
                "name: changed \"1734536224\" to 1734536224",
            ),
            (
                json!({"created_at": "2024-12-18T15:37:04.5Z"}),
                json!({"created_at": 1_734_536_224}),
                "created_at: changed \"2024-12-18T15:37:04.5Z\" to 1734536224",
            ),
            (
                json!({"created_at": ""}),
                json!({"created_at": 0}),
                "created_at: changed \"\" to 0",
            ),
            (
                json!({"a": true}),
                json!({"a": "true"}),
                "a: changed true to \"true\"",
            ),
            (json!({"a": 1}), json!({"a": 1.5}), "a: changed 1 to 1.5"),
        ] {
            assert_eq!(differences(before, after), [told]);
        }
    }

    #[test]
    fn a_long_value_is_cut() {
        let told = &differences(json!({"a": "x".repeat(500)}), json!({}))[0];
        assert!(told.ends_with('…') && told.len() < 120, "{told}");
    }
}
