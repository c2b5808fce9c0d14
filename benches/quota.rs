//! How much of the quota 64 callers at once get out of the service, by the emulator's account and the
//! clock of the machine: two quotas, four whole windows, about 45 seconds.
//!
//! ```console
//! $ cargo bench --bench quota
//! ```

#![allow(
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a benchmark prints, and may panic"
)]

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use intercom_core::api::admins;
use intercom_core::{BaseUrl, CallEvent, CallInfo, Client, Config, Observer};
use intercom_emulator::Emulator;
use intercom_transport_hyper::HyperTransport;

const CALLERS: usize = 64;

/// How many windows are counted, after the one in which the callers begin.
const WINDOWS: u64 = 4;

const WINDOW: u64 = 10;

fn now() -> u64 {
    SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .unwrap()
        .as_secs()
}

/// How often the service refused a call for its rate, by the window of our clock.
#[derive(Debug, Default)]
struct Refusals(Mutex<BTreeMap<u64, u64>>);

impl Observer for Refusals {
    fn observe(&self, _: &CallInfo<'_>, event: &CallEvent<'_>) {
        if let CallEvent::Response { status, .. } = event
            && status.as_u16() == 429
        {
            *self.0.lock().unwrap().entry(now() / WINDOW).or_default() += 1;
        }
    }
}

/// Calls until the windows are over, and counts replies by the window that they name.
async fn use_up(quota: u64) -> String {
    let emulator = Emulator::builder().system_clock().rate_limit(quota).build();
    let server = emulator.serve("127.0.0.1:0").unwrap();
    let refusals = Arc::new(Refusals::default());
    let config = Config::new("token")
        .base_url(BaseUrl::parse(&server.url()).unwrap())
        .observer(Arc::clone(&refusals) as Arc<dyn Observer>);
    let client = Client::new(HyperTransport::new().unwrap(), config);
    let replies = Arc::new(Mutex::new(BTreeMap::<u64, u64>::new()));

    let first = now() / WINDOW;
    let over = (first + WINDOWS + 1) * WINDOW;
    let callers: Vec<_> = (0..CALLERS)
        .map(|_| {
            let (client, replies) = (client.clone(), Arc::clone(&replies));
            tokio::spawn(async move {
                while now() < over {
                    let reply = client.call(&admins::Me::new()).await.unwrap();
                    let reset = reply.raw().rate_limit().unwrap().reset;
                    let window = reset.duration_since(UNIX_EPOCH).unwrap().as_secs() / WINDOW - 1;
                    *replies.lock().unwrap().entry(window).or_default() += 1;
                }
            })
        })
        .collect();
    tokio::time::sleep(Duration::from_secs(over - now())).await;
    for caller in callers {
        caller.abort();
    }

    let (replies, refusals) = (replies.lock().unwrap(), refusals.0.lock().unwrap());
    let of =
        |counts: &BTreeMap<u64, u64>, window: u64| counts.get(&window).copied().unwrap_or_default();
    let windows = (first + 1)..=(first + WINDOWS);
    let used: Vec<f64> = windows
        .clone()
        .map(|window| of(&replies, window) as f64 / quota as f64 * 100.0)
        .collect();
    let shown: Vec<String> = used.iter().map(|used| format!("{used:.1}")).collect();
    let refused: u64 = windows.map(|window| of(&refusals, window)).sum();
    let mean = used.iter().sum::<f64>() / used.len() as f64;
    format!(
        "| {quota:>5} | {:<25} | {mean:>7.1} | {:>17} | {refused:>10} |",
        shown.join(", "),
        of(&refusals, first),
    )
}

fn main() {
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
        .unwrap();
    let rows = runtime.block_on(async {
        let few = tokio::spawn(use_up(167));
        let many = tokio::spawn(use_up(1_667));
        [few.await.unwrap(), many.await.unwrap()]
    });
    println!("| quota | used in each window, %    | mean, % | 429, first window | 429, later |");
    println!("| ----: | ------------------------- | ------: | ----------------: | ---------: |");
    for row in rows {
        println!("{row}");
    }
}
