use intercom_core::api::tags::TagList;
use intercom_core::endpoint;
use macro_rules_attribute::apply;

/// Lists all tags.
#[apply(endpoint)]
#[spec(get "/tags" -> TagList; since V2_7)]
pub struct List {}

fn main() {}
