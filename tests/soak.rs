//! A hundred thousand calls under faults of all kinds: each write is done once, or its outcome is
//! reported as unknown, or it was certainly not done; each read is whole or an error; and nothing is left
//! over at the end.
//!
//! By default there are fewer calls. `INTERCOM_SOAK_CALLS=100000` makes as many, and
//! `INTERCOM_SOAK_SEED` chooses other faults; the same seed chooses the same ones.

#![allow(clippy::unwrap_used, reason = "a broken test may panic")]
#![allow(clippy::print_stdout, reason = "the counts of a run are worth reading")]

#[path = "soak/budget.rs"]
mod budget;
#[path = "soak/calls.rs"]
mod calls;
#[path = "soak/http1.rs"]
mod http1;
#[path = "soak/http2.rs"]
mod http2;
#[path = "soak/plan.rs"]
mod plan;
#[path = "soak/server.rs"]
mod server;
#[path = "soak/service.rs"]
mod service;
#[path = "soak/tokens.rs"]
mod tokens;
#[path = "soak/witness.rs"]
mod witness;

use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use budget::Counted;
use calls::{Came, call_async, call_blocking};
use intercom_core::{BaseUrl, CallOptions, Client, Config, RetryPolicy, blocking};
use intercom_transport_hyper::HyperTransport;
use intercom_transport_ureq::UreqTransport;
use plan::{Does, Plan, Wire};
use server::Server;
use tokens::Tokens;
use witness::Witness;

/// How many async calls are in flight at a time, and how many threads call blocking.
const TASKS: usize = 64;
const THREADS: usize = 4;

/// The timeout of a call: longer than a call takes even on a busy machine.
const PATIENCE: Duration = Duration::from_secs(60);

/// The timeout of a call that meets a server that hangs.
const SOON: Duration = Duration::from_secs(2);

/// How much longer than its timeout a call may take, on a busy machine.
const ALLOWANCE: Duration = Duration::from_secs(5);

/// The retries of a call.
const RETRIES: u32 = 3;

/// What a call came to, and how long it took.
struct Outcome {
    number: usize,
    came: Came,
    took: Duration,
}

/// One of the two clients, with accounts of its own.
struct Side {
    plan: Plan,
    budget: Arc<Counted>,
    witness: Arc<Witness>,
    config: Config,
    roots: [Vec<u8>; 1],
    numbers: Vec<usize>,
    next: AtomicUsize,
}

impl Side {
    fn new(server: &Server, plan: Plan, calls: usize, numbers: Vec<usize>) -> Self {
        let budget = Arc::new(Counted::default());
        let witness = Arc::new(Witness::new(plan, calls));
        let policy = RetryPolicy::default()
            .retries(RETRIES)
            .base(Duration::from_millis(1))
            .cap(Duration::from_millis(4));
        let config = Config::default()
            .base_url(BaseUrl::parse(&server.url()).unwrap())
            .retry(policy)
            .timeout(PATIENCE)
            .observer(Arc::clone(&witness))
            .rate_budget(Arc::clone(&budget));
        Self {
            plan,
            budget,
            witness,
            config,
            roots: [server.certificate.clone()],
            numbers,
            next: AtomicUsize::new(0),
        }
    }

    /// Returns the number of a call that nobody has made.
    fn take(&self) -> Option<usize> {
        let next = self.next.fetch_add(1, Ordering::SeqCst);
        self.numbers.get(next).copied()
    }

    fn timeout(&self, number: usize) -> Duration {
        if self.plan.hangs(number) {
            SOON
        } else {
            PATIENCE
        }
    }

    fn options(&self, number: usize) -> CallOptions {
        CallOptions::new()
            .timeout(self.timeout(number))
            .idle_timeout(self.timeout(number))
            .header("soak-call", number.to_string())
    }
}

/// Makes the calls of the async side. Nothing is left of it when it returns.
fn run_async(side: &Arc<Side>) -> Vec<Outcome> {
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build()
        .unwrap();
    let roots = side.roots.clone();
    let transport = HyperTransport::builder().root_certificates(roots).build();
    let client = Client::new(transport.unwrap(), side.config.clone());
    let client = client.token_provider(Tokens::new(side.plan));
    let tasks: Vec<_> = (0..TASKS)
        .map(|_| {
            let (client, side) = (client.clone(), Arc::clone(side));
            runtime.spawn(async move {
                let mut outcomes = Vec::new();
                while let Some(number) = side.take() {
                    let client = client.with_options(side.options(number));
                    let start = Instant::now();
                    let came = call_async(client, side.plan, number).await;
                    let took = start.elapsed();
                    outcomes.push(Outcome { number, came, took });
                }
                outcomes
            })
        })
        .collect();
    let outcomes = runtime.block_on(async {
        let mut outcomes = Vec::new();
        for task in tasks {
            outcomes.extend(task.await.unwrap());
        }
        outcomes
    });
    drop(client);
    let tasks = || runtime.metrics().num_alive_tasks();
    assert!(
        becomes(0, tasks),
        "{:?}: {} tasks are left",
        side.plan,
        tasks()
    );
    outcomes
}

fn run_blocking(side: &Side) -> Vec<Outcome> {
    let roots = side.roots.clone();
    let transport = UreqTransport::builder().root_certificates(roots).build();
    let client = blocking::Client::new(transport.unwrap(), side.config.clone());
    let client = client.token_provider(Tokens::new(side.plan));
    thread::scope(|scope| {
        let threads = [(); THREADS].map(|()| {
            let client = client.clone();
            scope.spawn(move || {
                let mut outcomes = Vec::new();
                while let Some(number) = side.take() {
                    let client = client.with_options(side.options(number));
                    let start = Instant::now();
                    let came = call_blocking(&client, side.plan, number);
                    let took = start.elapsed();
                    outcomes.push(Outcome { number, came, took });
                }
                outcomes
            })
        });
        let threads = threads.into_iter();
        threads.flat_map(|thread| thread.join().unwrap()).collect()
    })
}

