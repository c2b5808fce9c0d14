//! What a small call costs beside one written by hand: how much later its reply is there, and how many
//! calls a second 64 callers make on two cores.
//!
//! ```console
//! $ cargo bench --bench calls
//! $ taskset -c 0 cargo bench --bench calls
//! ```
//!
//! A single call takes 25 µs or 100, by where the system puts the threads of its two ends. On one core,
//! what it takes is the same in every run; the callers at once need both.

#![recursion_limit = "256"]
#![allow(
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a benchmark prints, and may panic"
)]

mod support;

use std::hint::black_box;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::{Duration, Instant};

use intercom_core::api::tags;
use intercom_core::{BaseUrl, Client, Config, blocking};
use intercom_transport_hyper::HyperTransport;
use intercom_transport_ureq::UreqTransport;
use support::{by_hand, median, plain, replies, server};

/// How many calls are timed one by one.
const CALLS: usize = 20_000;

/// How many callers there are at once, how many calls each makes in a round, and how many rounds.
const CALLERS: usize = 64;
const CALLS_OF_EACH: usize = 400;
const ROUNDS: usize = 7;

const PATH: &str = "/tags/17513";

fn config(server: SocketAddr) -> Config {
    Config::new("token").base_url(BaseUrl::parse(&format!("http://{server}")).unwrap())
}

fn microseconds(times: &mut [Duration]) -> f64 {
    median(times).as_secs_f64() * 1e6
}

/// The times of calls by hand, and of ours, in turn.
fn added(name: &str, mut by_hand: Vec<Duration>, mut ours: Vec<Duration>) {
    let (by_hand, ours) = (microseconds(&mut by_hand), microseconds(&mut ours));
    println!(
        "| {name:<5} | {by_hand:>11.1} | {ours:>8.1} | {:>9.1} |",
        ours - by_hand
    );
}

fn latency_on_ureq(server: SocketAddr) {
    let by_hand = by_hand::Ureq::new(server);
    let client = blocking::Client::new(UreqTransport::new().unwrap(), config(server));
    let get = tags::Get::new("17513");
    let (mut by_hand_times, mut times) = (Vec::new(), Vec::new());
    for _ in 0..CALLS {
        let start = Instant::now();
        black_box(by_hand.get::<plain::Tag>(PATH));
        by_hand_times.push(start.elapsed());
        let start = Instant::now();
        black_box(client.call(&get).unwrap());
        times.push(start.elapsed());
    }
    added("ureq", by_hand_times, times);
}

async fn latency_on_hyper(server: SocketAddr) {
    let by_hand = by_hand::Hyper::new(server);
    let client = Client::new(HyperTransport::new().unwrap(), config(server));
    let get = tags::Get::new("17513");
    let (mut by_hand_times, mut times) = (Vec::new(), Vec::new());
    for _ in 0..CALLS {
        let start = Instant::now();
        black_box(by_hand.get::<plain::Tag>(PATH).await);
        by_hand_times.push(start.elapsed());
        let start = Instant::now();
        black_box(client.call(&get).await.unwrap());
        times.push(start.elapsed());
    }
    added("hyper", by_hand_times, times);
}

/// How many calls a second all callers make together.
async fn rate<F>(call: impl Fn() -> F + Clone + Send + 'static) -> f64
where
    F: Future<Output = ()> + Send,
{
    let start = Instant::now();
    let callers: Vec<_> = (0..CALLERS)
        .map(|_| {
            let call = call.clone();
            tokio::spawn(async move {
                for _ in 0..CALLS_OF_EACH {
                    call().await;
                }
            })
        })
        .collect();
    for caller in callers {
        caller.await.unwrap();
    }
    (CALLERS * CALLS_OF_EACH) as f64 / start.elapsed().as_secs_f64()
}

async fn throughput(server: SocketAddr) {
    let by_hand = by_hand::Hyper::new(server);
    let client = Client::new(HyperTransport::new().unwrap(), config(server));
    let get = Arc::new(tags::Get::new("17513"));
    let by_hand = move || {
        let client = by_hand.clone();
        async move { drop(black_box(client.get::<plain::Tag>(PATH).await)) }
    };
    let ours = move || {
        let (client, get) = (client.clone(), Arc::clone(&get));
        async move { drop(black_box(client.call(&*get).await.unwrap())) }
    };
    let (mut by_hand_rates, mut rates, mut ratios) = (Vec::new(), Vec::new(), Vec::new());
    for _ in 0..ROUNDS {
        let (one, other) = (rate(by_hand.clone()).await, rate(ours.clone()).await);
        by_hand_rates.push(one);
        rates.push(other);
        ratios.push(other / one);
    }
    println!("| calls/s by hand | calls/s | ratio |");
    println!("| --------------: | ------: | ----: |");
    println!(
        "| {:>15.0} | {:>7.0} | {:>5.2} |",
        median(&mut by_hand_rates),
        median(&mut rates),
        median(&mut ratios),
    );
}

fn main() {
    let tag: Arc<[u8]> = replies::tag().into();
    let server = server::serve(move |_| vec![Arc::clone(&tag)]);

    println!("| one call | by hand, µs | ours, µs | added, µs |");
    println!("| -------- | ----------: | -------: | --------: |");
    let current = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .unwrap();
    current.block_on(latency_on_hyper(server));
    latency_on_ureq(server);

    println!("\n{CALLERS} callers at once on hyper:\n");
    let both = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build()
        .unwrap();
    both.block_on(throughput(server));
}
