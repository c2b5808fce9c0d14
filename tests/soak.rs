//! A hundred thousand calls under faults of all kinds: each write is done once, or is said to be
//! unknown, or was certainly not done; and nothing is left over at the end.
//!
//! The usual run makes fewer calls. `INTERCOM_SOAK_CALLS=100000` makes as many, and
//! `INTERCOM_SOAK_SEED` chooses other faults; the same seed gives the same ones.

#![allow(clippy::unwrap_used, reason = "a broken test may panic")]
#![allow(clippy::print_stdout, reason = "what a run came to is worth reading")]

#[path = "soak/budget.rs"]
mod budget;
#[path = "soak/plan.rs"]
mod plan;
#[path = "soak/server.rs"]
mod server;

use std::collections::BTreeMap;
use std::future::{Future, poll_fn};
use std::pin::pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::task::Poll;
use std::thread;
use std::time::{Duration, Instant};

use budget::Counted;
use intercom_core::api::{contacts, notes};
use intercom_core::error::DecodeErrorKind;
use intercom_core::{BaseUrl, CallOptions, Client, Config, Endpoint, Error, RetryPolicy, blocking};
use intercom_transport_hyper::HyperTransport;
use intercom_transport_ureq::UreqTransport;
use plan::{Does, Plan};
use server::Server;

/// How many async calls are under way at a time, and how many threads call blocking.
const TASKS: usize = 64;
const THREADS: usize = 4;

/// The time of a call: more than even a busy machine needs for one that comes to an end.
const PATIENCE: Duration = Duration::from_secs(60);

/// The time of one that is to meet a server which hangs.
const SOON: Duration = Duration::from_secs(2);

/// The retries of a call.
const RETRIES: u32 = 3;

/// What came of a call, for the one who made it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Came {
    Done,
    /// It may have been done.
    Unknown,
    /// It was not done, or was a read. With its attempts, where more of them were allowed.
    Not {
        gave_up: bool,
    },
    /// It was dropped half-way.
    Dropped,
    /// The reply could not be read, to a call that may be repeated.
    Unreadable,
}

/// What came of it, and whether the client counts it as answered.
type Outcome = (Came, bool);

fn outcome<T>(result: Result<T, Error>) -> Outcome {
    let error = match result {
        Ok(_) => return (Came::Done, true),
        Err(error) => error,
    };
    let answered = matches!(&error, Error::Decode(error) if error.kind == DecodeErrorKind::Json);
    let attempts = match &error {
        Error::Transport(error) => error.attempts,
        Error::Api(error) if error.reply.status().as_u16() < 520 => error.attempts,
        // What no attempt follows on.
        _ => RETRIES + 1,
    };
    let came = if error.outcome_unknown() {
        Came::Unknown
    } else if matches!(error, Error::Decode(_)) {
        Came::Unreadable
    } else {
        let gave_up = attempts <= RETRIES && !error.is_timeout();
        Came::Not { gave_up }
    };
    (came, answered)
}

/// One of the two clients, with a count of its own.
struct Side {
    budget: Arc<Counted>,
    config: Config,
    numbers: Vec<usize>,
    next: AtomicUsize,
}

impl Side {
    fn new(server: &Server, numbers: impl Iterator<Item = usize>) -> Self {
        let budget = Arc::new(Counted::default());
        let policy = RetryPolicy::default()
            .retries(RETRIES)
            .base(Duration::from_millis(1))
            .cap(Duration::from_millis(4));
        let config = Config::new("token")
            .base_url(BaseUrl::parse(&server.url()).unwrap())
            .retry(policy)
            .timeout(PATIENCE)
            .rate_budget(budget.clone());
        Self {
            budget,
            config,
            numbers: numbers.collect(),
            next: AtomicUsize::new(0),
        }
    }

    /// The number of a call that nobody has made.
    fn take(&self) -> Option<usize> {
        let next = self.next.fetch_add(1, Ordering::SeqCst);
        self.numbers.get(next).copied()
    }
}

fn read(number: usize) -> contacts::Get {
    contacts::Get::new(number.to_string())
}

fn change(number: usize) -> contacts::Update {
    let update = contacts::ContactUpdate::new().name("Ada");
    contacts::Update::new(number.to_string(), update)
}

fn write(number: usize) -> notes::CreateForContact {
    notes::CreateForContact::new(
        number.to_string(),
        notes::NoteCreate::new(number.to_string()),
    )
}

fn options(plan: Plan, number: usize) -> CallOptions {
    match plan.hangs(number) {
        true => CallOptions::new().timeout(SOON),
        false => CallOptions::new(),
    }
}

async fn call_async<E: Endpoint>(client: &Client, endpoint: E, polls: Option<u32>) -> Outcome {
    let mut call = pin!(client.call(&endpoint));
    let mut left = polls;
    let result = poll_fn(|context| match call.as_mut().poll(context) {
        Poll::Ready(result) => Poll::Ready(Some(result)),
        Poll::Pending => {
            if let Some(left) = &mut left {
                *left -= 1;
            }
            if left == Some(0) {
                Poll::Ready(None)
            } else {
                Poll::Pending
            }
        }
    })
    .await;
    result.map_or((Came::Dropped, false), outcome)
}

