//! Parts that were read are the same after they were written and read again.
#![no_main]

use intercom_core::fuzzing::{read_multipart, write_multipart};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| {
    if let Some(parts) = read_multipart(data) {
        let written = write_multipart(&parts);
        assert_eq!(read_multipart(&written).as_ref(), Some(&parts));
    }
});
