//! What searches are refused.

use intercom_core::model::search::{Operator, Value};

use crate::query::field::Kind;
use crate::refusal::Refusal;

/// Refuses what the service does not search for.
pub(super) fn check(
    field: &str,
    kind: Kind,
    operator: &Operator,
    value: &Value,
) -> Result<(), Refusal> {
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
        Kind::Day(_) => matches!(operator, Equal | Less | Greater),
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
