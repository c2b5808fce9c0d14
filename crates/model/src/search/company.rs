//! The fields that companies can be searched by. In Preview.
//!
//! Companies without contacts are not found.

use super::field::search_fields;
use super::{Attribute, Date, Field, Integer, OneOf, Scope, Sortable, Text};

/// Searches for companies.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Companies {}

impl Scope for Companies {}
impl Sortable for Companies {}

search_fields! {
    Companies;
    /// The id of the company in your own system.
    COMPANY_ID: Text = "company_id";
    NAME: Text = "name";
    CREATED_AT: Date = "created_at";
    UPDATED_AT: Date = "updated_at";
    /// When the company was created in your own system.
    REMOTE_CREATED_AT: Date = "remote_created_at";
    LAST_REQUEST_AT: Date = "last_request_at";
    MONTHLY_SPEND: Integer = "monthly_spend";
    SESSION_COUNT: Integer = "session_count";
    /// How many contacts the company has.
    USER_COUNT: Integer = "user_count";
    TAG_ID: OneOf = "tag_id";
}

/// The custom attribute of this name.
#[must_use]
pub fn custom_attribute(name: &str) -> Field<Companies, Attribute> {
    Field::named(format!("custom_attributes.{name}"))
}
