//! Changes to one part of a value, and what may change with it.

use std::fmt::Debug;

use proptest::prelude::*;
use proptest::sample::Index;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};

/// A step from a value into one of its parts.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Step {
    Key(String),
    Index(usize),
}

/// The places of all parts of a value.
pub(crate) fn places(value: &Value, at: &mut Vec<Step>, found: &mut Vec<Vec<Step>>) {
    let parts: Vec<(Step, &Value)> = match value {
        Value::Object(fields) => fields
            .iter()
            .map(|(key, value)| (Step::Key(key.clone()), value))
            .collect(),
        Value::Array(items) => items
            .iter()
            .enumerate()
            .map(|(index, value)| (Step::Index(index), value))
            .collect(),
        _ => Vec::new(),
    };
    for (step, part) in parts {
        at.push(step);
        found.push(at.clone());
        places(part, at, found);
        at.pop();
    }
}

pub(crate) fn part<'a>(value: &'a mut Value, place: &[Step]) -> &'a mut Value {
    place.iter().fold(value, |value, step| match step {
        Step::Key(key) => &mut value[key],
        Step::Index(index) => &mut value[*index],
    })
}

/// Equal but for what is at the place, or around it where it is in a list; `null` equals nothing.
pub(crate) fn same_but_for(before: &Value, after: &Value, place: &[Step]) -> bool {
    match (before, after, place) {
        (_, _, [] | [Step::Index(_)]) => true,
        (Value::Object(before), Value::Object(after), [Step::Key(changed), rest @ ..]) => {
            let keys = before.keys().chain(after.keys());
            keys.into_iter().all(|key| {
                let (before, after) = (
                    before.get(key).unwrap_or(&Value::Null),
                    after.get(key).unwrap_or(&Value::Null),
                );
                if key == changed {
                    same_but_for(before, after, rest)
                } else {
                    same(before, after)
                }
            })
        }
        (Value::Array(before), Value::Array(after), [Step::Index(changed), rest @ ..])
            if before.len() == after.len() =>
        {
            before
                .iter()
                .zip(after)
                .enumerate()
                .all(|(index, (before, after))| {
                    if index == *changed {
                        same_but_for(before, after, rest)
                    } else {
                        same(before, after)
                    }
                })
        }
        _ => false,
    }
}

pub(crate) fn same(before: &Value, after: &Value) -> bool {
    match (before, after) {
        (Value::Object(a), Value::Object(b)) => a.keys().chain(b.keys()).all(|key| {
            same(
                a.get(key).unwrap_or(&Value::Null),
                b.get(key).unwrap_or(&Value::Null),
            )
        }),
        (Value::Array(a), Value::Array(b)) => {
            a.len() == b.len() && a.iter().zip(b).all(|(a, b)| same(a, b))
        }
        _ => before == after,
    }
}

pub(crate) fn reads_what_it_wrote<T: Serialize + DeserializeOwned + PartialEq + Debug>(
    value: &T,
) -> Result<Value, TestCaseError> {
    let text = serde_json::to_string(value).unwrap();
    let back: T = serde_json::from_str(&text)
        .map_err(|error| TestCaseError::fail(format!("{error}: {text}")))?;
    prop_assert_eq!(&back, value);
    Ok(serde_json::from_str(&text).unwrap())
}

/// Changes one part of the value to each kind of surprise, and compares all other parts.
pub(crate) fn survives<T: Serialize + DeserializeOwned + Debug>(
    written: &Value,
    chosen: Index,
) -> Result<(), TestCaseError> {
    let mut found = Vec::new();
    places(written, &mut Vec::new(), &mut found);
    let Some(place) = found.get(chosen.index(found.len().max(1))) else {
        return Ok(());
    };
    let (last, parent) = place.split_last().unwrap();

    let mut changed = Vec::new();
    for surprise in [
        Value::Null,
        json!("surprise"),
        json!(-7.25),
        json!(true),
        json!([["surprise"]]),
        json!({"surprise": {}}),
    ] {
        let mut value = written.clone();
        *part(&mut value, place) = surprise;
        changed.push(value);
    }
    let mut removed = written.clone();
    match (part(&mut removed, parent), last) {
        (Value::Object(fields), Step::Key(key)) => {
            fields.remove(key);
        }
        (Value::Array(items), Step::Index(index)) => {
            items.remove(*index);
        }
        _ => unreachable!(),
    }
    changed.push(removed);

    for value in changed {
        let text = value.to_string();
        let read = intercom_model::from_slice::<T>(text.as_bytes());
        let (read, _) = read.map_err(|error| TestCaseError::fail(format!("{error}: {text}")))?;
        let after = serde_json::to_value(&read).unwrap();
        prop_assert!(
            same_but_for(written, &after, place),
            "{place:?}\n{text}\n{after}"
        );
    }

    let mut extended = written.clone();
    if let Value::Object(fields) = part(&mut extended, parent) {
        fields.insert("unknown_sibling".into(), json!([{"deep": [1]}]));
        let (read, _) = intercom_model::from_slice::<T>(extended.to_string().as_bytes()).unwrap();
        let mut after = serde_json::to_value(&read).unwrap();
        // Free-form maps keep what they do not know.
        if let Value::Object(fields) = part(&mut after, parent) {
            fields.remove("unknown_sibling");
        }
        prop_assert!(same(written, &after), "{extended}\n{after}");
    }
    Ok(())
}

/// Every field once set to something, so that no field is left out by chance.
pub(crate) fn schema_fields(schema: &schemars::Schema) -> usize {
    schema
        .get("properties")
        .and_then(Value::as_object)
        .map_or(0, Map::len)
}

/// Reads and writes the value as a flattened field of a struct of the caller's own.
pub(crate) fn survives_flattening<T: Serialize + DeserializeOwned + PartialEq + Debug>(
    value: &T,
) -> Result<(), TestCaseError> {
    #[derive(Debug, Serialize, Deserialize)]
    struct Own<T> {
        own_before: u8,
        #[serde(flatten)]
        inner: T,
        own_after: String,
    }

    let Value::Object(mut fields) = serde_json::to_value(value).unwrap() else {
        return Ok(());
    };
    fields.insert("own_before".into(), json!(1));
    fields.insert("own_after".into(), json!("kept"));
    let text = Value::Object(fields).to_string();
    let own: Own<T> = serde_json::from_str(&text)
        .map_err(|error| TestCaseError::fail(format!("{error}: {text}")))?;
    prop_assert_eq!(&own.inner, value, "{}", text);
    prop_assert_eq!((own.own_before, own.own_after.as_str()), (1, "kept"));
    let written: Value = serde_json::from_str(&serde_json::to_string(&own).unwrap()).unwrap();
    prop_assert_eq!(written.to_string(), text);
    Ok(())
}
