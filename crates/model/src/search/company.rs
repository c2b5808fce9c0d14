//! The fields by which companies are found. In Preview.
//!
//! Companies without contacts are not found.

use super::{Attribute, Date, Field, Integer, OneOf, Scope, Text};

/// Searches for companies.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Companies {}

impl Scope for Companies {}

macro_rules! fields {
    ($( $(#[$meta:meta])* $NAME:ident: $Kind:ident = $name:literal; )*) => {$(
        #[doc = concat!("`", $name, "`")]
        $(#[doc = ""] #[$meta])*
        pub const $NAME: Field<Companies, $Kind> = Field::new($name);
    )*};
}

fields! {
    /// The id that the workspace gave the company in its own system.
    COMPANY_ID: Text = "company_id";
    NAME: Text = "name";
    CREATED_AT: Date = "created_at";
    UPDATED_AT: Date = "updated_at";
    /// When the company was created in the workspace's own system.
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
