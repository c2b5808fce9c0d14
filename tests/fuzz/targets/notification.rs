//! A notification of any bytes is read or refused, keeps its body, and what was read can be sent again.
#![no_main]

use intercom_app::webhooks::{Event, Notification};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| {
    let Ok(notification) = Notification::read(data.to_vec()) else {
        return;
    };
    assert_eq!(notification.body(), data);
    assert!(notification.key().len() <= 128);
    let is_other = matches!(notification.event(), Event::Other { .. });
    assert!(is_other || notification.problem().is_none());
    let again = Notification::builder(notification.event().clone()).build().unwrap();
    assert_eq!(again.topic(), notification.topic());
});
