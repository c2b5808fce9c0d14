use intercom_core::api::conversations;
use intercom_core::model::search::{Query, contact};

fn main() {
    let query = Query::all([contact::EMAIL.eq("ada@example.com")]);
    let _ = conversations::Search::new(query);
}
