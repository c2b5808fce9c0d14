//! What every transport promises, over real sockets, and what each of ours promises beyond that.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a broken test may panic")]

#[path = "wire/hyper.rs"]
mod on_hyper;
#[path = "wire/ureq.rs"]
mod on_ureq;

use intercom_transport_tests::transport_tests;

/// Sets a builder up. Both have the same methods, but share no type.
macro_rules! set_up {
    ($builder:expr, $setup:expr) => {{
        let (mut builder, setup): (_, &intercom_transport_tests::Setup) = ($builder, $setup);
        builder = builder.root_certificates(setup.roots.clone());
        if let Some((chain, key)) = setup.client.clone() {
            builder = builder.client_certificate([chain], key);
        }
        if let Some(url) = &setup.proxy {
            builder = builder.proxy(url);
        }
        if let Some(limit) = setup.idle_timeout {
            builder = builder.pool_idle_timeout(limit);
        }
        if let Some(limit) = setup.max_age {
            builder = builder.pool_max_age(limit);
        }
        if let Some(connections) = setup.max_idle {
            builder = builder.pool_max_idle_per_host(connections);
        }
        builder.build().map_err(|error| error.to_string())
    }};
}
use set_up;

transport_tests! { mod hyper; crate::on_hyper::subject() }
transport_tests! { mod ureq; crate::on_ureq::subject() }
