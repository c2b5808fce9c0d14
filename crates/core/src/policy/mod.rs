//! How a client behaves: its configuration, and the policies that all its calls share.

mod base_url;
mod config;
mod env;
mod observer;
mod options;
mod poll;
mod rate;
mod retry;
mod token;

pub use self::base_url::{BaseUrl, BaseUrlError, Region};
pub use self::config::Config;
pub use self::env::{EnvError, EnvErrorKind};
pub use self::observer::{CallEvent, CallInfo, Observer};
pub use self::options::CallOptions;
pub(crate) use self::options::NO_LIMIT;
pub use self::poll::PollPolicy;
pub use self::rate::{Caller, Permit, RateBudget, SharedRateBudget};
pub use self::retry::RetryPolicy;
pub(crate) use self::retry::{MAX_WAIT, RetryBudget};
pub use self::token::{AccessToken, BlockingTokenProvider, TokenProvider};
pub(crate) use self::token::{Provided, ProvidedToken};
