//! Threads that need a token at the same time, in many interleavings. They run with
//! `RUSTFLAGS="--cfg shuttle"`.

use std::pin::pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::task::{Context, Waker};

use shuttle::future::{block_on, yield_now};
use shuttle::thread;

use super::{AccessToken, Provided, ProvidedToken};
use crate::transport::Now;

/// How many interleavings are tried.
const TRIES: usize = 2_000;

fn ask(
    provided: &Arc<ProvidedToken>,
    asked: &Arc<AtomicUsize>,
    now: Now,
) -> impl Future<Output = Provided> + use<> {
    let (provided, asked) = (Arc::clone(provided), Arc::clone(asked));
    async move {
        let ask = |_: Option<AccessToken>| async move {
            asked.fetch_add(1, Ordering::SeqCst);
            yield_now().await;
            Ok(AccessToken::new("token"))
        };
        provided.ask(None, now, ask).await
    }
}

#[test]
fn calls_that_need_a_token_share_one_request() {
    let test = || {
        let (provided, asked) = (Arc::default(), Arc::default());
        let now = Now::from_system();
        let callers: Vec<_> = (0..3)
            .map(|_| ask(&provided, &asked, now))
            .map(|call| thread::spawn(move || block_on(call)))
            .collect();
        for caller in callers {
            assert_eq!(caller.join().unwrap().unwrap(), "token".into());
        }
        assert_eq!(asked.load(Ordering::SeqCst), 1);
    };
    shuttle::check_random(test, TRIES);
}

#[test]
fn a_dropped_call_leaves_the_token_request_to_the_others() {
    let test = || {
        let (provided, asked) = (Arc::default(), Arc::default());
        let now = Now::from_system();
        let dropped = ask(&provided, &asked, now);
        let waiting = ask(&provided, &asked, now);
        let first = thread::spawn(move || {
            let mut dropped = pin!(dropped);
            let _ = dropped
                .as_mut()
                .poll(&mut Context::from_waker(Waker::noop()));
        });
        let second = thread::spawn(move || block_on(waiting));
        first.join().unwrap();
        assert_eq!(second.join().unwrap().unwrap(), "token".into());
    };
    shuttle::check_random(test, TRIES);
}
