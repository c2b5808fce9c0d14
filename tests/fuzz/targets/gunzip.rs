//! Whatever the input, gunzip holds little, and ends.
#![no_main]

use bytes::Bytes;
use intercom_core::transport::Gunzip;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|pieces: Vec<Vec<u8>>| {
    let mut gunzip = Gunzip::new();
    for piece in pieces {
        gunzip.push(Bytes::from(piece));
        loop {
            match gunzip.piece() {
                Ok(Some(output)) => assert!(!output.is_empty() && output.len() <= 64 * 1024),
                Ok(None) => break,
                Err(_) => return,
            }
        }
    }
    let _ = gunzip.finish();
});
