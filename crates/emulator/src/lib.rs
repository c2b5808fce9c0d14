#![doc = include_str!("../README.md")]
#![cfg_attr(docsrs, feature(doc_cfg))]

mod clock;
mod course;
mod demo;
mod dispatch;
mod downloads;
mod emulator;
mod faults;
mod fixtures;
mod journal;
mod object;
mod operations;
mod paging;
mod rate;
mod refusal;
#[cfg(feature = "serve")]
#[cfg_attr(docsrs, doc(cfg(feature = "serve")))]
pub mod serve;
mod transport;
mod world;

// The operations, by resource.
mod activities;
mod admins;
mod audiences;
mod bulk;
mod companies;
mod company_scroll;
mod company_search;
mod compare;
mod contact_companies;
mod contact_search;
mod contact_view;
mod contacts;
mod data_events;
mod exports;
mod help_center;
mod jobs;
mod merge;
mod notes;
mod redirects;
mod search;
mod sections;
mod segments;
mod subscription_types;
mod tags;
mod ticket_search;
mod ticket_types;
mod tickets;

pub use emulator::{Builder, Emulator, Size};
pub use faults::{Fault, FaultBuilder};
pub use fixtures::{CompanyFixture, ContactFixture};
pub use journal::{Entry, Journal};
pub use transport::EmulatorTransport;
