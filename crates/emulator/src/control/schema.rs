//! The shapes of the control API's JSON: one declaration checks what is received and describes it.

use std::fmt;

use serde_json::{Map, Value};

/// The kind of a value.
#[derive(Debug)]
pub(crate) enum Kind {
    Text,
    Flag,
    /// An integer in this range.
    Integer(u64, u64),
    /// A number in this range.
    Number(f64, f64),
    /// One of these words.
    Choice(&'static [&'static str]),
    /// Anything.
    Any,
    /// An object with any fields of one kind.
    Map(&'static Kind),
    List(&'static Kind),
    Object(&'static Shape),
    /// The kind, or null.
    Nullable(&'static Kind),
}

/// An object with known fields.
#[derive(Debug)]
pub(crate) struct Shape {
    pub(crate) name: &'static str,
    pub(crate) about: &'static str,
    pub(crate) fields: &'static [Field],
}

#[derive(Debug)]
pub(crate) struct Field {
    pub(crate) name: &'static str,
    pub(crate) kind: Kind,
    pub(crate) required: bool,
    pub(crate) about: &'static str,
}

pub(crate) const fn required(name: &'static str, kind: Kind, about: &'static str) -> Field {
    Field {
        name,
        kind,
        required: true,
        about,
    }
}

pub(crate) const fn optional(name: &'static str, kind: Kind, about: &'static str) -> Field {
    Field {
        name,
        kind,
        required: false,
        about,
    }
}

/// Why a value is not of its shape.
#[derive(Debug)]
pub(crate) struct Invalid {
    /// The path of the field, such as `headers.accept`; empty for the whole.
    pub(crate) field: String,
    pub(crate) message: String,
}

impl Invalid {
    pub(crate) fn new(field: &str, message: impl Into<String>) -> Self {
        Self {
            field: field.to_owned(),
            message: message.into(),
        }
    }
}

impl fmt::Display for Invalid {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

/// Joins words for an error: `a`, `b` or `c`.
fn listed(words: impl Iterator<Item = &'static str>) -> String {
    let words: Vec<_> = words.map(|word| format!("`{word}`")).collect();
    words.join(", ")
}

/// Checks that an object has the fields of a shape, and no others.
pub(crate) fn check(
    fields: &[Field],
    object: &Map<String, Value>,
    at: &str,
) -> Result<(), Invalid> {
    for (name, value) in object {
        let path = join(at, name);
        let Some(field) = fields.iter().find(|field| field.name == name) else {
            let known = if fields.is_empty() {
                "no fields are known here".to_owned()
            } else {
                let names = fields.iter().map(|field| field.name);
                format!("the known fields are {}", listed(names))
            };
            return Err(Invalid::new(
                &path,
                format!("unknown field `{path}`; {known}"),
            ));
        };
        // Null is the same as nothing, unless it means something.
        if !value.is_null() || matches!(field.kind, Kind::Nullable(_) | Kind::Any) {
            check_value(&field.kind, value, &path)?;
        }
    }
    for field in fields.iter().filter(|field| field.required) {
        if object.get(field.name).is_none_or(Value::is_null)
            && !allows_null(&field.kind, object, field.name)
        {
            let path = join(at, field.name);
            let message = format!("`{path}` is required: {}", field.about);
            return Err(Invalid::new(&path, message));
        }
    }
    Ok(())
}

fn allows_null(kind: &Kind, object: &Map<String, Value>, name: &str) -> bool {
    matches!(kind, Kind::Nullable(_) | Kind::Any) && object.contains_key(name)
}

fn join(at: &str, name: &str) -> String {
    if at.is_empty() {
        name.to_owned()
    } else {
        format!("{at}.{name}")
    }
}

fn check_value(kind: &Kind, value: &Value, path: &str) -> Result<(), Invalid> {
    let wrong = |expected: &str| {
        let message = format!("`{path}` must be {expected}, not {}", name_of(value));
        Err(Invalid::new(path, message))
    };
    match kind {
        Kind::Any => Ok(()),
        Kind::Nullable(_) if value.is_null() => Ok(()),
        Kind::Nullable(kind) => check_value(kind, value, path),
        Kind::Text if value.is_string() => Ok(()),
        Kind::Text => wrong("a string"),
        Kind::Flag if value.is_boolean() => Ok(()),
        Kind::Flag => wrong("true or false"),
        Kind::Integer(least, most) => match value.as_u64() {
            Some(number) if (*least..=*most).contains(&number) => Ok(()),
            _ if !value.is_number() => wrong("an integer"),
            _ => {
                let message = match *most {
                    u64::MAX => format!("`{path}` must be an integer of at least {least}"),
                    most => format!("`{path}` must be from {least} to {most}"),
                };
                Err(Invalid::new(path, message))
            }
        },
        Kind::Number(least, most) => match value.as_f64() {
            Some(number) if (*least..=*most).contains(&number) => Ok(()),
            Some(_) => {
                let message = format!("`{path}` must be from {least} to {most}");
                Err(Invalid::new(path, message))
            }
            None => wrong("a number"),
        },
        Kind::Choice(words) => match value.as_str() {
            Some(word) if words.contains(&word) => Ok(()),
            _ => {
                let words = listed(words.iter().copied());
                let message = format!("`{path}` must be one of {words}");
                Err(Invalid::new(path, message))
            }
        },
        Kind::List(kind) => match value.as_array() {
            Some(items) => items
                .iter()
                .enumerate()
                .try_for_each(|(at, item)| check_value(kind, item, &format!("{path}[{at}]"))),
            None => wrong("an array"),
        },
        Kind::Map(kind) => match value.as_object() {
            Some(fields) => fields
                .iter()
                .try_for_each(|(name, value)| check_value(kind, value, &join(path, name))),
            None => wrong("an object"),
        },
        Kind::Object(shape) => match value.as_object() {
            Some(object) => check(shape.fields, object, path),
            None => wrong("an object"),
        },
    }
}

fn name_of(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "a boolean",
        Value::Number(_) => "a number",
        Value::String(_) => "a string",
        Value::Array(_) => "an array",
        Value::Object(_) => "an object",
    }
}

/// Fields that have been checked.
#[derive(Debug, Default)]
pub(crate) struct Fields(Map<String, Value>);

impl Fields {
    /// Checks fields against their declaration.
    pub(crate) fn checked(fields: &[Field], object: Map<String, Value>) -> Result<Self, Invalid> {
        check(fields, &object, "")?;
        Ok(Self(object))
    }

    /// Checks the arguments of a query, which are text.
    pub(crate) fn of_query(fields: &[Field], query: &str) -> Result<Self, Invalid> {
        let mut object = Map::new();
        for (name, text) in form_urlencoded::parse(query.as_bytes()) {
            let field = fields.iter().find(|field| field.name == name);
            let value = match field.map(|field| &field.kind) {
                Some(Kind::Integer(..)) => text.parse::<u64>().ok().map(Value::from),
                Some(Kind::Flag) => text.parse::<bool>().ok().map(Value::from),
                _ => None,
            };
            let value = value.unwrap_or_else(|| Value::String(text.into_owned()));
            object.insert(name.into_owned(), value);
        }
        Self::checked(fields, object)
    }

    pub(crate) fn get(&self, name: &str) -> Option<&Value> {
        self.0.get(name)
    }

    /// Whether the field is there, even as null.
    pub(crate) fn has(&self, name: &str) -> bool {
        self.0.contains_key(name)
    }

    pub(crate) fn text(&self, name: &str) -> Option<&str> {
        self.get(name)?.as_str()
    }

    pub(crate) fn integer(&self, name: &str) -> Option<u64> {
        self.get(name)?.as_u64()
    }

    /// An integer that counts things in memory.
    pub(crate) fn count(&self, name: &str) -> Option<usize> {
        self.integer(name)
            .map(|count| usize::try_from(count).unwrap_or(usize::MAX))
    }

    pub(crate) fn number(&self, name: &str) -> Option<f64> {
        self.get(name)?.as_f64()
    }

    pub(crate) fn flag(&self, name: &str) -> Option<bool> {
        self.get(name)?.as_bool()
    }

    pub(crate) fn object(&self, name: &str) -> Option<&Map<String, Value>> {
        self.get(name)?.as_object()
    }

    pub(crate) fn list(&self, name: &str) -> Option<&Vec<Value>> {
        self.get(name)?.as_array()
    }

    pub(crate) fn to_object(&self) -> Map<String, Value> {
        self.0.clone()
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::{Field, Fields, Kind, Shape, optional, required};

    static INNER: Shape = Shape {
        name: "Inner",
        about: "",
        fields: &[required("a", Kind::Flag, "whether it is")],
    };

    static FIELDS: &[Field] = &[
        optional("count", Kind::Integer(1, 9), "how many"),
        optional(
            "limit",
            Kind::Nullable(&Kind::Integer(0, u64::MAX)),
            "the limit",
        ),
        optional("words", Kind::List(&Kind::Choice(&["x", "y"])), "the words"),
        optional("inner", Kind::Object(&INNER), "more"),
    ];

    #[test]
    fn a_value_of_another_shape_is_refused_by_its_path() {
        for (value, message) in [
            (
                json!({"cuont": 1}),
                "unknown field `cuont`; the known fields are `count`, `limit`, `words`, `inner`",
            ),
            (
                json!({"count": "1"}),
                "`count` must be an integer, not a string",
            ),
            (json!({"count": 10}), "`count` must be from 1 to 9"),
            (
                json!({"limit": -1}),
                "`limit` must be an integer of at least 0",
            ),
            (
                json!({"words": ["x", "z"]}),
                "`words[1]` must be one of `x`, `y`",
            ),
            (json!({"inner": {}}), "`inner.a` is required: whether it is"),
            (
                json!({"inner": {"a": true, "b": 1}}),
                "unknown field `inner.b`; the known fields are `a`",
            ),
        ] {
            let object = value.as_object().cloned().unwrap();
            let error = Fields::checked(FIELDS, object).unwrap_err();
            assert_eq!(error.message, message);
        }
    }

    #[test]
    fn null_is_a_value_only_where_it_means_something() {
        let object = json!({"count": null, "limit": null});
        let fields = Fields::checked(FIELDS, object.as_object().cloned().unwrap()).unwrap();
        assert_eq!(fields.integer("count"), None);
        assert!(fields.has("limit"));
    }

    #[test]
    fn the_arguments_of_a_query_are_read_by_their_kind() {
        let fields = Fields::of_query(FIELDS, "count=3").unwrap();
        assert_eq!(fields.integer("count"), Some(3));
        assert!(Fields::of_query(FIELDS, "count=many").is_err());
    }
}
