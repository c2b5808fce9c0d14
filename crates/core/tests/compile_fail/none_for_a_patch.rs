use intercom_core::api::contacts::ContactUpdate;

fn main() {
    let cell: Option<String> = None;
    let _ = ContactUpdate::new().phone(cell);
}
