//! Filters: searches that have been checked and prepared.

use std::cmp::Ordering;

use http::StatusCode;
use intercom_core::ErrorCode;
use intercom_core::model::Timestamp;
use intercom_core::model::search::{Clause, Join, Operator, Value};

use super::field::{Field, Get, Kind, Term};
use crate::refusal::Refusal;

/// The most filters in a group.
const MAX_FILTERS: usize = 15;

/// How deep groups can be nested.
const MAX_DEPTH: usize = 2;

const SECONDS_PER_DAY: i64 = 86_400;

/// A search over objects of type `T`, checked and prepared.
pub(crate) enum Filter<'a, T> {
    All(Vec<Filter<'a, T>>),
    Any(Vec<Filter<'a, T>>),
    Test {
        get: Get<'a, T>,
        kind: Kind,
        operator: &'a Operator,
        wanted: Wanted,
    },
}

/// What a field is compared to.
#[derive(Debug)]
pub(crate) enum Wanted {
    Null,
    One(Operand),
    Many(Vec<Operand>),
}

/// A value of a search, in the forms that comparisons need.
#[derive(Debug)]
pub(crate) struct Operand {
    /// In lower case.
    text: String,
    number: Option<f64>,
    is_number: bool,
    /// The second or the day, for times.
    time: Option<i64>,
}

impl Operand {
    fn new(value: &Value, kind: Kind) -> Self {
        let (text, number) = match value {
            Value::Text(text) => (text.to_lowercase(), text.trim().parse().ok()),
            Value::Number(number) => (number.to_string(), number.as_f64()),
            Value::Bool(value) => (value.to_string(), None),
            _ => (String::new(), None),
        };
        let second = value.as_time().map(Timestamp::as_second);
        Self {
            text,
            number,
            is_number: matches!(value, Value::Number(_)),
            time: second.filter(|_| kind.is_time()).map(|it| unit(it, kind)),
        }
    }
}

/// Returns the unit by which times are compared: the day or the second.
fn unit(second: i64, kind: Kind) -> i64 {
    match kind {
        Kind::Day => second.div_euclid(SECONDS_PER_DAY),
        _ => second,
    }
}

pub(crate) fn unknown_field(field: &str) -> Refusal {
    Refusal::new(
        StatusCode::BAD_REQUEST,
        ErrorCode::InvalidField,
        format!("{field} is not a valid search field"),
    )
}

impl<'a, T: Copy> Filter<'a, T> {
    /// Checks and prepares a search. `field` returns the field of a name.
    pub(crate) fn new(
        clause: &'a Clause,
        field: &impl Fn(&'a str) -> Option<Field<'a, T>>,
    ) -> Result<Self, Refusal> {
        Self::at_depth(clause, field, 0)
    }

    fn at_depth(
        clause: &'a Clause,
        field: &impl Fn(&'a str) -> Option<Field<'a, T>>,
        depth: usize,
    ) -> Result<Self, Refusal> {
        match clause {
            Clause::Group { join, clauses } => {
                if clauses.len() > MAX_FILTERS {
                    let message = format!("a group has at most {MAX_FILTERS} filters");
                    return Err(Refusal::invalid("query", message));
                }
                if depth >= MAX_DEPTH {
                    let message = format!("groups can be nested at most {MAX_DEPTH} deep");
                    return Err(Refusal::invalid("query", message));
                }
                let filters = clauses
                    .iter()
                    .map(|clause| Self::at_depth(clause, field, depth + 1))
                    .collect::<Result<_, _>>()?;
                Ok(match join {
                    Join::And => Self::All(filters),
                    Join::Or => Self::Any(filters),
                })
            }
            Clause::Filter {
                field: name,
                operator,
                value,
            } => {
                let Field { kind, get } = field(name).ok_or_else(|| unknown_field(name))?;
                check(name, kind, operator, value)?;
                let wanted = match value {
                    Value::Null => Wanted::Null,
                    Value::List(list) => {
                        let operands = list.iter().map(|value| Operand::new(value, kind));
                        Wanted::Many(operands.collect())
                    }
                    value => Wanted::One(Operand::new(value, kind)),
                };
                Ok(Self::Test {
                    get,
                    kind,
                    operator,
                    wanted,
                })
            }
        }
    }

    /// Whether an object matches.
    pub(crate) fn matches(&self, object: T) -> bool {
        match self {
            Self::All(filters) => filters.iter().all(|filter| filter.matches(object)),
            Self::Any(filters) => filters.iter().any(|filter| filter.matches(object)),
            Self::Test {
                get: Get::Ids(get),
                operator,
                wanted,
                ..
            } => ids_match(&get(object), operator, wanted),
            Self::Test {
                get,
                kind,
                operator,
                wanted,
            } => value_matches(get.value(object), *kind, operator, wanted),
        }
    }
}

/// Refuses what the service does not search for.
fn check(field: &str, kind: Kind, operator: &Operator, value: &Value) -> Result<(), Refusal> {
    use Operator::{Equal, Greater, GreaterOrEqual, In, Less, LessOrEqual, NotEqual, NotIn};

    if !Operator::KNOWN.contains(operator) {
        let message = format!("{operator} is not a valid operator");
        return Err(Refusal::invalid("query", message));
    }
    if value.is_null() && matches!(operator, Equal | NotEqual) {
        return Ok(());
    }
    let allowed = match kind {
        Kind::Plain | Kind::Ids => true,
        Kind::IdsByEquality => matches!(operator, Equal | NotEqual),
        Kind::Day => matches!(operator, Equal | Less | Greater),
        Kind::Second => matches!(
            operator,
            Equal | NotEqual | Less | LessOrEqual | Greater | GreaterOrEqual
        ),
        Kind::InclusiveSecond { spelled_out } => match operator {
            Equal | NotEqual | Less | Greater | In | NotIn => true,
            LessOrEqual | GreaterOrEqual => spelled_out,
            _ => false,
        },
    };
    if !allowed {
        let message = format!("the operator {operator} is not supported on {field}");
        return Err(Refusal::invalid("query", message));
    }
    let values = match value {
        Value::List(values) => values.as_slice(),
        value => std::slice::from_ref(value),
    };
    if kind.is_time() && values.iter().any(|value| value.as_time().is_none()) {
        let message = format!("the value of {field} must be a time in seconds since 1970");
        return Err(Refusal::invalid("query", message));
    }
    let takes_list = matches!(operator, In | NotIn);
    if takes_list != value.as_list().is_some() {
        let expected = if takes_list {
            "a list"
        } else {
            "a single value"
        };
        let message = format!("the operator {operator} takes {expected}");
        return Err(Refusal::invalid("query", message));
    }
    Ok(())
}

fn ids_match(ids: &[&str], operator: &Operator, wanted: &Wanted) -> bool {
    let has = |operand: &Operand| ids.iter().any(|id| equal(Term::Text(id), operand));
    let any = match wanted {
        Wanted::Null => ids.is_empty(),
        Wanted::One(operand) => has(operand),
        Wanted::Many(operands) => operands.iter().any(has),
    };
    match operator {
        Operator::Equal | Operator::In => any,
        Operator::NotEqual | Operator::NotIn => !any,
        _ => false,
    }
}

/// Compares a value. Operators with "not" match an object without a value too.
fn value_matches(ours: Term<'_>, kind: Kind, operator: &Operator, wanted: &Wanted) -> bool {
    let time = kind.is_time();
    let ours_time = || Some(unit(ours.as_second()?, kind));
    let is = |operand: &Operand| {
        if time {
            ours_time() == operand.time
        } else {
            equal(ours, operand)
        }
    };
    let any = || match wanted {
        Wanted::Null => ours == Term::None,
        Wanted::One(operand) => is(operand),
        Wanted::Many(operands) => operands.iter().any(is),
    };
    let Wanted::One(operand) = wanted else {
        return match operator {
            Operator::Equal | Operator::In => any(),
            Operator::NotEqual | Operator::NotIn => !any(),
            _ => false,
        };
    };
    let order = || {
        if time {
            Some(ours_time()?.cmp(&operand.time?))
        } else {
            number(ours)?.partial_cmp(&operand.number?)
        }
    };
    let inclusive = matches!(kind, Kind::InclusiveSecond { .. });
    match operator {
        Operator::Equal | Operator::In => is(operand),
        Operator::NotEqual | Operator::NotIn => !is(operand),
        Operator::Less if !inclusive => order().is_some_and(Ordering::is_lt),
        Operator::Less | Operator::LessOrEqual => order().is_some_and(Ordering::is_le),
        Operator::Greater if !inclusive => order().is_some_and(Ordering::is_gt),
        Operator::Greater | Operator::GreaterOrEqual => order().is_some_and(Ordering::is_ge),
        Operator::Contains => has_text(ours, |text| text.contains(&operand.text)),
        Operator::NotContains => !has_text(ours, |text| text.contains(&operand.text)),
        Operator::StartsWith => has_text(ours, |text| text.starts_with(&operand.text)),
        Operator::EndsWith => has_text(ours, |text| text.ends_with(&operand.text)),
        _ => false,
    }
}

fn number(term: Term<'_>) -> Option<f64> {
    match term {
        Term::Number(number) => Some(number),
        Term::Text(text) => text.trim().parse().ok(),
        _ => None,
    }
}

fn equal(ours: Term<'_>, operand: &Operand) -> bool {
    match ours {
        Term::None => false,
        Term::Number(number) => operand.number == Some(number),
        Term::Bool(true) => operand.text == "true",
        Term::Bool(false) => operand.text == "false",
        Term::Text(text) if operand.is_number && text == operand.text => true,
        Term::Text(text) if text.is_ascii() => text.eq_ignore_ascii_case(&operand.text),
        Term::Text(text) => text.to_lowercase() == operand.text,
    }
}

fn has_text(ours: Term<'_>, test: impl Fn(&str) -> bool) -> bool {
    match ours {
        Term::None => false,
        Term::Text(text) => test(&text.to_lowercase()),
        Term::Number(number) => test(&number.to_string()),
        Term::Bool(value) => test(if value { "true" } else { "false" }),
    }
}

/// Returns the earliest second that a time field must have for an object to match, if the search
/// demands one.
pub(crate) fn wanted_since(clause: &Clause, field: &str) -> Option<i64> {
    match clause {
        Clause::Group {
            join: Join::And,
            clauses,
        } => clauses
            .iter()
            .find_map(|clause| wanted_since(clause, field)),
        Clause::Filter {
            field: other,
            operator: Operator::Greater | Operator::GreaterOrEqual | Operator::Equal,
            value,
        } if other == field => value.as_time().map(Timestamp::as_second),
        _ => None,
    }
}

/// Returns the texts of which a field must equal one for an object to match, in lower case, if the
/// search demands that at all. An index on the field then finds all candidates.
pub(crate) fn wanted_texts(clause: &Clause, field: &str) -> Option<Vec<String>> {
    let text = |value: &Value| match value {
        Value::Text(text) => Some(text.to_lowercase()),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    };
    match clause {
        Clause::Group {
            join: Join::And,
            clauses,
        } => clauses
            .iter()
            .find_map(|clause| wanted_texts(clause, field)),
        Clause::Filter {
            field: other,
            operator,
            value,
        } if other == field => match (operator, value) {
            (Operator::Equal, value) => text(value).map(|text| vec![text]),
            (Operator::In, Value::List(values)) => values.iter().map(text).collect(),
            _ => None,
        },
        _ => None,
    }
}
