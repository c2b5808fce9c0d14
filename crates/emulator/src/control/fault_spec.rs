//! Faults as JSON.

use std::time::Duration;

use serde_json::{Map, Value, json};

use super::faults::{Rule, Selection};
use super::schema::{Field, Fields, Invalid, Kind, optional};
use crate::http::{Fault, operation_named};

/// The kinds of faults by name, with what each does.
pub(crate) const KINDS: &[&str] = &[
    "status",
    "page",
    "rate_limited",
    "empty_body",
    "truncated_body",
    "short_length",
    "broken_gzip",
    "trickle",
    "reset_before",
    "reset_after",
    "close_after",
    "hang",
];

/// The longest wait of a fault, in seconds: a day.
const MAX_WAIT: u64 = 86_400;

/// The fields of a fault.
pub(crate) static FIELDS: &[Field] = &[
    optional(
        "operation",
        Kind::Nullable(&Kind::Text),
        "The operation that fails, such as `contacts::Search`; any if it is left out.",
    ),
    optional(
        "kind",
        Kind::Choice(KINDS),
        "What goes wrong; `status` by default. docs/emulator.md describes each kind.",
    ),
    optional(
        "status",
        Kind::Integer(100, 999),
        "The status of the kinds `status` and `page`.",
    ),
    optional(
        "body",
        Kind::Any,
        "The body of the kind `status`: a string as it is, anything else as JSON; an error envelope by default.",
    ),
    optional(
        "headers",
        Kind::Map(&Kind::Text),
        "Headers of the kind `status`.",
    ),
    optional(
        "wait_seconds",
        Kind::Integer(0, MAX_WAIT),
        "When the window of the kind `rate_limited` resets; 10 by default.",
    ),
    optional(
        "pause_ms",
        Kind::Integer(0, MAX_WAIT * 1000),
        "The pause before each 16 bytes of the kind `trickle`; 100 by default.",
    ),
    optional(
        "nth",
        Kind::Integer(1, u64::MAX),
        "The first call that fails, counted from now; 1 by default.",
    ),
    optional(
        "times",
        Kind::Integer(1, u64::MAX),
        "How many calls in a row fail; 1 by default.",
    ),
    optional("always", Kind::Flag, "Every call fails from the first on."),
    optional(
        "min_per_page",
        Kind::Integer(1, u64::MAX),
        "Only calls for pages of at least this size count and fail; those that name no size are none.",
    ),
];

/// A fault and the calls that it is to hit.
#[derive(Debug)]
pub(crate) struct FaultSpec {
    pub(crate) operation: Option<&'static str>,
    pub(crate) selection: Selection,
    /// How many times, if that was said.
    pub(crate) times: Option<usize>,
    pub(crate) fault: Fault,
}

impl FaultSpec {
    /// Reads a fault, or says what is wrong with it.
    pub(crate) fn read(object: Map<String, Value>) -> Result<Self, Invalid> {
        let fields = Fields::checked(FIELDS, object)?;
        let operation = fields.text("operation").map(named).transpose()?;
        Ok(Self {
            operation,
            selection: selection(&fields)?,
            times: fields.count("times"),
            fault: fault(&fields)?,
        })
    }
}

/// Reads which calls are meant.
pub(crate) fn selection(fields: &Fields) -> Result<Selection, Invalid> {
    let times = fields.count("times");
    let always = fields.flag("always") == Some(true);
    if always && times.is_some() {
        return Err(Invalid::new("always", "give `times` or `always`, not both"));
    }
    Ok(Selection {
        first: fields.count("nth").unwrap_or(1),
        times: (!always).then_some(times.unwrap_or(1)),
        min_per_page: fields.integer("min_per_page"),
    })
}

pub(crate) fn named(name: &str) -> Result<&'static str, Invalid> {
    operation_named(name).map(|spec| spec.name).ok_or_else(|| {
        let message = format!(
            "there is no operation `{name}`; GET /_emulator/operations lists all, such as `contacts::Search`"
        );
        Invalid::new("operation", message)
    })
}

