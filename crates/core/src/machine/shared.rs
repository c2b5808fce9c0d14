//! What all calls of a client share.

use std::sync::Arc;

use crate::policy::{Config, RateBudget, RetryBudget, SharedRateBudget};

/// What all calls of a client share.
#[derive(Debug)]
pub(crate) struct Shared {
    pub(crate) config: Config,
    pub(crate) rate_budget: Arc<dyn RateBudget>,
    pub(crate) retry_budget: Arc<RetryBudget>,
}

impl Shared {
    /// A clone of the configuration may be that of another client, for another workspace, so the
    /// budgets are not part of it.
    pub(crate) fn new(config: Config) -> Self {
        let given = config.rate_budget.clone();
        Self {
            rate_budget: given.unwrap_or_else(|| Arc::new(SharedRateBudget::default())),
            retry_budget: Arc::default(),
            config,
        }
    }
}
