use intercom_core::api::tags::Tag;
use intercom_core::endpoint;
use intercom_core::model::TagId;
use macro_rules_attribute::apply;

/// Returns a tag by its id.
#[apply(endpoint)]
#[spec(GET "/tags/{tag_id}" -> Tag; since V2_7)]
pub struct Get {
    #[path]
    pub id: TagId,
}

fn main() {}
