//! A token provider that fails and panics by plan.

use std::error::Error;
use std::sync::atomic::{AtomicUsize, Ordering};

use async_trait::async_trait;
use intercom_core::{AccessToken, TokenProvider, blocking};

use crate::plan::{Plan, Provides};
use crate::witness::panic_as_planned;

#[derive(Debug)]
pub(crate) struct Tokens {
    plan: Plan,
    asked: AtomicUsize,
}

type Provided = Result<AccessToken, Box<dyn Error + Send + Sync>>;

impl Tokens {
    pub(crate) const fn new(plan: Plan) -> Self {
        Self {
            plan,
            asked: AtomicUsize::new(0),
        }
    }

    fn provide(&self, refused: Option<&AccessToken>) -> Provided {
        let nth = self.asked.fetch_add(1, Ordering::SeqCst);
        match (self.plan.provides(nth), refused) {
            (Provides::Refused, Some(refused)) => Ok(refused.clone()),
            (Provides::New | Provides::Refused, _) => Ok(format!("token-{nth}").into()),
            (Provides::Error, _) => Err("the vault is sealed".into()),
            (Provides::Panic, _) => panic_as_planned(),
        }
    }
}

#[async_trait]
impl TokenProvider for Tokens {
    async fn token(&self, refused: Option<&AccessToken>) -> Provided {
        // So that other calls join the request.
        for _ in 0..3 {
            tokio::task::yield_now().await;
        }
        self.provide(refused)
    }
}

impl blocking::TokenProvider for Tokens {
    fn token(&self, refused: Option<&AccessToken>) -> Provided {
        self.provide(refused)
    }
}
