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
