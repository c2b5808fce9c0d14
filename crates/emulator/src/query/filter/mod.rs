//! Filters: searches that have been checked and prepared.

mod check;
mod test;
mod text;
mod wanted;

use http::StatusCode;
use intercom_core::ErrorCode;
use intercom_core::model::search::{Clause, Join};

use self::check::check;
use self::test::Test;
use super::field::{Field, Get};
use crate::refusal::Refusal;

pub(crate) use wanted::{wanted_since, wanted_texts};

/// The most filters in a group.
const MAX_FILTERS: usize = 15;

/// How deep groups can be nested.
const MAX_DEPTH: usize = 2;

/// How many objects are read at a time.
const BATCH: usize = 64;

/// A search over objects of type `T`, checked and prepared.
pub(crate) enum Filter<'a, T> {
    All(Vec<Filter<'a, T>>),
    Any(Vec<Filter<'a, T>>),
    Field(Get<'a, T>, Test),
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
                Ok(Self::Field(get, Test::new(kind, operator, value)))
            }
        }
    }

    /// Iterates over the objects that match.
    pub(crate) fn select(&self, objects: impl Iterator<Item = T>) -> impl Iterator<Item = T> {
        let mut objects = objects;
        let batches = std::iter::from_fn(move || {
            let mut batch: Vec<_> = objects.by_ref().take(BATCH).collect();
            if batch.is_empty() {
                return None;
            }
            self.retain(&mut batch);
            Some(batch)
        });
        batches.flatten()
    }

    /// Keeps the objects that match. Most of the time goes into waiting for memory: reading a field of all
    /// objects before comparing any waits for all of them at once.
    fn retain(&self, objects: &mut Vec<T>) {
        match self {
            Self::All(filters) => filters.iter().for_each(|filter| filter.retain(objects)),
            Self::Any(_) | Self::Field(Get::Ids(_), _) => {
                objects.retain(|object| self.matches(*object));
            }
            Self::Field(get, test) => {
                let terms: Vec<_> = objects.iter().map(|object| get.value(*object)).collect();
                let mut terms = terms.into_iter();
                objects.retain(|_| terms.next().is_some_and(|term| test.passes(term)));
            }
        }
    }

    /// Whether an object matches.
    pub(crate) fn matches(&self, object: T) -> bool {
        match self {
            Self::All(filters) => filters.iter().all(|filter| filter.matches(object)),
            Self::Any(filters) => filters.iter().any(|filter| filter.matches(object)),
            Self::Field(Get::Ids(any), test) => test.passes_ids(|test| any(object, test)),
            Self::Field(get, test) => test.passes(get.value(object)),
        }
    }
}

#[cfg(test)]
mod tests {
    use intercom_core::model::search::Clause;
    use proptest::prelude::*;
    use serde_json::{Value, json};

    use super::{BATCH, Filter};
    use crate::query::field::{Field, Kind, Term};

    fn field(name: &str) -> Option<Field<'_, usize>> {
        Some(match name {
            "number" => Field::one(Kind::Plain, |number| Term::from(number as u64)),
            "even" => Field::one(Kind::Plain, |number| Term::from(number % 2 == 0)),
            "rest" => Field::one(Kind::Plain, |number| {
                Term::from(["none", "one"].get(number % 3).copied())
            }),
            "ids" => Field::ids(Kind::Ids, |number, test| number % 5 == 0 && test("five")),
            _ => return None,
        })
    }

    fn clauses() -> impl Strategy<Value = Value> {
        let filter = |field: &str, operator: &str, value: Value| json!({ "field": field, "operator": operator, "value": value });
        let clause = prop_oneof![
            (0..4 * BATCH).prop_map(move |number| filter("number", "<", number.into())),
            any::<bool>().prop_map(move |even| filter("even", "=", even.into())),
            Just(filter("rest", "~", "ONE".into())),
            Just(filter("rest", "=", Value::Null)),
            Just(filter("ids", "!=", "five".into())),
        ];
        let group = |inner: BoxedStrategy<Value>| {
            let join = prop::sample::select(vec!["AND", "OR"]);
            let clauses = prop::collection::vec(inner, 1..4);
            (join, clauses).prop_map(|(join, value)| json!({ "operator": join, "value": value }))
        };
        let clause = clause.boxed();
        group(prop_oneof![clause.clone(), group(clause)].boxed())
    }

    proptest! {
        #[test]
        fn selecting_in_batches_finds_what_matches(clause in clauses(), count in 0..4 * BATCH) {
            let clause: Clause = serde_json::from_value(clause).unwrap();
            let filter = Filter::new(&clause, &field).unwrap();
            let selected: Vec<_> = filter.select(0..count).collect();
            let matching: Vec<_> = (0..count).filter(|number| filter.matches(*number)).collect();
            prop_assert_eq!(selected, matching);
        }
    }
}
