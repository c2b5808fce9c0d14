//! Whether a value fits a schema of a description.
//!
//! Schemas of OpenAPI 3.0 are a dialect: `nullable` in place of the type null, also beside a reference.
//! Several alternatives may fit where a description says `oneOf`, and formats are not checked, because
//! the official descriptions use both loosely. Fields that a schema does not name are allowed.

use serde_json::Value;

use crate::description::resolve;

/// How deep schemas may nest; deeper parts are not checked.
const DEPTH: usize = 32;

/// A part of a value that does not fit.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Mismatch {
    /// Where it is, such as `data[].location.city`; empty for the whole.
    pub(crate) place: String,
    /// What is wrong.
    pub(crate) text: String,
}

/// The schemas of a description.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Schemas<'a> {
    pub(crate) document: &'a Value,
    /// Whether required fields have to be there.
    pub(crate) check_required: bool,
}

impl<'a> Schemas<'a> {
    /// Returns every mismatch once, in the order of places.
    pub(crate) fn check(&self, schema: &'a Value, value: &Value) -> Vec<Mismatch> {
        let mut found = self.walk("", schema, value, DEPTH);
        found.sort();
        found.dedup();
        found
    }

    fn walk(&self, place: &str, schema: &'a Value, value: &Value, depth: usize) -> Vec<Mismatch> {
        let mut found = Vec::new();
        let Some(depth) = depth.checked_sub(1) else {
            return found;
        };
        let resolved = resolve(self.document, schema);
        if value.is_null() {
            if !self.takes_null(schema, depth) {
                found.push(mismatch(
                    place,
                    format!("null in place of {}", expected(resolved)),
                ));
            }
            return found;
        }
        if !is_of_type(resolved, value) {
            let text = format!("{} in place of {}", shown(value), expected(resolved));
            found.push(mismatch(place, text));
            return found;
        }
        let mut allowed = items(resolved, "enum").peekable();
        if allowed.peek().is_some() && !allowed.any(|one| one == value) {
            let text = format!("{} is not one of the described values", shown(value));
            found.push(mismatch(place, text));
        }
        match value {
            Value::Object(fields) => self.fields(place, resolved, fields, depth, &mut found),
            Value::Array(values) => {
                if let Some(schema) = resolved.get("items") {
                    let place = format!("{place}[]");
                    for value in values {
                        found.extend(self.walk(&place, schema, value, depth));
                    }
                }
            }
            _ => {}
        }
        for schema in items(resolved, "allOf") {
            found.extend(self.walk(place, schema, value, depth));
        }
        for alternatives in ["oneOf", "anyOf"] {
            let alternatives = self.alternatives(resolved, alternatives, value);
            let results = alternatives.map(|schema| self.walk(place, schema, value, depth));
            // The nearest is one that takes values of this kind, and has the fewest mismatches.
            let nearest = results.min_by_key(|result| {
                let is_other_kind = result.iter().any(|mismatch| mismatch.place == place);
                (is_other_kind, result.len())
            });
            found.extend(nearest.unwrap_or_default());
        }
        found
    }

    fn fields(
        &self,
        place: &str,
        schema: &'a Value,
        fields: &serde_json::Map<String, Value>,
        depth: usize,
        found: &mut Vec<Mismatch>,
    ) {
        let place_of = |name: &str| match place {
            "" => name.to_owned(),
            place => format!("{place}.{name}"),
        };
        let properties = schema.get("properties");
        let others = schema
            .get("additionalProperties")
            .filter(|schema| schema.is_object());
        for (name, value) in fields {
            let named = properties.and_then(|properties| properties.get(name));
            if let Some(schema) = named.or(others) {
                found.extend(self.walk(&place_of(name), schema, value, depth));
            }
        }
        for name in items(schema, "required").filter_map(Value::as_str) {
            if self.check_required && !fields.contains_key(name) {
                found.push(mismatch(&place_of(name), "missing".to_owned()));
            }
        }
    }

    /// The alternatives, or the one of them that the value names.
    fn alternatives(
        &self,
        schema: &'a Value,
        name: &'a str,
        value: &Value,
    ) -> impl Iterator<Item = &'a Value> {
        let chosen = schema.get("discriminator").and_then(|discriminator| {
            let field = discriminator.get("propertyName")?.as_str()?;
            let reference = discriminator
                .get("mapping")?
                .get(value.get(field)?.as_str()?)?;
            self.document
                .pointer(reference.as_str()?.strip_prefix('#')?)
        });
        let all = items(schema, name).filter(move |_| chosen.is_none());
        all.chain(chosen.filter(|_| schema.get(name).is_some()))
    }

    fn takes_null(&self, schema: &Value, depth: usize) -> bool {
        let Some(depth) = depth.checked_sub(1) else {
            return true;
        };
        let resolved = resolve(self.document, schema);
        let is_nullable = |schema: &Value| schema.get("nullable") == Some(&Value::Bool(true));
        let is_open = resolved.as_object().is_none_or(|keywords| {
            !["type", "properties", "enum", "oneOf", "anyOf", "allOf"]
                .iter()
                .any(|keyword| keywords.contains_key(*keyword))
        });
        is_nullable(schema)
            || is_nullable(resolved)
            || is_open
            || items(resolved, "enum").any(Value::is_null)
            || ["oneOf", "anyOf", "allOf"]
                .iter()
                .flat_map(|name| items(resolved, name))
                .any(|schema| self.takes_null(schema, depth))
    }
}

