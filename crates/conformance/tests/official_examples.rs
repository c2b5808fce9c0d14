//! The examples of the official descriptions, where `INTERCOM_OPENAPI_DIR` says where they are.

use std::env;
use std::path::Path;

use intercom_conformance::known_faults::{KnownFaults, OFFICIAL};
use intercom_conformance::{check, description, report};

#[test]
fn every_official_example_survives_the_types_unchanged() {
    let Some(directory) = env::var_os("INTERCOM_OPENAPI_DIR") else {
        eprintln!("skipped: INTERCOM_OPENAPI_DIR does not name the descriptions");
        return;
    };
    let descriptions = description::read_all(Path::new(&directory)).unwrap();
    let found = check::check(&descriptions, KnownFaults::read(OFFICIAL).unwrap());
    let mut text = Vec::new();
    report::write(&found, false, &mut text).unwrap();
    assert!(found.passed(), "{}", String::from_utf8_lossy(&text));
    let examples = found.versions.iter().map(|version| version.decoded.all);
    assert!(examples.sum::<usize>() > 0, "no example was read");
}