fn fault(fields: &Fields) -> Result<Fault, Invalid> {
    let status = || {
        let status = fields
            .integer("status")
            .and_then(|it| u16::try_from(it).ok());
        status.ok_or_else(|| Invalid::new("status", "`status` is required, such as 503"))
    };
    let kind = match fields.text("kind") {
        Some(kind) => kind,
        None if fields.has("status") => "status",
        None => {
            let message =
                "`kind` or `status` is required: `{\"status\": 503}` or `{\"kind\": \"hang\"}`";
            return Err(Invalid::new("kind", message));
        }
    };
    refuse_useless(kind, fields)?;
    Ok(match kind {
        "page" => Fault::page(status()?),
        "rate_limited" => {
            let wait = fields.integer("wait_seconds").unwrap_or(10);
            Fault::rate_limited(Duration::from_secs(wait))
        }
        "empty_body" => Fault::empty_body(),
        "truncated_body" => Fault::truncated_body(),
        "short_length" => Fault::short_length(),
        "broken_gzip" => Fault::broken_gzip(),
        "trickle" => {
            let pause = fields.integer("pause_ms").unwrap_or(100);
            Fault::trickle(Duration::from_millis(pause))
        }
        "reset_before" => Fault::reset_before(),
        "reset_after" => Fault::reset_after(),
        "close_after" => Fault::close_after(),
        "hang" => Fault::hang(),
        _ => {
            let mut fault = Fault::status(status()?);
            fault = match fields.get("body") {
                None | Some(Value::Null) => fault,
                Some(Value::String(text)) => fault.body(text.clone()),
                Some(json) => fault.body(json.to_string()),
            };
            for (name, value) in fields.object("headers").into_iter().flatten() {
                let value = value.as_str().unwrap_or_default();
                let valid = http::HeaderName::try_from(name.as_str()).is_ok()
                    && http::HeaderValue::try_from(value).is_ok();
                if !valid {
                    let field = format!("headers.{name}");
                    let message = format!("`{field}` is not a valid HTTP header");
                    return Err(Invalid::new(&field, message));
                }
                fault = fault.header(name, value);
            }
            fault
        }
    })
}

/// Refuses fields that have no effect on a kind of fault.
fn refuse_useless(kind: &str, fields: &Fields) -> Result<(), Invalid> {
    for (name, kinds) in [
        ("status", &["status", "page"][..]),
        ("body", &["status"]),
        ("headers", &["status"]),
        ("wait_seconds", &["rate_limited"]),
        ("pause_ms", &["trickle"]),
    ] {
        if fields.has(name) && !kinds.contains(&kind) {
            let message = format!(
                "`{name}` has no effect on the kind `{kind}`; it belongs to `{}`",
                kinds.join("` and `")
            );
            return Err(Invalid::new(name, message));
        }
    }
    Ok(())
}

/// Writes a rule as JSON.
pub(crate) fn show(rule: &Rule) -> Value {
    let mut shown = json!({
        "id": rule.id.0,
        "operation": rule.operation,
        "nth": rule.selection.first,
        "times": rule.selection.times,
        "always": rule.selection.times.is_none(),
        "min_per_page": rule.selection.min_per_page,
        "seen": rule.seen,
        "enabled": rule.enabled,
    });
    if let (Value::Object(shown), Value::Object(fault)) = (&mut shown, rule.fault.describe()) {
        shown.extend(fault);
    }
    shown
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::{FaultSpec, KINDS};

    fn read(value: Value) -> Result<FaultSpec, String> {
        let object = value.as_object().cloned().unwrap();
        FaultSpec::read(object).map_err(|error| error.message)
    }

    #[test]
    fn every_kind_reads_back_as_it_is_described() {
        for kind in KINDS {
            let mut fault = json!({ "kind": kind });
            if matches!(*kind, "status" | "page") {
                fault["status"] = 502.into();
            }
            let described = read(fault).unwrap().fault.describe();
            assert_eq!(described["kind"], *kind);
            let again = read(described.clone()).unwrap().fault.describe();
            assert_eq!(again, described);
        }
    }

    #[test]
    fn an_invalid_fault_is_refused() {
        for (fault, message) in [
            (json!({}), "`kind` or `status` is required"),
            (json!({"kind": "page"}), "`status` is required"),
            (
                json!({"kind": "hang", "status": 503}),
                "no effect on the kind `hang`",
            ),
            (
                json!({"status": 503, "times": 2, "always": true}),
                "not both",
            ),
            (
                json!({"status": 503, "operation": "contacts::Serach"}),
                "there is no operation",
            ),
            (
                json!({"status": 503, "headers": {"a b": "c"}}),
                "not a valid HTTP header",
            ),
        ] {
            let error = read(fault).unwrap_err();
            assert!(error.contains(message), "{error}");
        }
    }
}
