use intercom_core::model::search::contact;

fn main() {
    let _ = contact::CREATED_AT.starts_with("2026");
}
