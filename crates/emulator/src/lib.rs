#![doc = include_str!("../README.md")]
#![cfg_attr(docsrs, feature(doc_cfg))]
#![cfg_attr(
    not(feature = "serve"),
    allow(
        dead_code,
        unused_imports,
        reason = "the control API, which needs all of it, is served over sockets only"
    )
)]

// The floors, lowest first: a module uses what stands above it in this list, never what stands below.
mod object;

mod refusal;

mod store;

mod query;

mod resources;

mod http;

mod control;

pub use control::{
    Attempt, Builder, CanvasRequest, CompanyFixture, ContactFixture, Delivery, DeliveryState,
    Emulator, Entry, FaultBuilder, FaultId, FinAgent, HookBuilder, HookId, InvalidCanvasRequest,
    InvalidSeed, InvalidWebhook, Journal, JournalBody, KeptState, NoFinConversation, Size,
    Snapshot, UnknownTopic, Webhook, WebhookId, WebhookKind,
};
pub use http::oauth::{InvalidOAuthApp, OAuthApp};
pub use http::{EmulatorTransport, Fault, Quirk, Quirks, QuotaWindow, is_emulated, not_emulated};
pub use query::SearchLag;
#[cfg(feature = "serve")]
#[cfg_attr(docsrs, doc(cfg(feature = "serve")))]
pub use {control::ServerBuilder, http::serve::Server};