/// Whether a count becomes this within ten seconds.
fn becomes(wanted: usize, count: impl Fn() -> usize) -> bool {
    let end = Instant::now() + Duration::from_secs(10);
    while count() != wanted {
        if Instant::now() > end {
            return false;
        }
        thread::yield_now();
    }
    true
}

/// Whether this is a true report of a write that was done so many times. `once` is how often it is done
/// if it succeeds.
fn is_true(came: Came, done: u32, once: u32) -> bool {
    match came {
        Came::Done | Came::Unfinished => done == once,
        Came::Unknown | Came::Dropped | Came::Panicked => done <= once,
        Came::Not { .. } | Came::Unreadable => done == 0,
        Came::Wrong => false,
    }
}

/// Compares what the callers of a side learned with what the server did.
fn audit(side: &Side, server: &Server, outcomes: &[Outcome], took: Duration) {
    let plan = side.plan;
    assert_eq!(outcomes.len(), side.numbers.len(), "{plan:?}");

    let granted = side.budget.granted();
    assert_eq!(granted, side.budget.released(), "{plan:?}");
    assert_eq!(granted, side.witness.attempts(), "{plan:?}");

    // The retry budget has ten retries, and more by successes and by time.
    let (retries, successes) = side.witness.retry_budget();
    let most = 11 + successes / 10 + usize::try_from(took.as_secs()).unwrap() / 10;
    assert!(
        retries <= most,
        "{plan:?}: {retries} retries, at most {most}"
    );

    for Outcome { number, came, took } in outcomes {
        let (does, done) = (plan.does(*number), server.ledger.done(*number));
        let asked = server.ledger.asked_by(*number);
        let faults: Vec<_> = (0..asked).map(|nth| plan.fault(*number, nth)).collect();
        let fault = format!(
            "{plan:?}: {does:?} {number} met {faults:?}, came to {came:?}, and was done {done} times"
        );
        assert!(*came != Came::Wrong, "{fault}");
        let refusals = side.witness.refusals(*number);
        let repeated = server.ledger.repeated_a_token(*number, refusals);
        assert!(!repeated, "{fault}, and had a token that was refused to it");
        let once = match does {
            Does::Write | Does::Job => 1,
            Does::Upsert => u32::from(!plan.exists(*number)),
            Does::Read | Does::Change | Does::List | Does::Download => 0,
        };
        assert!(is_true(*came, done, once), "{fault}");
        // Each call has the whole timeout.
        let calls = match does.is_one_call() {
            true => 1,
            false => asked.max(1),
        };
        let most = (side.timeout(*number) + ALLOWANCE) * calls;
        assert!(*took <= most, "{fault} after {took:?}");
    }
}

/// Runs, and returns how many calls failed although they had attempts left.
fn soak(wire: Wire, share: u8) -> usize {
    let number = |name, default| {
        let set = std::env::var(name).ok();
        set.map_or(default, |set| set.parse().unwrap())
    };
    let calls = number("INTERCOM_SOAK_CALLS", 2_000) as usize;
    let seed = number("INTERCOM_SOAK_SEED", 1);
    let plan = Plan { seed, share, wire };
    let start = Instant::now();

    let server = Server::start(plan, calls);
    let (blocking, others): (Vec<_>, Vec<_>) = (0..calls).partition(|number| plan.blocks(*number));
    let sides =
        [others, blocking].map(|numbers| Arc::new(Side::new(&server, plan, calls, numbers)));
    let outcomes = thread::scope(|scope| {
        let blocking = scope.spawn(|| run_blocking(&sides[1]));
        let outcomes = run_async(&sides[0]);
        [outcomes, blocking.join().unwrap()]
    });
    let took = start.elapsed();

    let open = || server.open();
    assert!(
        becomes(0, open),
        "{plan:?}: {} connections are left",
        open()
    );
    let offences = server.ledger.offences();
    assert!(offences.is_empty(), "{plan:?}: {offences:?}");
    for (side, outcomes) in sides.iter().zip(&outcomes) {
        audit(side, &server, outcomes, took);
    }

    let all = || outcomes.iter().flatten();
    let mut counts = BTreeMap::new();
    for Outcome { number, came, .. } in all() {
        let key = format!("{:?} {came:?}", plan.does(*number));
        *counts.entry(key).or_insert(0) += 1;
    }
    println!(
        "{plan:?}: {calls} calls, {} requests, {took:?}: {counts:?}",
        server.ledger.asked(),
    );
    // A call that is to meet a hang may be out of time before it does.
    let is_read = |number| matches!(plan.does(number), Does::Read | Does::Change);
    let is_counted = |number| is_read(number) && !plan.hangs(number);
    let gave_up = |came| came == Came::Not { gave_up: true };
    all()
        .filter(|outcome| gave_up(outcome.came) && is_counted(outcome.number))
        .count()
}

#[test]
fn no_write_is_doubled_and_nothing_leaks_with_few_faults() {
    // Successes earn more retries than there are to make.
    assert_eq!(soak(Wire::Plain, 4), 0);
}

#[test]
fn no_write_is_doubled_and_nothing_leaks_with_many_faults() {
    // The retry budget runs out, so calls fail that had attempts left.
    assert!(soak(Wire::Plain, 40) > 0);
}

#[test]
fn no_write_is_doubled_and_nothing_leaks_with_tls() {
    soak(Wire::Tls, 20);
}

#[test]
fn no_write_is_doubled_and_nothing_leaks_with_http2() {
    soak(Wire::Http2, 6);
}
