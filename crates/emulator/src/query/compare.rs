//! The operators of searches.

use std::cmp::Ordering;

use intercom_core::model::search::{Operator, Value};

/// Compares ids, of which an object has several.
pub(crate) fn has_one(ids: Vec<&str>, operator: &Operator, value: &Value) -> bool {
    let has = |value: &Value| ids.iter().any(|id| equal(&Value::from(*id), value));
    match (operator, value) {
        (Operator::Equal, Value::Null) => ids.is_empty(),
        (Operator::NotEqual, Value::Null) => !ids.is_empty(),
        (Operator::Equal, value) => has(value),
        (Operator::NotEqual, value) => !has(value),
        (Operator::In, value) => listed(value, has),
        (Operator::NotIn, value) => !listed(value, has),
        _ => false,
    }
}

fn listed(list: &Value, holds: impl Fn(&Value) -> bool) -> bool {
    list.as_list().is_some_and(|list| list.iter().any(holds))
}

/// Compares times by a unit, such as the day.
pub(crate) fn of_time(
    ours: Value,
    operator: &Operator,
    theirs: &Value,
    unit: impl Fn(&Value) -> Option<i64>,
) -> bool {
    let unit = |value: &Value| unit(value).map_or(Value::Null, Value::from);
    holds(&unit(&ours), operator, &unit(theirs))
}

/// Compares values. What says "not" holds for an object without a value too.
pub(crate) fn holds(ours: &Value, operator: &Operator, theirs: &Value) -> bool {
    match operator {
        Operator::Equal => equal(ours, theirs),
        Operator::NotEqual => !equal(ours, theirs),
        Operator::In => listed(theirs, |theirs| equal(ours, theirs)),
        Operator::NotIn => !listed(theirs, |theirs| equal(ours, theirs)),
        Operator::Less => compare(ours, theirs).is_some_and(Ordering::is_lt),
        Operator::LessOrEqual => compare(ours, theirs).is_some_and(Ordering::is_le),
        Operator::Greater => compare(ours, theirs).is_some_and(Ordering::is_gt),
        Operator::GreaterOrEqual => compare(ours, theirs).is_some_and(Ordering::is_ge),
        Operator::Contains => text_holds(ours, theirs, |ours, theirs| ours.contains(theirs)),
        Operator::NotContains => !text_holds(ours, theirs, |ours, theirs| ours.contains(theirs)),
        Operator::StartsWith => text_holds(ours, theirs, |ours, theirs| ours.starts_with(theirs)),
        Operator::EndsWith => text_holds(ours, theirs, |ours, theirs| ours.ends_with(theirs)),
        _ => false,
    }
}

/// The text by which a value is compared, whatever its case.
fn folded(value: &Value) -> Option<String> {
    match value {
        Value::Text(text) => Some(text.to_lowercase()),
        Value::Number(number) => Some(number.to_string()),
        Value::Bool(value) => Some(value.to_string()),
        _ => None,
    }
}

fn equal(ours: &Value, theirs: &Value) -> bool {
    match (ours.as_f64(), theirs.as_f64()) {
        (Some(ours), Some(theirs)) => ours == theirs,
        _ => folded(ours) == folded(theirs),
    }
}

fn compare(ours: &Value, theirs: &Value) -> Option<Ordering> {
    let number = |value: &Value| match value {
        Value::Text(text) => text.trim().parse().ok(),
        value => value.as_f64(),
    };
    number(ours)?.partial_cmp(&number(theirs)?)
}

fn text_holds(ours: &Value, theirs: &Value, holds: impl Fn(&str, &str) -> bool) -> bool {
    match (folded(ours), folded(theirs)) {
        (Some(ours), Some(theirs)) => holds(&ours, &theirs),
        _ => false,
    }
}
