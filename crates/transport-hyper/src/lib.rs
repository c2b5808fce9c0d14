#![doc = include_str!("../README.md")]
#![cfg_attr(docsrs, feature(doc_cfg))]

mod alarm;
mod begin;
mod body;
mod builder;
mod classify;
mod connection;
mod connector;
mod health;
mod hyper_transport;
mod lease;
mod origin;
mod pool;
mod settings;
mod socket;
#[cfg(feature = "tower")]
mod tower;

#[doc(inline)]
pub use intercom_connect::BuildError;
/// One module for each resource, with its operations and types.
#[doc(no_inline)]
pub use intercom_core::api::{
    admins, ai_content, articles, audiences, away_status_reasons, banners, brands, calls,
    companies, contacts, content, conversation_attributes, conversations, custom_channel_events,
    custom_objects, data_attributes, data_connectors, data_events, data_export, ecommerce, emails,
    fin_agent, fin_voice, folders, help_center, identity_verification, internal_articles,
    ip_allowlist, jobs, macros, messages, news, notes, office_hours, phone_switches, procedures,
    reporting_export, segments, subscription_types, tags, teams, ticket_types, tickets, visitors,
    workflows,
};
/// The types of bodies and replies, and their common parts.
#[doc(no_inline)]
pub use intercom_core::model::{
    self, CustomAttributes, Locale, Patch, Timestamp, Translations, search,
};
#[doc(inline)]
pub use intercom_core::{
    AccessToken, ApiVersion, BaseUrl, CallOptions, Client, Config, Download, Error, ErrorCode,
    FinishedJob, Items, Job, Pages, PollPolicy, Position, RawReply, RawRequest, Region, Reply,
    RetryPolicy, TokenProvider, TypedItems, async_trait, error,
};

pub use self::builder::HyperTransportBuilder;
pub use self::hyper_transport::HyperTransport;
#[cfg(feature = "tower")]
pub use self::tower::TowerTransport;

/// Creates a client with the default transport.
///
/// It takes an access token, or a whole [`Config`].
///
/// ```no_run
/// # async fn example() -> Result<(), Box<dyn std::error::Error>> {
/// use intercom_transport_hyper::{Config, Region, admins};
///
/// let intercom = intercom_transport_hyper::client(Config::new("token").base_url(Region::Eu))?;
/// println!("{:?}", intercom.call(&admins::Me::new()).await?.email);
/// # Ok(())
/// # }
/// ```
///
/// # Errors
///
/// If the platform has no root certificates, as in a container without `ca-certificates`.
pub fn client(config: impl Into<Config>) -> Result<Client, BuildError> {
    Ok(Client::new(HyperTransport::new()?, config))
}

/// Configuration, and options for single calls.
pub mod config {
    #[doc(no_inline)]
    pub use intercom_core::{
        BaseUrl, BaseUrlError, CallOptions, Config, EnvError, EnvErrorKind, PollPolicy, Region,
        RetryPolicy,
    };
}

/// Lists: pages, items, and positions to resume from.
pub mod paging {
    #[doc(no_inline)]
    pub use intercom_core::error::{PagingError, PagingErrorKind};
    #[doc(no_inline)]
    pub use intercom_core::{
        IntoPaginate, PageToken, Paginate, ParsePositionError, Position, UnreadablePageToken,
    };
    #[doc(no_inline)]
    pub use intercom_core::{Items, Pages};
}

/// Jobs that run on the server.
pub mod job {
    #[doc(no_inline)]
    pub use intercom_core::error::{JobError, JobErrorKind};
    #[doc(no_inline)]
    pub use intercom_core::{ExportJob, JobProgress, JobState, PollInfo, PollPolicy, StartJob};
    #[doc(no_inline)]
    pub use intercom_core::{FinishedJob, Job};
}

/// Downloads that survive a broken connection.
pub mod download {
    #[doc(no_inline)]
    pub use intercom_core::Download;
    #[doc(no_inline)]
    pub use intercom_core::DownloadProgress;
    #[doc(no_inline)]
    pub use intercom_core::error::{DownloadError, DownloadErrorKind};
}

/// Creating or updating a contact in one call.
pub mod upsert {
    #[doc(no_inline)]
    pub use intercom_core::error::{UpsertError, UpsertErrorKind};
    #[doc(no_inline)]
    pub use intercom_core::{UpsertContact, UpsertOutcome, Upserted};
}

/// The rate limit, and budgets to share it.
pub mod rate {
    #[doc(no_inline)]
    pub use intercom_core::{Caller, Permit, RateBudget, RateLimit, SharedRateBudget};
}

/// Access tokens, and providers of them.
pub mod token {
    #[doc(no_inline)]
    pub use intercom_core::AccessToken;
    #[doc(no_inline)]
    pub use intercom_core::TokenProvider;
    #[doc(no_inline)]
    pub use intercom_core::error::{TokenError, TokenErrorKind};
}

/// Watching calls, for logs and metrics.
pub mod observer {
    #[doc(no_inline)]
    pub use intercom_core::{CallEvent, CallInfo, Observer};
}

/// Operations as values, and operations of your own.
pub mod operation {
    #[doc(no_inline)]
    pub use intercom_core::{
        ApiVersion, Decoded, Empty, Endpoint, FromReply, Method, Part, RawReply, RawRequest,
        Redirect, Reply, Spec, ToMultipart,
    };
}

/// Transports, to implement one or to wrap this one.
pub mod transport {
    #[doc(no_inline)]
    pub use intercom_core::transport::{Body, Transport, send};
    #[doc(no_inline)]
    pub use intercom_core::transport::{Deadline, Now, TransportError, TransportErrorKind, guard};
}

#[cfg(test)]
mod tests {
    use crate::rate::{Permit, RateBudget, SharedRateBudget};
    use crate::transport::Now;
    use crate::{AccessToken, TokenProvider};

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
    async fn every_client_option_is_reachable_from_this_crate_alone() {
        assert_eq!(Vault.token(None).await.unwrap(), "token".into());
        let budget = SharedRateBudget::default();
        assert_eq!(budget.state(Now::from_system()), None);
        let _: fn(Permit) = drop;
    }
}
