//! Waits that outlive a poll.

use std::pin::Pin;

use super::Client;
use crate::handle::{Driver, sealed::Sealed};
use crate::transport::Body;

pub(super) type BoxFuture<T> = Pin<Box<dyn Future<Output = T> + Send>>;

/// A call or a sleep that is not over.
#[derive(Default)]
#[allow(
    missing_debug_implementations,
    reason = "it is a part of handles, which have their own"
)]
pub enum Pending<T> {
    #[default]
    Idle,
    Call(BoxFuture<T>),
    Sleep(BoxFuture<()>),
}

impl Sealed for Client {}

impl Driver for Client {
    type Body = Body;
    type Pending<T: 'static> = Pending<T>;
}
