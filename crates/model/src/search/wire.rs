//! Queries as they are sent.

use std::fmt;

use serde::de::Error;
use serde::ser::SerializeStruct;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::AttributeValue;
use crate::vocabulary::open_enum::open_enum;

/// How many filters the service takes in a group.
const MOST_FILTERS: usize = 15;

/// What a field is compared with: a scalar, a list of scalars, or nothing.
pub type Value = AttributeValue;

open_enum! {
    /// How a field is compared.
    pub enum Operator {
        Equal = "=",
        NotEqual = "!=",
        /// Equal to one of a list.
        In = "IN",
        /// Equal to none of a list.
        NotIn = "NIN",
        Less = "<",
        LessOrEqual = "<=",
        Greater = ">",
        GreaterOrEqual = ">=",
        Contains = "~",
        NotContains = "!~",
        StartsWith = "^",
        EndsWith = "$",
    }
}

/// How clauses are joined.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "proptest", derive(proptest_derive::Arbitrary))]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
pub enum Join {
    /// All must match.
    #[serde(rename = "AND")]
    And,
    /// One must match.
    #[serde(rename = "OR")]
    Or,
}

/// A query as it is sent: what a server reads and evaluates.
#[derive(Debug, Clone, PartialEq)]
pub enum Clause {
    /// A comparison.
    Filter {
        /// The name of the field, such as `location.city`.
        field: String,
        /// How to compare.
        operator: Operator,
        /// With what.
        value: Value,
    },
    /// Clauses joined.
    Group {
        /// How they are joined.
        join: Join,
        /// What is joined.
        clauses: Vec<Clause>,
    },
}

impl Clause {
    /// Joins filters, or groups of them. The service wants either in one list, and not both: a filter
    /// beside groups becomes a group of its own.
    pub(super) fn joined(join: Join, clauses: impl IntoIterator<Item = Self>) -> Self {
        let mut clauses: Vec<Self> = clauses.into_iter().collect();
        if clauses
            .iter()
            .any(|clause| matches!(clause, Self::Group { .. }))
        {
            for clause in &mut clauses {
                if matches!(clause, Self::Filter { .. }) {
                    let filter = std::mem::replace(
                        clause,
                        Self::Group {
                            join: Join::And,
                            clauses: Vec::new(),
                        },
                    );
                    if let Self::Group { clauses, .. } = clause {
                        clauses.push(filter);
                    }
                }
            }
        }
        Self::Group { join, clauses }
    }

    /// What a group joins; a filter is alone.
    pub(super) fn into_clauses(self) -> impl Iterator<Item = Self> {
        match self {
            Self::Group { clauses, .. } => clauses,
            filter @ Self::Filter { .. } => vec![filter],
        }
        .into_iter()
    }

    /// Whether every group has as many filters as the service takes.
    pub(super) fn check(&self) -> Result<(), String> {
        let Self::Group { clauses, .. } = self else {
            return Ok(());
        };
        if !(1..=MOST_FILTERS).contains(&clauses.len()) {
            return Err(format!(
                "a group of a query has 1 to {MOST_FILTERS} filters, this one has {}",
                clauses.len()
            ));
        }
        clauses.iter().try_for_each(Self::check)
    }

    /// How many levels of groups there are: 0 for a filter.
    #[must_use]
    pub fn levels(&self) -> usize {
        match self {
            Self::Filter { .. } => 0,
            Self::Group { clauses, .. } => 1 + clauses.iter().map(Self::levels).max().unwrap_or(0),
        }
    }
}

impl fmt::Display for Clause {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Filter {
                field,
                operator,
                value,
            } => {
                let value = serde_json::to_string(value).map_err(|_| fmt::Error)?;
                write!(f, "{field} {operator} {value}")
            }
            Self::Group { join, clauses } => {
                let join = if *join == Join::And { " AND " } else { " OR " };
                for (index, clause) in clauses.iter().enumerate() {
                    f.write_str(if index == 0 { "(" } else { join })?;
                    fmt::Display::fmt(clause, f)?;
                }
                f.write_str(")")
            }
        }
    }
}

impl Serialize for Clause {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Filter {
                field,
                operator,
                value,
            } => {
                let mut filter = serializer.serialize_struct("Filter", 3)?;
                filter.serialize_field("field", field)?;
                filter.serialize_field("operator", operator)?;
                filter.serialize_field("value", value)?;
                filter.end()
            }
            Self::Group { join, clauses } => {
                let mut group = serializer.serialize_struct("Group", 2)?;
                group.serialize_field("operator", join)?;
                group.serialize_field("value", clauses)?;
                group.end()
            }
        }
    }
}

impl<'de> Deserialize<'de> for Clause {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        #[derive(Deserialize)]
        struct Either {
            field: Option<String>,
            operator: Operator,
            #[serde(default)]
            value: serde_json::Value,
        }

        let Either {
            field,
            operator,
            value,
        } = Either::deserialize(deserializer)?;
        let join = match operator.as_str() {
            "AND" => Some(Join::And),
            "OR" => Some(Join::Or),
            _ => None,
        };
        match (field, join) {
            (Some(field), None) => {
                let value = serde_json::from_value(value).map_err(D::Error::custom)?;
                Ok(Self::Filter {
                    field,
                    operator,
                    value,
                })
            }
            (None, Some(join)) => {
                let clauses = serde_json::from_value(value).map_err(|error| {
                    D::Error::custom(format_args!(
                        "the value of {operator} must be a list of filters: {error}"
                    ))
                })?;
                Ok(Self::Group { join, clauses })
            }
            (Some(field), Some(_)) => Err(D::Error::custom(format_args!(
                "{operator} compares nothing, yet names the field {field}"
            ))),
            (None, None) => Err(D::Error::missing_field("field")),
        }
    }
}

#[cfg(feature = "schemars")]
impl schemars::JsonSchema for Clause {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Clause".into()
    }

    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({
            "type": "object",
            "required": ["operator", "value"],
            "properties": { "field": { "type": "string" }, "operator": { "type": "string" }, "value": true },
        })
    }
}
