//! A canvas of any JSON is read and checked, and what is written can be read.
#![no_main]

use intercom_app::canvas::{Canvas, Surface};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| {
    let Ok((canvas, _)) = intercom_model::from_slice::<Canvas>(data) else {
        return;
    };
    let _ = canvas.check(Surface::Messenger);
    let written = serde_json::to_vec(&canvas).unwrap();
    let again = serde_json::from_slice::<Canvas>(&written).unwrap();
    assert_eq!(again.components().len(), canvas.components().len());
});
