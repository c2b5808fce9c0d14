//! The token of a provider, and the calls that wait for another.

use std::error::Error;
use std::fmt;
use std::future::poll_fn;
use std::mem;
use std::pin::Pin;
use std::sync::{Arc, PoisonError, TryLockError, Weak};
#[cfg(not(shuttle))]
use std::sync::{Mutex, MutexGuard};
use std::task::{Context, Poll, Wake, Waker, ready};
#[cfg(not(shuttle))]
use std::thread::{self, ThreadId};
use std::time::{Duration, Instant};

#[cfg(shuttle)]
use shuttle::sync::{Mutex, MutexGuard};
#[cfg(shuttle)]
use shuttle::thread::{self, ThreadId};

use super::AccessToken;
use crate::transport::Now;

/// After how long calls no longer join a request to the provider, which may never complete.
const STALE: Duration = Duration::from_secs(10);

/// What a provider returns.
type Given = Result<AccessToken, Box<dyn Error + Send + Sync>>;

/// The same, for all calls that waited for it.
pub(crate) type Provided = Result<AccessToken, Arc<dyn Error + Send + Sync>>;

/// The last token of a provider, for all clones of a client.
#[derive(Debug, Default)]
pub(crate) struct ProvidedToken(Mutex<Known>);

#[derive(Debug, Default)]
struct Known {
    token: Option<AccessToken>,
    /// Owned by the calls that wait for it, so that it is dropped with the last of them.
    asking: Weak<Asking>,
}

impl Known {
    fn other_than(&self, refused: Option<&AccessToken>) -> Option<AccessToken> {
        self.token.clone().filter(|token| Some(token) != refused)
    }
}

impl ProvidedToken {
    /// Returns the token, unless it is the one that was refused.
    pub(crate) fn other_than(&self, refused: Option<&AccessToken>) -> Option<AccessToken> {
        self.known().other_than(refused)
    }

    /// Requests a token to replace the refused one. Calls that need one at the same time share one
    /// request.
    pub(crate) async fn ask<F>(
        self: &Arc<Self>,
        refused: Option<AccessToken>,
        now: Now,
        ask: impl FnOnce(Option<AccessToken>) -> F,
    ) -> Provided
    where
        F: Future<Output = Given> + Send + 'static,
    {
        let question = Question {
            refused,
            since: now.instant,
        };
        let asking = {
            let mut known = self.known();
            if let Some(token) = known.other_than(question.refused.as_ref()) {
                return Ok(token);
            }
            let others = known.asking.upgrade();
            others
                .filter(|asking| question.joins(&asking.question) && !asking.has_panicked())
                .unwrap_or_else(|| {
                    let given = ask(question.refused.clone());
                    let asking = Arc::new(self.asking(question, given));
                    known.asking = Arc::downgrade(&asking);
                    asking
                })
        };
        poll_fn(|context| asking.poll(context)).await
    }

    fn asking(
        self: &Arc<Self>,
        question: Question,
        given: impl Future<Output = Given> + Send + 'static,
    ) -> Asking {
        let (this, of) = (Arc::clone(self), question.clone());
        let answer = async move {
            let given = given.await;
            this.learn(&of, given.as_ref().ok());
            Ok(given?)
        };
        Asking {
            question,
            doing: Mutex::new(Doing::Asks(Box::pin(answer))),
            driver: Mutex::default(),
            waiting: Arc::default(),
        }
    }

    /// Keeps the provider's token, if it returned one that can be sent; later calls make a new request.
    /// The result of a slow provider does not replace a token that arrived in the meantime.
    fn learn(&self, question: &Question, given: Option<&AccessToken>) {
        let mut known = self.known();
        let given = given.filter(|token| token.header().is_ok());
        if known.token == question.refused && given.is_some() {
            known.token = given.cloned();
        }
        let asking = known.asking.upgrade();
        if asking.is_some_and(|asking| asking.question == *question) {
            known.asking = Weak::new();
        }
    }

    fn known(&self) -> MutexGuard<'_, Known> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A request to the provider.
#[derive(Clone, PartialEq, Eq)]
struct Question {
    /// The token to replace.
    refused: Option<AccessToken>,
    since: Instant,
}

impl Question {
    /// Whether the other request is for the same, and may still complete.
    fn joins(&self, other: &Self) -> bool {
        self.refused == other.refused && self.since.saturating_duration_since(other.since) < STALE
    }
}

/// A request to the provider in progress, on behalf of all calls that wait for it. Any of them drives
/// it, so that it continues if the call that started it is dropped or not polled.
struct Asking {
    question: Question,
    doing: Mutex<Doing>,
    /// The thread that polls the provider's future, if one does.
    driver: Mutex<Option<ThreadId>>,
    waiting: Arc<Waiting>,
}

enum Doing {
    Asks(Pin<Box<dyn Future<Output = Provided> + Send>>),
    Answered(Provided),
}

impl Asking {
    fn driver(&self) -> MutexGuard<'_, Option<ThreadId>> {
        self.driver.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn has_panicked(&self) -> bool {
        matches!(self.doing.try_lock(), Err(TryLockError::Poisoned(_)))
    }

    fn poll(&self, context: &mut Context<'_>) -> Poll<Provided> {
        if *self.driver() == Some(thread::current().id()) {
            let error: Box<dyn Error + Send + Sync> =
                "the token provider called the client that waits for it".into();
            return Poll::Ready(Err(error.into()));
        }
        // Before it is driven, so that nothing is missed.
        self.waiting.add(context.waker());
        let Ok(mut doing) = self.doing.lock() else {
            let error: Box<dyn Error + Send + Sync> = "the provider panicked".into();
            return Poll::Ready(Err(error.into()));
        };
        let answer = match &mut *doing {
            Doing::Answered(answer) => return Poll::Ready(answer.clone()),
            Doing::Asks(answer) => {
                let waker = Waker::from(Arc::clone(&self.waiting));
                let _driving = Driving::new(self);
                ready!(answer.as_mut().poll(&mut Context::from_waker(&waker)))
            }
        };
        *doing = Doing::Answered(answer.clone());
        drop(doing);
        self.waiting.wake_by_ref();
        Poll::Ready(answer)
    }
}

/// The provider's future is being polled on this thread.
struct Driving<'a>(&'a Asking);

impl<'a> Driving<'a> {
    fn new(asking: &'a Asking) -> Self {
        *asking.driver() = Some(thread::current().id());
        Self(asking)
    }
}

impl Drop for Driving<'_> {
    fn drop(&mut self) {
        *self.0.driver() = None;
        // No one else will poll a provider that panicked.
        if thread::panicking() {
            self.0.waiting.wake_by_ref();
        }
    }
}

impl fmt::Debug for Asking {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Asking")
    }
}

/// The tasks that wait.
#[derive(Debug, Default)]
struct Waiting(Mutex<Vec<Waker>>);

impl Waiting {
    fn add(&self, waker: &Waker) {
        let mut wakers = self.wakers();
        if !wakers.iter().any(|known| known.will_wake(waker)) {
            wakers.push(waker.clone());
        }
    }

    fn wakers(&self) -> MutexGuard<'_, Vec<Waker>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Wake for Waiting {
    fn wake(self: Arc<Self>) {
        self.wake_by_ref();
    }

    fn wake_by_ref(self: &Arc<Self>) {
        let wakers = mem::take(&mut *self.wakers());
        wakers.into_iter().for_each(Waker::wake);
    }
}
