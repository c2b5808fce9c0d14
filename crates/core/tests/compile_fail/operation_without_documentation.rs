use intercom_core::api::tags::TagList;
use intercom_core::endpoint;
use macro_rules_attribute::apply;

#[apply(endpoint)]
#[spec(GET "/tags" -> TagList; since V2_7)]
pub struct List {}

fn main() {}
