//! Rewriting JSON.

use fastrand::Rng;
use serde_json::{Map, Value, json};

use super::Quirk;
use super::fields::{
    is_closed, is_id, is_open, is_text_sometimes, is_time, is_whole, may_be_missing,
};

/// Where times in seconds are: from 1973 to 5138. Greater ones are in milliseconds already.
const SECONDS: std::ops::Range<i64> = 100_000_000..100_000_000_000;

/// The value that no enumeration has.
const UNKNOWN: &str = "emulator_unknown";

/// Rewrites one reply.
pub(super) struct Rewriter<'a> {
    kinds: &'a [Quirk],
    percent: u8,
    random: Rng,
}

impl<'a> Rewriter<'a> {
    /// What is drawn depends on the seed and the text, so that a reply looks the same when it is sent again.
    pub(super) fn new(kinds: &'a [Quirk], percent: u8, seed: u64, text: &[u8]) -> Self {
        let seed = text
            .iter()
            .fold(seed ^ 0xcbf2_9ce4_8422_2325, |hash, byte| {
                (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3)
            });
        Self {
            kinds,
            percent,
            random: Rng::with_seed(seed),
        }
    }

    /// Whether a field is hit by a quirk that could.
    fn hits(&mut self, quirk: Quirk) -> bool {
        self.kinds.contains(&quirk) && self.random.u8(..100) < self.percent
    }

    pub(super) fn rewrite(&mut self, value: &mut Value) {
        match value {
            Value::Object(object) => self.object("", object),
            Value::Array(items) => items.iter_mut().for_each(|item| self.rewrite(item)),
            _ => {}
        }
    }

    /// Rewrites the fields of an object, which is the value of a field `name`.
    fn object(&mut self, name: &str, object: &mut Map<String, Value>) {
        let closed = is_closed(name);
        if !closed {
            object.retain(|name, value| {
                !(loses_nothing(name, value) && self.hits(Quirk::MissingFields))
            });
        }
        for (name, value) in object.iter_mut() {
            if !closed && loses_nothing(name, value) && self.hits(Quirk::Nulls) {
                *value = Value::Null;
            } else {
                self.field(name, value);
            }
        }
        if closed {
            return;
        }
        if self.hits(Quirk::UnknownFields) {
            object.insert("emulator_unknown_scalar".to_owned(), UNKNOWN.into());
        }
        if self.hits(Quirk::UnknownFields) {
            let unknown = json!({"type": UNKNOWN, "items": [1, null, {"id": "x"}]});
            object.insert("emulator_unknown_object".to_owned(), unknown);
        }
    }

    fn field(&mut self, name: &str, value: &mut Value) {
        match value {
            Value::Object(object) if !object.is_empty() && !is_whole(name) => {
                self.object(name, object);
            }
            Value::Object(object) if object.is_empty() && self.hits(Quirk::EmptyArrays) => {
                *value = json!([]);
            }
            Value::Array(items) => items.iter_mut().for_each(|item| self.field(name, item)),
            Value::String(text) => {
                if is_open(name) && self.hits(Quirk::UnknownValues) {
                    UNKNOWN.clone_into(text);
                } else if is_id(name)
                    && let Some(number) = digits(text)
                    && self.hits(Quirk::NumericIds)
                {
                    *value = number.into();
                }
            }
            Value::Number(number) => {
                if let Some(seconds) = number.as_i64()
                    && is_time(name)
                    && SECONDS.contains(&seconds)
                    && self.hits(Quirk::Milliseconds)
                {
                    *value = (seconds * 1000).into();
                } else if is_text_sometimes(name) && self.hits(Quirk::TextNumbers) {
                    *value = number.to_string().into();
                }
            }
            _ => {}
        }
    }
}

/// Whether a reply without this field is still a legal one. A list that is left out would look like an
/// outage, and a null that is already there stays.
fn loses_nothing(name: &str, value: &Value) -> bool {
    may_be_missing(name) && (value.is_string() || value.is_number() || value.is_boolean())
}

/// Reads an id as the number that is written in the same way.
fn digits(text: &str) -> Option<u64> {
    let number: u64 = text.parse().ok()?;
    // Not every reader keeps more digits than these, so that a greater id would become another one.
    (number < 1 << 53 && number.to_string() == text).then_some(number)
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::{Quirk, Rewriter, UNKNOWN};

    fn rewritten(kinds: &[Quirk], percent: u8, mut value: Value) -> Value {
        let text = value.to_string();
        Rewriter::new(kinds, percent, 0, text.as_bytes()).rewrite(&mut value);
        value
    }

    #[test]
    fn each_quirk_changes_its_own_fields_only() {
        let reply = || {
            json!({
                "type": "conversation", "id": "12", "external_id": "34", "owner_id": 5,
                "created_at": 1_600_000_000, "priority": "none", "plan": {},
                "custom_attributes": {"order": 6, "seen_at": 1_600_000_000},
                "tags": {"type": "tag.list", "tags": []},
            })
        };
        for (quirk, pointer, expected) in [
            (Quirk::NumericIds, "/id", json!(12)),
            (Quirk::TextNumbers, "/owner_id", json!("5")),
            (Quirk::UnknownValues, "/priority", json!(UNKNOWN)),
            (
                Quirk::Milliseconds,
                "/created_at",
                json!(1_600_000_000_000_i64),
            ),
            (Quirk::EmptyArrays, "/plan", json!([])),
        ] {
            let mut value = rewritten(&[quirk], 100, reply());
            assert_eq!(value.pointer(pointer), Some(&expected));
            *value.pointer_mut(pointer).unwrap() = reply().pointer(pointer).unwrap().clone();
            assert_eq!(value, reply());
        }
        let missing = rewritten(&[Quirk::MissingFields], 100, reply());
        assert_eq!(
            missing,
            json!({
                "type": "conversation", "id": "12", "plan": {},
                "custom_attributes": {"order": 6, "seen_at": 1_600_000_000},
                "tags": {"type": "tag.list", "tags": []},
            })
        );
        let nulls = rewritten(&[Quirk::Nulls], 100, reply());
        assert_eq!(
            (&nulls["priority"], &nulls["id"]),
            (&Value::Null, &json!("12"))
        );
        let more = rewritten(&[Quirk::UnknownFields], 100, reply());
        assert_eq!(more["tags"]["emulator_unknown_object"]["type"], UNKNOWN);
    }

    #[test]
    fn what_is_needed_to_read_on_stays() {
        let pages =
            json!({"pages": {"type": "pages", "next": {"per_page": 2, "starting_after": "12"}}});
        assert_eq!(
            rewritten(&[Quirk::MissingFields, Quirk::Nulls], 100, pages.clone()),
            pages
        );
    }

    #[test]
    fn no_quirk_hits_at_zero_percent() {
        let reply = json!({"id": "12", "name": "Ada", "plan": {}});
        assert_eq!(rewritten(&Quirk::ALL, 0, reply.clone()), reply);
    }
}