fn mismatch(place: &str, text: String) -> Mismatch {
    Mismatch {
        place: place.to_owned(),
        text,
    }
}

fn items<'a>(schema: &'a Value, name: &str) -> impl Iterator<Item = &'a Value> {
    schema
        .get(name)
        .and_then(Value::as_array)
        .into_iter()
        .flatten()
}

fn is_of_type(schema: &Value, value: &Value) -> bool {
    match schema.get("type").and_then(Value::as_str) {
        Some("string") => value.is_string(),
        Some("boolean") => value.is_boolean(),
        Some("number") => value.is_number(),
        Some("integer") => value.as_f64().is_some_and(|number| number.fract() == 0.0),
        Some("array") => value.is_array(),
        Some("object") => value.is_object(),
        _ => true,
    }
}

fn expected(schema: &Value) -> String {
    match schema.get("type").and_then(Value::as_str) {
        Some(kind @ ("integer" | "array" | "object")) => format!("an {kind}"),
        Some(kind) => format!("a {kind}"),
        None => "a value".to_owned(),
    }
}

/// How much of a value is shown.
const SHOWN: usize = 60;

fn shown(value: &Value) -> String {
    let text = value.to_string();
    match text.char_indices().nth(SHOWN) {
        Some((cut, _)) => format!("{}…", text.get(..cut).unwrap_or_default()),
        None => text,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::Schemas;

    fn places(schema: &Value, value: &Value) -> Vec<String> {
        let document = json!({
            "components": {
                "id": { "type": "string" },
                "cat": { "type": "object", "properties": { "lives": { "type": "integer" } } },
                "dog": { "type": "object", "properties": { "lives": { "type": "string" } } },
            }
        });
        let schemas = Schemas {
            document: &document,
            check_required: true,
        };
        let found = schemas.check(schema, value);
        found.into_iter().map(|found| found.place).collect()
    }

    #[test]
    fn what_does_not_fit_is_named_by_its_place() {
        let schema = json!({
            "type": "object",
            "required": ["id", "name"],
            "properties": {
                "id": { "$ref": "#/components/id" },
                "note": { "$ref": "#/components/id", "nullable": true },
                "tags": { "type": "array", "items": { "enum": ["a", "b"] } },
                "count": { "type": "integer" },
            },
            "additionalProperties": { "type": "boolean" },
        });
        let fits = json!({ "id": "1", "name": true, "note": null, "tags": ["a"], "count": 2.0 });
        assert_eq!(places(&schema, &fits), [""; 0]);
        let wrong = json!({ "id": null, "tags": ["a", "c", "d"], "count": 1.5, "other": 1 });
        assert_eq!(
            places(&schema, &wrong),
            ["count", "id", "name", "other", "tags[]", "tags[]"]
        );
    }

    #[test]
    fn one_alternative_must_fit_or_the_one_that_the_value_names() {
        let either = json!({ "oneOf": [{ "type": "string" }, { "$ref": "#/components/cat" }] });
        assert_eq!(places(&either, &json!({ "lives": 9 })), [""; 0]);
        assert_eq!(places(&either, &json!({ "lives": "9" })), ["lives"]);
        let named = json!({
            "oneOf": [{ "$ref": "#/components/cat" }, { "$ref": "#/components/dog" }],
            "discriminator": {
                "propertyName": "type",
                "mapping": { "cat": "#/components/cat", "dog": "#/components/dog" },
            },
        });
        assert_eq!(
            places(&named, &json!({ "type": "dog", "lives": "1" })),
            [""; 0]
        );
        assert_eq!(
            places(&named, &json!({ "type": "cat", "lives": "1" })),
            ["lives"]
        );
    }

    #[test]
    fn null_fits_only_where_it_is_allowed() {
        assert_eq!(places(&json!({ "type": "string" }), &json!(null)), [""]);
        for schema in [
            json!({}),
            json!({ "type": "string", "nullable": true }),
            json!({ "enum": ["a", null] }),
            json!({ "anyOf": [{ "type": "string" }, { "type": "object", "nullable": true }] }),
        ] {
            assert_eq!(places(&schema, &json!(null)), [""; 0], "{schema}");
        }
    }
}
