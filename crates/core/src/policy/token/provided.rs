//! The token that a provider gave, and those who wait for another.

use std::error::Error;
use std::fmt;
use std::future::poll_fn;
use std::mem;
use std::pin::Pin;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, Weak};
use std::task::{Context, Poll, Wake, Waker, ready};
use std::thread;
use std::time::{Duration, Instant};

use super::AccessToken;
use crate::transport::Now;

/// After how long nobody joins a question any more, as its answer may never come.
const STALE: Duration = Duration::from_secs(10);

/// What a provider gives.
type Given = Result<AccessToken, Box<dyn Error + Send + Sync>>;

/// The same, for all who asked.
pub(crate) type Provided = Result<AccessToken, Arc<dyn Error + Send + Sync>>;

/// The token that a provider gave last, for all clones of a client.
#[derive(Debug, Default)]
pub(crate) struct ProvidedToken(Mutex<Known>);

#[derive(Debug, Default)]
struct Known {
    token: Option<AccessToken>,
    /// Kept by the calls that wait for it, so that it ends with the last of them.
    asking: Weak<Asking>,
}

impl Known {
    fn other_than(&self, refused: Option<&AccessToken>) -> Option<AccessToken> {
        self.token.clone().filter(|token| Some(token) != refused)
    }
}

impl ProvidedToken {
    /// The token, unless it is the one that was refused.
    pub(crate) fn other_than(&self, refused: Option<&AccessToken>) -> Option<AccessToken> {
        self.known().other_than(refused)
    }

    /// A token in place of the refused one, as `ask` gives it. Calls that need the same at the same
    /// time ask once, and together.
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
            waiting: Arc::default(),
        }
    }

    /// Takes what the provider gave in place of the refused one, if anything; whoever comes later asks
    /// anew. A provider that was slow does not undo what another call was given meanwhile; what cannot
    /// be sent is not kept.
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

/// What a provider is asked.
#[derive(Clone, PartialEq, Eq)]
struct Question {
    /// For another token than this.
    refused: Option<AccessToken>,
    since: Instant,
}

impl Question {
    /// Whether the other one is the same, and may still be answered.
    fn joins(&self, other: &Self) -> bool {
        self.refused == other.refused && self.since.saturating_duration_since(other.since) < STALE
    }
}

/// A provider that is being asked, on behalf of all calls that wait for the answer. Any of them drives
/// it, so that it goes on where the one that began it is dropped, or not polled.
struct Asking {
    question: Question,
    doing: Mutex<Doing>,
    waiting: Arc<Waiting>,
}

enum Doing {
    Asks(Pin<Box<dyn Future<Output = Provided> + Send>>),
    Answered(Provided),
}

impl Asking {
    fn has_panicked(&self) -> bool {
        self.doing.is_poisoned()
    }

    fn poll(&self, context: &mut Context<'_>) -> Poll<Provided> {
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
                let _told = ToldOfPanic(&self.waiting);
                ready!(answer.as_mut().poll(&mut Context::from_waker(&waker)))
            }
        };
        *doing = Doing::Answered(answer.clone());
        drop(doing);
        self.waiting.wake_by_ref();
        Poll::Ready(answer)
    }
}

/// Wakes all who wait where the provider panics while one of them drives it.
struct ToldOfPanic<'a>(&'a Arc<Waiting>);

impl Drop for ToldOfPanic<'_> {
    fn drop(&mut self) {
        if thread::panicking() {
            self.0.wake_by_ref();
        }
    }
}

impl fmt::Debug for Asking {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Asking")
    }
}

/// The tasks of those who wait.
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
