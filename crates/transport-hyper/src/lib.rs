#![doc = include_str!("../README.md")]
#![cfg_attr(docsrs, feature(doc_cfg))]

mod alarm;
mod begin;
mod body;
mod builder;
mod connection;
mod connector;
mod error;
mod health;
mod hyper_transport;
mod lease;
mod origin;
mod pool;
mod settings;
mod socket;
#[cfg(feature = "tower")]
mod tower;

/// For implementing [`TokenProvider`].
#[doc(no_inline)]
pub use async_trait::async_trait;
pub use builder::HyperTransportBuilder;
#[doc(inline)]
pub use intercom_connect::BuildError;
/// One module for each resource, with its operations and its types.
#[doc(no_inline)]
pub use intercom_core::api::*;
#[doc(no_inline)]
pub use intercom_core::model::{
    self, CustomAttributes, Locale, Patch, Timestamp, Translations, search,
};
/// The client, and all that it takes and gives.
#[doc(no_inline)]
pub use intercom_core::*;

pub use hyper_transport::HyperTransport;
#[cfg(feature = "tower")]
pub use tower::TowerTransport;

#[cfg(test)]
mod tests {
    use crate::transport::Now;
    use crate::{AccessToken, Permit, RateBudget, SharedRateBudget, TokenProvider};

    #[derive(Debug)]
    struct Vault;

    #[crate::async_trait]
    impl TokenProvider for Vault {
        async fn token(
            &self,
            _: Option<&AccessToken>,
        ) -> Result<AccessToken, Box<dyn std::error::Error + Send + Sync>> {
            Ok("token".into())
        }
    }

    #[tokio::test]
    async fn what_a_client_takes_is_made_with_this_crate_alone() {
        assert_eq!(Vault.token(None).await.unwrap(), "token".into());
        let budget = SharedRateBudget::default();
        assert_eq!(budget.state(Now::from_system()), None);
        let _: fn(Permit) = drop;
    }
}
