//! What a search demands of a field, for an index to find the candidates.

use intercom_core::model::Timestamp;
use intercom_core::model::search::{Clause, Join, Operator, Value};

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
