//! Searching.

use http::StatusCode;
use intercom_core::ErrorCode;
use intercom_core::model::Timestamp;
use intercom_core::model::search::{Clause, Join, Operator, Sort, Value};

use super::compare::{has_one, holds, of_time};
use super::order::Key;
use crate::refusal::Refusal;

/// The most filters in a group.
const MAX_FILTERS: usize = 15;

const SECONDS_PER_DAY: i64 = 86_400;

/// How a field is compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    /// As the value that it has: a text, a number, a yes or no.
    Plain,
    /// By the day.
    Day,
    /// By the second.
    Second,
    /// By the second, where what is later or earlier may also be then.
    SecondOrThen {
        /// Whether it may be asked for in so many words, by `>=` and `<=`.
        in_words: bool,
    },
    /// As one of several ids.
    Ids,
    /// As one of several ids, with `=` and `!=` alone.
    IdsAsEqual,
}

/// What an object has in the fields by which it is searched.
pub(crate) trait Fields {
    /// What a field has that has one value.
    fn value(&self, field: &str) -> Value;

    /// What a field has that has several ids.
    fn ids(&self, field: &str) -> Vec<&str>;
}

fn unknown(field: &str) -> Refusal {
    Refusal::new(
        StatusCode::BAD_REQUEST,
        ErrorCode::InvalidField,
        format!("{field} is not a valid search field"),
    )
}

/// Refuses what the service does not search for.
pub(crate) fn check(clause: &Clause, kind: &impl Fn(&str) -> Option<Kind>) -> Result<(), Refusal> {
    let (field, operator, value) = match clause {
        Clause::Group { clauses, .. } => {
            if clauses.len() > MAX_FILTERS {
                let message = format!("a group has at most {MAX_FILTERS} filters");
                return Err(Refusal::invalid("query", message));
            }
            return clauses.iter().try_for_each(|clause| check(clause, kind));
        }
        Clause::Filter {
            field,
            operator,
            value,
        } => (field, operator, value),
    };
    let kind = kind(field).ok_or_else(|| unknown(field))?;
    if !Operator::KNOWN.contains(operator) {
        let message = format!("{operator} is not a valid operator");
        return Err(Refusal::invalid("query", message));
    }
    if value.is_null() && matches!(operator, Operator::Equal | Operator::NotEqual) {
        return Ok(());
    }
    let allowed = match kind {
        Kind::Plain | Kind::Ids => true,
        Kind::IdsAsEqual => matches!(operator, Operator::Equal | Operator::NotEqual),
        Kind::Day => matches!(
            operator,
            Operator::Equal | Operator::Less | Operator::Greater
        ),
        Kind::Second => matches!(
            operator,
            Operator::Equal
                | Operator::NotEqual
                | Operator::Less
                | Operator::LessOrEqual
                | Operator::Greater
                | Operator::GreaterOrEqual
        ),
        Kind::SecondOrThen { in_words } => match operator {
            Operator::Equal | Operator::NotEqual | Operator::Less | Operator::Greater => true,
            Operator::LessOrEqual | Operator::GreaterOrEqual => in_words,
            _ => false,
        },
    };
    if !allowed {
        let message = format!("the operator {operator} is not supported on {field}");
        return Err(Refusal::invalid("query", message));
    }
    let is_time = matches!(kind, Kind::Day | Kind::Second | Kind::SecondOrThen { .. });
    if is_time && value.as_time().is_none() {
        let message = format!("the value of {field} must be a time in seconds since 1970");
        return Err(Refusal::invalid("query", message));
    }
    let takes_list = matches!(operator, Operator::In | Operator::NotIn);
    if takes_list != value.as_list().is_some() {
        let kind = if takes_list {
            "a list"
        } else {
            "a single value"
        };
        let message = format!("the operator {operator} takes {kind}");
        return Err(Refusal::invalid("query", message));
    }
    Ok(())
}

/// The field by which the results are ordered, and whether the greatest comes first. Where it is not
/// strict, an order that does not exist is taken for none.
pub(crate) fn order<'a, S>(
    sort: Option<&'a Sort<S>>,
    strict: bool,
    kind: &impl Fn(&str) -> Option<Kind>,
) -> Result<(&'a str, bool), Refusal> {
    let field = sort
        .and_then(|sort| sort.field.as_deref())
        .unwrap_or("created_at");
    if matches!(kind(field), None | Some(Kind::Ids | Kind::IdsAsEqual)) {
        return Err(unknown(field));
    }
    let order = sort.and_then(|sort| sort.order.as_ref());
    match order.map_or("descending", |order| order.as_str()) {
        "ascending" => Ok((field, false)),
        "descending" => Ok((field, true)),
        other if strict => Err(Refusal::new(
            StatusCode::BAD_REQUEST,
            ErrorCode::InvalidSortOrder,
            format!("Invalid sort order '{other}'. Must be one of: ascending, descending"),
        )),
        _ => Ok((field, true)),
    }
}

/// Whether an object meets a clause that was checked.
pub(crate) fn matches(
    clause: &Clause,
    object: &impl Fields,
    kind: &impl Fn(&str) -> Option<Kind>,
) -> bool {
    let (field, operator, value) = match clause {
        Clause::Group { join, clauses } => {
            let mut meets = clauses.iter().map(|clause| matches(clause, object, kind));
            return match join {
                Join::And => meets.all(|meets| meets),
                Join::Or => meets.any(|meets| meets),
            };
        }
        Clause::Filter {
            field,
            operator,
            value,
        } => (field, operator, value),
    };
    let second = |value: &Value| value.as_time().map(Timestamp::as_second);
    match kind(field) {
        Some(Kind::Ids | Kind::IdsAsEqual) => has_one(object.ids(field), operator, value),
        Some(Kind::Day) => {
            let day = |value: &Value| Some(second(value)?.div_euclid(SECONDS_PER_DAY));
            of_time(object.value(field), operator, value, day)
        }
        Some(Kind::Second) => of_time(object.value(field), operator, value, second),
        Some(Kind::SecondOrThen { .. }) => {
            let operator = match operator {
                Operator::Less => &Operator::LessOrEqual,
                Operator::Greater => &Operator::GreaterOrEqual,
                operator => operator,
            };
            of_time(object.value(field), operator, value, second)
        }
        Some(Kind::Plain) => holds(&object.value(field), operator, value),
        None => false,
    }
}

/// By what a value is ordered.
pub(crate) fn key(value: &Value) -> Key {
    match value {
        Value::Number(number) => number.as_f64().map_or(Key::None, Key::Number),
        Value::Text(text) => Key::Text(text.to_lowercase()),
        Value::Bool(value) => Key::Number(f64::from(u8::from(*value))),
        _ => Key::None,
    }
}
