//! Tests of the value of a field.

use std::cmp::Ordering;

use intercom_core::model::Timestamp;
use intercom_core::model::search::{Operator, Value};

use super::text::{Text, TextTest};
use crate::query::field::{Kind, Term};
use crate::query::utc_offset::UtcOffset;

/// A test of the value of a field: its operator and operands, in the form that comparing needs.
#[derive(Debug)]
pub(crate) struct Test {
    /// Whether what the condition does not hold for passes; also an object without a value, then.
    negated: bool,
    condition: Condition,
}

#[derive(Debug)]
enum Condition {
    Never,
    IsNull,
    /// Equals one of these.
    Equals(Vec<Operand>),
    /// Is one of these times, in their unit.
    IsAt(Unit, Vec<i64>),
    Compares(f64, fn(Ordering) -> bool),
    ComparesTime(Unit, i64, fn(Ordering) -> bool),
    Text(TextTest, Text),
}

/// The unit by which times are compared.
#[derive(Debug, Clone, Copy)]
enum Unit {
    Day(UtcOffset),
    Second,
}

impl Unit {
    /// Returns the unit of a field; `None` if it is not a time.
    const fn of(kind: Kind) -> Option<Self> {
        match kind {
            Kind::Day(offset) => Some(Self::Day(offset)),
            Kind::Second | Kind::InclusiveSecond { .. } => Some(Self::Second),
            Kind::Plain | Kind::Ids | Kind::IdsByEquality => None,
        }
    }

    fn count(self, second: i64) -> i64 {
        match self {
            Self::Day(offset) => offset.day(second),
            Self::Second => second,
        }
    }

    fn of_term(self, term: Term<'_>) -> Option<i64> {
        Some(self.count(term.as_second()?))
    }

    fn of_value(self, value: &Value) -> Option<i64> {
        Some(self.count(value.as_time().map(Timestamp::as_second)?))
    }
}

/// A value to be equal to.
#[derive(Debug)]
struct Operand {
    text: Text,
    number: Option<f64>,
    is_number: bool,
}

impl Operand {
    fn new(value: &Value) -> Self {
        Self {
            text: Text::of(value),
            number: number_of(value),
            is_number: matches!(value, Value::Number(_)),
        }
    }

    fn equals(&self, term: Term<'_>) -> bool {
        match term {
            Term::None => false,
            Term::Number(number) => self.number == Some(number),
            Term::Bool(value) => self.text.as_str() == if value { "true" } else { "false" },
            Term::Text(text) => {
                (self.is_number && text == self.text.as_str()) || self.text.equals(text)
            }
        }
    }
}

fn number_of(value: &Value) -> Option<f64> {
    match value {
        Value::Text(text) => text.trim().parse().ok(),
        Value::Number(number) => number.as_f64(),
        _ => None,
    }
}

impl Test {
    /// Prepares a test that has been checked.
    pub(super) fn new(kind: Kind, operator: &Operator, value: &Value) -> Self {
        use Operator::{Equal, In, NotContains, NotEqual, NotIn};

        let condition = if matches!(operator, Equal | NotEqual | In | NotIn) {
            Condition::equality(kind, value)
        } else if value.is_null() || kind.has_ids() {
            None
        } else {
            Condition::comparison(kind, operator, value)
        };
        Self {
            negated: condition.is_some() && matches!(operator, NotEqual | NotIn | NotContains),
            condition: condition.unwrap_or(Condition::Never),
        }
    }

    /// Whether a value passes.
    pub(super) fn passes(&self, term: Term<'_>) -> bool {
        self.condition.holds(term) != self.negated
    }

    /// Whether the ids of an object pass. `any` returns whether any of them passes a test.
    pub(super) fn passes_ids(&self, any: impl Fn(&dyn Fn(&str) -> bool) -> bool) -> bool {
        let holds = match &self.condition {
            Condition::IsNull => !any(&|_| true),
            condition => any(&|id| condition.holds(Term::Text(id))),
        };
        holds != self.negated
    }
}

impl Condition {
    fn equality(kind: Kind, value: &Value) -> Option<Self> {
        let values = match value {
            Value::Null => return Some(Self::IsNull),
            Value::List(values) => values.as_slice(),
            value => std::slice::from_ref(value),
        };
        Some(match Unit::of(kind) {
            Some(unit) => {
                let times = values.iter().filter_map(|value| unit.of_value(value));
                Self::IsAt(unit, times.collect())
            }
            None => Self::Equals(values.iter().map(Operand::new).collect()),
        })
    }

    fn comparison(kind: Kind, operator: &Operator, value: &Value) -> Option<Self> {
        let inclusive = matches!(kind, Kind::InclusiveSecond { .. });
        let ordering: fn(Ordering) -> bool = match operator {
            Operator::Less if !inclusive => Ordering::is_lt,
            Operator::Less | Operator::LessOrEqual => Ordering::is_le,
            Operator::Greater if !inclusive => Ordering::is_gt,
            Operator::Greater | Operator::GreaterOrEqual => Ordering::is_ge,
            _ => return Some(Self::Text(TextTest::of(operator)?, Text::of(value))),
        };
        match Unit::of(kind) {
            Some(unit) => Some(Self::ComparesTime(unit, unit.of_value(value)?, ordering)),
            None => Some(Self::Compares(number_of(value)?, ordering)),
        }
    }

    fn holds(&self, term: Term<'_>) -> bool {
        match self {
            Self::Never => false,
            Self::IsNull => term == Term::None,
            Self::Equals(operands) => operands.iter().any(|operand| operand.equals(term)),
            Self::IsAt(unit, times) => unit.of_term(term).is_some_and(|ours| times.contains(&ours)),
            Self::Compares(number, ordering) => {
                let ours = match term {
                    Term::Number(number) => Some(number),
                    Term::Text(text) => text.trim().parse().ok(),
                    Term::None | Term::Bool(_) => None,
                };
                let order = ours.and_then(|ours| ours.partial_cmp(number));
                order.is_some_and(ordering)
            }
            Self::ComparesTime(unit, time, ordering) => {
                let ours = unit.of_term(term);
                ours.is_some_and(|ours| ordering(ours.cmp(time)))
            }
            Self::Text(test, text) => match term {
                Term::None => false,
                Term::Text(ours) => test.holds(ours, text),
                Term::Number(number) => test.holds(&number.to_string(), text),
                Term::Bool(value) => test.holds(if value { "true" } else { "false" }, text),
            },
        }
    }
}
