//! Names by which fixtures refer to each other.

use std::collections::BTreeMap;

use serde_json::{Map, Value};

use crate::control::schema::Invalid;

/// The ids of objects by their `$name`.
#[derive(Debug, Default)]
pub(super) struct Names(BTreeMap<String, Value>);

impl Names {
    /// Names an object that was made.
    pub(super) fn add(&mut self, name: String, object: &Value) -> Result<(), Invalid> {
        // The message that starts a conversation has the conversation's id beside its own.
        let ids = ["conversation_id", "id"].into_iter();
        let id = ids.map(|field| &object[field]).find(|id| !id.is_null());
        let Some(id) = id else {
            let message = "an object without an id cannot have a `$name`";
            return Err(Invalid::new("$name", message));
        };
        if self.0.insert(name.clone(), id.clone()).is_some() {
            let message = format!("there are two objects with the `$name` `{name}`");
            return Err(Invalid::new("$name", message));
        }
        Ok(())
    }

    /// Replaces `$name` by the id, wherever it is a whole string.
    pub(super) fn resolve(&self, value: &Value) -> Value {
        match value {
            Value::String(text) => self.find(text).cloned().unwrap_or_else(|| value.clone()),
            Value::Array(items) => items.iter().map(|item| self.resolve(item)).collect(),
            Value::Object(fields) => {
                let resolved = fields.iter().map(|(name, value)| {
                    let kept = name == "$name";
                    (
                        name.clone(),
                        if kept {
                            value.clone()
                        } else {
                            self.resolve(value)
                        },
                    )
                });
                Value::Object(resolved.collect())
            }
            other => other.clone(),
        }
    }

    /// Replaces a part of a path that is a `$name`.
    pub(super) fn id_of(&self, part: &str) -> String {
        match self.find(part) {
            Some(Value::String(id)) => id.clone(),
            Some(id) => id.to_string(),
            None => part.to_owned(),
        }
    }

    fn find(&self, text: &str) -> Option<&Value> {
        self.0.get(text.strip_prefix('$')?)
    }

    pub(super) fn into_object(self) -> Map<String, Value> {
        self.0.into_iter().collect()
    }
}

/// Writes an argument of a path.
pub(super) fn escaped(argument: &str) -> impl Iterator<Item = &str> {
    form_urlencoded::byte_serialize(argument.as_bytes()).map(|part| match part {
        "+" => "%20",
        part => part,
    })
}
