//! The proxy that the environment names.

#![allow(clippy::unwrap_used, reason = "a broken test may panic")]

use std::process::Command;

use intercom_transport_ureq::{BuildError, UreqTransport, UreqTransportBuilder};

fn builder() -> UreqTransportBuilder {
    // A root of its own makes the test independent of those of the platform.
    let root = rcgen::generate_simple_self_signed(["localhost".to_owned()]).unwrap();
    UreqTransport::builder().root_certificates([root.cert.der().to_vec()])
}

#[test]
#[ignore = "is run by the next test, in an environment of its own"]
fn with_an_environment_that_names_a_proxy_of_an_unknown_kind() {
    assert!(builder().build().is_ok());
    let error = builder().proxy_from_environment().build().unwrap_err();
    assert!(matches!(error, BuildError::BadProxy(_)), "{error:?}");
}

#[test]
fn the_environment_names_the_proxy_when_asked_and_only_then() {
    let child = Command::new(std::env::current_exe().unwrap())
        .env("HTTPS_PROXY", "socks5://localhost:1080")
        .env("NO_PROXY", "")
        .env_remove("REQUEST_METHOD")
        .args(["--ignored", "with_an_environment"])
        .output()
        .unwrap();
    let output = String::from_utf8_lossy(&child.stdout);
    assert!(output.contains("1 passed"), "{output}");
}
