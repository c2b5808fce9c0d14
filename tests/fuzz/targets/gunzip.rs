//! Whatever the input, gunzip returns small pieces, and ends.
#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|input: Vec<Vec<u8>>| {
    let _ = intercom_core::fuzzing::gunzip(input, |length| {
        assert!(length > 0 && length <= 64 * 1024);
    });
});
