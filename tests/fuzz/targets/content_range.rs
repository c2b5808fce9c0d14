//! A `Content-Range` is understood only if it makes sense.
#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    if let Some((Some((start, end)), total)) = intercom_core::fuzzing::content_range(text) {
        assert!(start < end);
        assert!(total.is_none_or(|total| end <= total));
    }
});
