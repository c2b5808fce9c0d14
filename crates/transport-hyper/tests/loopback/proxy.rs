//! The proxy that the environment names.

use intercom_transport_hyper::{BuildError, HyperTransport, HyperTransportBuilder};

use crate::server::run_alone;
use crate::tls::Identity;

fn builder() -> HyperTransportBuilder {
    HyperTransport::builder().root_certificates([Identity::new().der()])
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
    run_alone(
        "with_an_environment_that_names_a_proxy_of_an_unknown_kind",
        &[("HTTPS_PROXY", "socks5://localhost:1080"), ("NO_PROXY", "")],
    );
}
