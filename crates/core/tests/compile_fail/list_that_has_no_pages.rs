use intercom_core::Client;
use intercom_core::api::tags;

fn list(intercom: &Client) {
    let _ = intercom.items(tags::List::new());
}

fn main() {}
