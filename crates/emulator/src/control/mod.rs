//! Control: what a test sets up, injects and inspects.

#[cfg(feature = "serve")]
mod api;
mod apps;
mod builder;
mod canvas;
mod configured;
#[cfg(feature = "serve")]
mod cors;
mod demo;
mod emulator;
mod fault_spec;
mod faults;
mod fin_agent;
mod fixtures;
#[cfg(feature = "serve")]
mod guard;
mod hooks;
#[cfg(feature = "serve")]
mod isolation;
mod journal;
#[cfg(feature = "serve")]
mod journal_filter;
mod own_fault;
mod page_size;
mod schema;
mod seed;
#[cfg(feature = "serve")]
mod send;
#[cfg(feature = "serve")]
mod server;
mod settings;
mod signatures;
#[cfg(feature = "serve")]
mod site;
mod snapshot;
mod state;
mod state_file;
mod webhooks;

pub use builder::Builder;
pub use canvas::{CanvasRequest, InvalidCanvasRequest};
pub use emulator::{Emulator, Size};
pub use faults::{FaultBuilder, FaultId};
pub use fin_agent::{FinAgent, NoFinConversation};
pub use fixtures::{CompanyFixture, ContactFixture};
pub use hooks::{HookBuilder, HookId};
pub use journal::{Entry, Journal, JournalBody};
pub use seed::InvalidSeed;
#[cfg(feature = "serve")]
#[cfg_attr(docsrs, doc(cfg(feature = "serve")))]
pub use server::ServerBuilder;
pub use snapshot::Snapshot;
pub use state_file::KeptState;
pub use webhooks::{
    Attempt, Delivery, DeliveryState, InvalidWebhook, UnknownTopic, Webhook, WebhookId, WebhookKind,
};
