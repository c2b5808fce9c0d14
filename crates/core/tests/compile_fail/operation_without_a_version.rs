use intercom_core::api::tags::TagList;
use intercom_core::endpoint;
use macro_rules_attribute::apply;

/// Lists all tags.
#[apply(endpoint)]
#[spec(GET "/tags" -> TagList)]
pub struct List {}

fn main() {}
