#![doc = include_str!("../README.md")]
#![cfg_attr(docsrs, feature(doc_cfg))]

// The floors, lowest first: a module uses what stands above it in this list, never what stands below.
mod hex;

mod signature;

mod receive;

mod signed;

pub mod webhooks;

pub mod fin;

pub mod canvas;

pub mod identity;

#[cfg(feature = "client")]
#[cfg_attr(docsrs, doc(cfg(feature = "client")))]
pub mod oauth;

pub use self::receive::{Reason, Reply};
pub use self::signature::SignatureError;
pub use self::signed::Signed;
pub use intercom_model as model;
pub use intercom_model::UnknownValue;
