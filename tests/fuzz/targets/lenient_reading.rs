//! Reading tolerantly neither panics nor takes broken JSON for JSON, and what it reads can be written
//! and read again.
#![no_main]

use intercom_model::List;
use intercom_model::contacts::Contact;
use intercom_model::conversations::Conversation;
use intercom_model::tickets::Ticket;
use libfuzzer_sys::fuzz_target;
use serde_json::Value;

fn check<T: serde::Serialize + serde::de::DeserializeOwned>(data: &[u8]) {
    let Ok((value, _)) = intercom_model::from_slice::<T>(data) else {
        return;
    };
    let written = serde_json::to_vec(&value).unwrap();
    assert!(serde_json::from_slice::<Value>(&written).is_ok());
    assert!(intercom_model::from_slice::<T>(&written).is_ok());
}

fuzz_target!(|data: &[u8]| {
    check::<List<Contact>>(data);
    check::<Conversation>(data);
    check::<Ticket>(data);
});
