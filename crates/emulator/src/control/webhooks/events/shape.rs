//! The form of items: the fields that notifications have, and how they write dates.

use intercom_core::model::Timestamp;
use serde::Serialize;
use serde_json::{Map, Value};

/// Writes a model as JSON. The models of the API have string keys only, so this does not fail.
pub(super) fn json(model: &impl Serialize) -> Value {
    serde_json::to_value(model).unwrap_or_default()
}

/// Keeps these fields. Those that are missing are null.
pub(super) fn pick(value: &Value, fields: &[&str]) -> Value {
    let picked = fields.iter().map(|field| {
        let value = value.get(*field).cloned().unwrap_or_default();
        ((*field).to_owned(), value)
    });
    Value::Object(picked.collect::<Map<_, _>>())
}

/// How a date ends.
#[derive(Debug, Clone, Copy)]
pub(super) enum Zone {
    /// `2026-01-10T04:11:34.013+00:00`
    Offset,
    /// `2026-01-10T08:00:00.000Z`
    Utc,
}

/// Writes a time in ISO 8601 with milliseconds.
pub(super) fn iso(time: Timestamp, zone: Zone) -> Value {
    let second = Timestamp::from_second(time.as_second()).to_string();
    let millisecond = time.as_millisecond().rem_euclid(1000);
    let zone = match zone {
        Zone::Offset => "+00:00",
        Zone::Utc => "Z",
    };
    format!("{}.{millisecond:03}{zone}", second.trim_end_matches('Z')).into()
}

/// Writes these fields, which are seconds, in ISO 8601. Null stays null.
pub(super) fn date(value: &mut Value, fields: &[&str], zone: Zone) {
    for field in fields {
        if let Some(value) = value.get_mut(*field)
            && let Some(second) = value.as_i64()
        {
            *value = iso(Timestamp::from_second(second), zone);
        }
    }
}

/// Writes an id as a number, if it is one.
pub(super) fn number(id: &str) -> Value {
    id.parse::<u64>().map_or_else(|_| id.into(), Value::from)
}

#[cfg(test)]
mod tests {
    use intercom_core::model::Timestamp;
    use serde_json::json;

    use super::{Zone, date, iso};

    #[test]
    fn dates_have_milliseconds_and_one_of_two_ends() {
        let time = Timestamp::from_millisecond(1_768_018_294_013);
        assert_eq!(iso(time, Zone::Offset), "2026-01-10T04:11:34.013+00:00");
        assert_eq!(iso(time, Zone::Utc), "2026-01-10T04:11:34.013Z");
        let mut value = json!({"a": 0, "b": null});
        date(&mut value, &["a", "b", "c"], Zone::Utc);
        assert_eq!(value, json!({"a": "1970-01-01T00:00:00.000Z", "b": null}));
    }
}