/// Makes the calls of the async side; gives what came of them when nothing is left of it.
fn run_async(plan: Plan, side: &Arc<Side>) -> Vec<(usize, Outcome)> {
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build()
        .unwrap();
    let root = rcgen::generate_simple_self_signed(["localhost".to_owned()]).unwrap();
    let roots = [root.cert.der().to_vec()];
    let transport = HyperTransport::builder().root_certificates(roots).build();
    let client = Client::new(transport.unwrap(), side.config.clone());
    let tasks: Vec<_> = (0..TASKS)
        .map(|_| {
            let (client, side) = (client.clone(), Arc::clone(side));
            runtime.spawn(async move {
                let mut outcomes = Vec::new();
                while let Some(number) = side.take() {
                    let client = client.with_options(options(plan, number));
                    let polls = plan.dropped_after(number);
                    let outcome = match plan.does(number) {
                        Does::Read => call_async(&client, read(number), polls).await,
                        Does::Change => call_async(&client, change(number), polls).await,
                        Does::Write => call_async(&client, write(number), polls).await,
                    };
                    outcomes.push((number, outcome));
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
    assert!(becomes(0, tasks), "{plan:?}: {} tasks are left", tasks());
    outcomes
}

fn run_blocking(plan: Plan, side: &Side) -> Vec<(usize, Outcome)> {
    let root = rcgen::generate_simple_self_signed(["localhost".to_owned()]).unwrap();
    let roots = [root.cert.der().to_vec()];
    let transport = UreqTransport::builder().root_certificates(roots).build();
    let client = blocking::Client::new(transport.unwrap(), side.config.clone());
    thread::scope(|scope| {
        let threads = [(); THREADS].map(|()| {
            let client = client.clone();
            scope.spawn(move || {
                let mut outcomes = Vec::new();
                while let Some(number) = side.take() {
                    let client = client.with_options(options(plan, number));
                    let outcome = match plan.does(number) {
                        Does::Read => outcome(client.call(&read(number))),
                        Does::Change => outcome(client.call(&change(number))),
                        Does::Write => outcome(client.call(&write(number))),
                    };
                    outcomes.push((number, outcome));
                }
                outcomes
            })
        });
        let threads = threads.into_iter();
        threads.flat_map(|thread| thread.join().unwrap()).collect()
    })
}

/// Whether a count gets there, before patience ends.
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

/// Whether a write that was done so often may have come to this.
fn is_true(came: Came, done: u32) -> bool {
    match came {
        Came::Done => done == 1,
        Came::Unknown | Came::Dropped => done <= 1,
        Came::Not { .. } | Came::Unreadable => done == 0,
    }
}

/// Runs, and gives how many calls were given up before they had all their attempts.
fn soak(share: u8) -> usize {
    let number = |name, usual| {
        let set = std::env::var(name).ok();
        set.map_or(usual, |set| set.parse().unwrap())
    };
    let calls = number("INTERCOM_SOAK_CALLS", 6_000) as usize;
    let seed = number("INTERCOM_SOAK_SEED", 1);
    let plan = Plan { seed, share };
    let start = Instant::now();

    let server = Server::start(plan, calls);
    let (blocking, others): (Vec<_>, Vec<_>) = (0..calls).partition(|number| plan.blocks(*number));
    let sides = [others, blocking].map(|numbers| Arc::new(Side::new(&server, numbers.into_iter())));
    let outcomes = thread::scope(|scope| {
        let blocking = scope.spawn(|| run_blocking(plan, &sides[1]));
        let outcomes = run_async(plan, &sides[0]);
        [outcomes, blocking.join().unwrap()]
    });
    let took = start.elapsed();

    let open = || server.open();
    assert!(
        becomes(0, open),
        "{plan:?}: {} connections are left",
        open()
    );
    let mut counts = BTreeMap::new();
    for (side, outcomes) in sides.iter().zip(&outcomes) {
        let budget = &side.budget;
        assert_eq!(outcomes.len(), side.numbers.len(), "{plan:?}");
        assert_eq!(budget.granted(), budget.released(), "{plan:?}");

        let answered = outcomes
            .iter()
            .filter(|(_, (_, answered))| *answered)
            .count();
        let rated: u32 = side
            .numbers
            .iter()
            .map(|number| server.rated(*number))
            .sum();
        // By the budget of retries: ten, and more by successes and by time.
        let earned = answered / 10 + usize::try_from(took.as_secs()).unwrap() / 10;
        let most = outcomes.len() + 10 + earned + 1 + rated as usize;
        assert!(
            budget.granted() <= most,
            "{plan:?}: {} requests, at most {most}",
            budget.granted()
        );

        for (number, (came, _)) in outcomes {
            let (does, done) = (plan.does(*number), server.done(*number));
            if does == Does::Write {
                assert!(
                    is_true(*came, done),
                    "{plan:?}: write {number} was done {done} times, and came to {came:?}"
                );
            }
            *counts.entry(format!("{does:?} {came:?}")).or_insert(0) += 1;
        }
    }
    println!(
        "{plan:?}: {calls} calls, {} requests, {took:?}: {counts:?}",
        server.asked(),
    );
    // One that is to meet a hang may be out of time before it does.
    let is_counted = |number| plan.does(number) != Does::Write && !plan.hangs(number);
    let gave_up = |came| came == Came::Not { gave_up: true };
    let all = outcomes.iter().flatten();
    all.filter(|(number, (came, _))| gave_up(*came) && is_counted(*number))
        .count()
}

#[test]
fn no_write_is_doubled_and_nothing_is_left_over_when_a_little_goes_wrong() {
    // Successes earn more retries than there are to make.
    assert_eq!(soak(4), 0);
}

#[test]
fn no_write_is_doubled_and_nothing_is_left_over_when_much_goes_wrong() {
    // The budget of retries ends, so that calls fail which had attempts left.
    assert!(soak(40) > 0);
}
