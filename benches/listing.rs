//! What it takes to read 30,000 contacts, 150 a page, over loopback: the processor time and the memory
//! of a whole program, beside those of a program written by hand. And the memory of a large download.
//!
//! ```console
//! $ cargo bench --bench listing
//! ```
//!
//! Each program is a process of its own: this one, started again with `--as`.

#![recursion_limit = "256"]
#![allow(
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a benchmark prints, and may panic"
)]

mod support;

use std::env;
use std::io::{self, Write};
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::Arc;
use std::time::Duration;

use flate2::Compression;
use flate2::write::GzEncoder;
use intercom_core::api::{contacts, data_export};
use intercom_core::{BaseUrl, Client, Config, blocking};
use intercom_transport_hyper::HyperTransport;
use intercom_transport_ureq::UreqTransport;
use support::{by_hand, median, plain, process, replies, server};

/// How often each program runs.
const ROUNDS: usize = 11;

const MIB: usize = 1024 * 1024;

/// How large the download is.
const DOWNLOAD: usize = 1024 * MIB;

/// How the list is read: the name of the program, and what it does. It gives how much it read.
type Program = (&'static str, fn(SocketAddr) -> usize);

const LISTING: [Program; 4] = [
    ("hyper by hand", |server| {
        runtime().block_on(list_by_hyper(server))
    }),
    ("hyper", |server| runtime().block_on(list_on_hyper(server))),
    ("ureq by hand", list_by_ureq),
    ("ureq", list_on_ureq),
];

const DOWNLOADING: [Program; 2] = [
    ("download, hyper", |server| {
        runtime().block_on(download_on_hyper(server))
    }),
    ("download, ureq", download_on_ureq),
];

fn runtime() -> tokio::runtime::Runtime {
    tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .unwrap()
}

fn config(server: SocketAddr) -> Config {
    Config::new("token").base_url(BaseUrl::parse(&format!("http://{server}")).unwrap())
}

fn path_after(page: &plain::ContactPage) -> Option<String> {
    let next = page.pages.as_ref()?.next.as_ref()?;
    let cursor = next.starting_after.as_ref()?;
    Some(format!("/contacts?per_page=150&starting_after={cursor}"))
}

async fn list_by_hyper(server: SocketAddr) -> usize {
    let client = by_hand::Hyper::new(server);
    let (mut count, mut path) = (0, Some("/contacts?per_page=150".to_owned()));
    while let Some(at) = path {
        let page: plain::ContactPage = client.get(&at).await;
        path = path_after(&page);
        count += page.data.len();
    }
    count
}

fn list_by_ureq(server: SocketAddr) -> usize {
    let client = by_hand::Ureq::new(server);
    let (mut count, mut path) = (0, Some("/contacts?per_page=150".to_owned()));
    while let Some(at) = path {
        let page: plain::ContactPage = client.get(&at);
        path = path_after(&page);
        count += page.data.len();
    }
    count
}

async fn list_on_hyper(server: SocketAddr) -> usize {
    let client = Client::new(HyperTransport::new().unwrap(), config(server));
    let mut contacts = client.items(contacts::List::new().per_page(150_u32));
    let mut count = 0;
    while contacts.try_next().await.unwrap().is_some() {
        count += 1;
    }
    count
}

fn list_on_ureq(server: SocketAddr) -> usize {
    let client = blocking::Client::new(UreqTransport::new().unwrap(), config(server));
    client
        .items(contacts::List::new().per_page(150_u32))
        .map(Result::unwrap)
        .count()
}

async fn download_on_hyper(server: SocketAddr) -> usize {
    let client = Client::new(HyperTransport::new().unwrap(), config(server));
    let download = client
        .download(&data_export::Download::new("7"))
        .await
        .unwrap();
    download
        .write_to(io::sink())
        .await
        .unwrap()
        .try_into()
        .unwrap()
}

fn download_on_ureq(server: SocketAddr) -> usize {
    let client = blocking::Client::new(UreqTransport::new().unwrap(), config(server));
    let download = client.download(&data_export::Download::new("7")).unwrap();
    download.write_to(io::sink()).unwrap().try_into().unwrap()
}

/// What a program took.
#[derive(Clone, Copy)]
struct Account {
    cpu: Duration,
    memory: u64,
}

/// Runs one of the programs above as a process of its own.
fn run(name: &str, server: SocketAddr, expected: usize) -> Account {
    let mut program = Command::new(env::current_exe().unwrap());
    program.args(["--as", name]);
    measure(name, &mut program, server, expected)
}

/// Runs a program that prints how much it read and what that took.
fn measure(name: &str, program: &mut Command, server: SocketAddr, expected: usize) -> Account {
    let output = program.arg(server.to_string()).output().unwrap();
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{name}: {errors}");
    let output = String::from_utf8(output.stdout).unwrap();
    let mut numbers = output
        .split_whitespace()
        .map(|number| number.parse::<u64>().unwrap());
    let mut next = || numbers.next().unwrap();
    assert_eq!(next(), expected as u64, "{name}");
    Account {
        cpu: Duration::from_nanos(next()),
        memory: next(),
    }
}

fn main() {
    let arguments: Vec<String> = env::args().skip(1).collect();
    if let [started_as, name, server] = &arguments[..]
        && started_as == "--as"
    {
        let mut programs = LISTING.iter().chain(&DOWNLOADING);
        let (_, program) = programs.find(|(known, _)| known == name).unwrap();
        let count = program(server.parse().unwrap());
        println!(
            "{count} {} {}",
            process::cpu().as_nanos(),
            process::peak_memory()
        );
        return;
    }

    let server = start();
    let mut accounts = [const { Vec::new() }; LISTING.len()];
    for _ in 0..ROUNDS {
        for ((name, _), accounts) in LISTING.iter().zip(&mut accounts) {
            accounts.push(run(name, server, replies::CONTACTS));
        }
    }
    println!("| program         | CPU, ms | of by hand | peak, MiB |");
    println!("| --------------- | ------: | ---------: | --------: |");
    let mut by_hand: Vec<f64> = Vec::new();
    for (index, ((name, _), accounts)) in LISTING.iter().zip(&accounts).enumerate() {
        let times: Vec<f64> = accounts
            .iter()
            .map(|account| account.cpu.as_secs_f64() * 1e3)
            .collect();
        if index.is_multiple_of(2) {
            by_hand.clone_from(&times);
        }
        // Of each round, so that the weather of one round is in both of its numbers.
        let mut ratios: Vec<f64> = times
            .iter()
            .zip(&by_hand)
            .map(|(time, by_hand)| time / by_hand)
            .collect();
        let memory = accounts
            .iter()
            .map(|account| account.memory)
            .max()
            .unwrap_or_default();
        row(
            name,
            median(&mut times.clone()),
            Some(median(&mut ratios)),
            memory,
        );
    }
    if let [option, folder] = &arguments[..]
        && option == "--peers"
    {
        list_with_peers(Path::new(folder), server);
    }
    for (name, _) in DOWNLOADING {
        let account = run(name, server, DOWNLOAD);
        row(name, account.cpu.as_secs_f64() * 1e3, None, account.memory);
    }
    io::stdout().flush().unwrap();
}

/// The same list with the official SDKs that `benches/peers/run.sh` installed.
fn list_with_peers(folder: &Path, server: SocketAddr) {
    let programs = [
        ("Node SDK", PathBuf::from("node"), "list.mjs"),
        ("Python SDK", folder.join("venv/bin/python"), "list.py"),
    ];
    for (name, interpreter, script) in programs {
        let rounds = (0..3).map(|_| {
            let mut program = Command::new(&interpreter);
            program.arg(folder.join(script));
            measure(name, &mut program, server, replies::CONTACTS)
        });
        let accounts: Vec<Account> = rounds.collect();
        let times = accounts
            .iter()
            .map(|account| account.cpu.as_secs_f64() * 1e3);
        let mut times: Vec<f64> = times.collect();
        let memory = accounts.iter().map(|account| account.memory).max();
        row(name, median(&mut times), None, memory.unwrap_or_default());
    }
}

fn row(name: &str, milliseconds: f64, ratio: Option<f64>, memory: u64) {
    let ratio = ratio.map(|ratio| format!("{ratio:.2}")).unwrap_or_default();
    let memory = memory as f64 / MIB as f64;
    println!("| {name:<15} | {milliseconds:>7.0} | {ratio:>10} | {memory:>9.1} |");
}

/// Serves the pages of the list, and the file of an export.
fn start() -> SocketAddr {
    let start: Arc<[u8]> = replies::start_of_contact_page().into();
    let mut member = GzEncoder::new(Vec::new(), Compression::none());
    member.write_all(&vec![b'x'; MIB]).unwrap();
    let member: Arc<[u8]> = member.finish().unwrap().into();
    server::serve(move |path| {
        if path.starts_with("/download") {
            return vec![Arc::clone(&member); DOWNLOAD / MIB];
        }
        let before = path
            .split_once("starting_after=after-")
            .map_or(0, |(_, page)| page.parse().unwrap());
        let end = format!("{}}}", replies::place(before + 1));
        vec![Arc::clone(&start), end.into_bytes().into()]
    })
}
