//! The arguments of the program.

use std::ffi::OsString;
use std::path::PathBuf;
use std::time::Duration;

use intercom_core::ApiVersion;
use intercom_emulator::{Quirk, Quirks, SearchLag};
use lexopt::prelude::*;

pub(crate) const USAGE: &str = "\
A stateful Intercom in memory, for tests.

Usage: intercom-emulator [OPTIONS]

Listening:
  --listen ADDRESS       the address to listen on; 127.0.0.1:8099 by default, port 0 picks a free port
  --json                 say where it listens as one line of JSON
  --port-file FILE       write the port to a file
  --cors ORIGIN          let web pages of this origin send requests, * for all; can be repeated
  --max-connections N    how many connections are open at once; 4096 by default

Behaviour:
  --token TOKEN          the only access token to accept; by default, any
  --rate-limit N         how many requests to allow in ten seconds; by default, any number
  --api-version VERSION  the API version of requests that name none; 2.16 by default
  --quirks KINDS         make replies differ from their descriptions: all, or kinds separated by commas
  --search-lag P,SECONDS find P of 100 new objects up to this many seconds late in searches
  --replica-lag SECONDS  answer every other read as it would have been this long ago
  --utc-offset MINUTES   how far the workspace's time zone is ahead of UTC: -720 to 840
  --isolate              give every access token a workspace of its own
  --max-workspaces N     how many workspaces there are at most; 10000 by default
  --control              serve the control API and the inspector although it does not listen on loopback
  --no-control           serve neither

Webhooks:
  --webhook URL          notify this address, by http, of everything that happens
  --webhook-secret TEXT  sign notifications with this client secret
  --topics TOPICS        notify only of these topics, separated by commas; contact.* stands for many

Data:
  --seed SEED            the seed of ids and demo data: demo (the default), or a number
  --size CONTACTS        how many contacts the demo data has; 500 by default
  --empty                start without demo data
  --seed-file FILE       create the objects of a JSON file
  --state FILE           keep the workspace in a file

Output:
  --log, --log=json      write a line for every request to standard error
  --list-operations      list the operations, and whether they are emulated
  --version              print the version
  --help                 print this";

/// What the program is to do.
#[derive(Debug)]
pub(crate) enum Asked {
    Serve(Box<Arguments>),
    Help,
    Version,
    Operations,
}

/// How requests are logged.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Log {
    Text,
    Json,
}

#[derive(Debug)]
pub(crate) struct Arguments {
    pub(crate) listen: String,
    pub(crate) json: bool,
    pub(crate) port_file: Option<PathBuf>,
    pub(crate) cors: Vec<String>,
    pub(crate) max_connections: usize,
    pub(crate) token: Option<String>,
    pub(crate) rate_limit: Option<u64>,
    pub(crate) version: ApiVersion,
    pub(crate) quirks: Quirks,
    pub(crate) search_lag: SearchLag,
    pub(crate) replica_lag: Duration,
    pub(crate) utc_offset: i16,
    pub(crate) isolate: bool,
    pub(crate) max_workspaces: usize,
    pub(crate) control: Option<bool>,
    pub(crate) webhook: Option<String>,
    pub(crate) webhook_secret: String,
    pub(crate) topics: Vec<String>,
    pub(crate) seed: Option<u64>,
    pub(crate) size: usize,
    pub(crate) empty: bool,
    pub(crate) seed_file: Option<PathBuf>,
    pub(crate) state: Option<PathBuf>,
    pub(crate) log: Option<Log>,
}

impl Default for Arguments {
    fn default() -> Self {
        Self {
            listen: "127.0.0.1:8099".to_owned(),
            json: false,
            port_file: None,
            cors: Vec::new(),
            max_connections: 4096,
            token: None,
            rate_limit: None,
            version: ApiVersion::LATEST,
            quirks: Quirks::default(),
            search_lag: SearchLag::default(),
            replica_lag: Duration::ZERO,
            utc_offset: 0,
            isolate: false,
            max_workspaces: 10_000,
            control: None,
            webhook: None,
            webhook_secret: String::new(),
            topics: Vec::new(),
            seed: None,
            size: 500,
            empty: false,
            seed_file: None,
            state: None,
            log: None,
        }
    }
}

impl Arguments {
    /// Returns what to call the workspace.
    pub(crate) fn workspace(&self) -> String {
        match (self.empty, self.seed) {
            (true, _) => "empty".to_owned(),
            (false, None) => "demo".to_owned(),
            (false, Some(seed)) => seed.to_string(),
        }
    }
}

/// Parses the arguments.
pub(crate) fn read(arguments: impl IntoIterator<Item = OsString>) -> Result<Asked, lexopt::Error> {
    let mut read = Arguments::default();
    let mut parser = lexopt::Parser::from_args(arguments);
    while let Some(argument) = parser.next()? {
        match argument {
            Long("listen") => read.listen = parser.value()?.string()?,
            Long("json") => read.json = true,
            Long("port-file") => read.port_file = Some(parser.value()?.into()),
            Long("cors") => read.cors.push(parser.value()?.string()?),
            Long("max-connections") => read.max_connections = parser.value()?.parse()?,
            Long("token") => read.token = Some(parser.value()?.string()?),
            Long("rate-limit") => read.rate_limit = Some(parser.value()?.parse()?),
            Long("api-version") => read.version = version(&parser.value()?.string()?)?,
            Long("quirks") => read.quirks = quirks(&parser.value()?.string()?)?,
            Long("search-lag") => read.search_lag = search_lag(&parser.value()?.string()?)?,
            Long("replica-lag") => {
                read.replica_lag = Duration::from_secs(parser.value()?.parse()?);
            }
            Long("utc-offset") => read.utc_offset = parser.value()?.parse()?,
            Long("isolate") => read.isolate = true,
            Long("max-workspaces") => read.max_workspaces = parser.value()?.parse()?,
            Long("control") => read.control = Some(true),
            Long("no-control") => read.control = Some(false),
            Long("webhook") => read.webhook = Some(parser.value()?.string()?),
            Long("webhook-secret") => read.webhook_secret = parser.value()?.string()?,
            Long("topics") => {
                let topics = parser.value()?.string()?;
                read.topics.extend(topics.split(',').map(str::to_owned));
            }
            Long("seed") => {
                let seed = parser.value()?;
                read.seed = if seed == "demo" {
                    None
                } else {
                    Some(seed.parse()?)
                };
            }
            Long("size") => read.size = parser.value()?.parse()?,
            Long("empty") => read.empty = true,
            Long("seed-file") => read.seed_file = Some(parser.value()?.into()),
            Long("state") => read.state = Some(parser.value()?.into()),
            Long("log") => {
                read.log = Some(match parser.optional_value() {
                    None => Log::Text,
                    Some(format) if format == "json" => Log::Json,
                    Some(_) => return Err("--log takes no value, or json".into()),
                });
            }
            Long("list-operations") => return Ok(Asked::Operations),
            Long("version") | Short('V') => return Ok(Asked::Version),
            Long("help") | Short('h') => return Ok(Asked::Help),
            other => return Err(other.unexpected()),
        }
    }
    if read.webhook.is_none() && !(read.topics.is_empty() && read.webhook_secret.is_empty()) {
        return Err("--topics and --webhook-secret are of a --webhook".into());
    }
    if read.isolate && read.state.is_some() {
        return Err("--state keeps one workspace, so it does not go with --isolate".into());
    }
    Ok(Asked::Serve(Box::new(read)))
}

fn quirks(names: &str) -> Result<Quirks, lexopt::Error> {
    if names == "all" {
        return Ok(Quirks::all());
    }
    let kinds = names.split(',').map(|name| {
        Quirk::named(name).ok_or_else(|| {
            let known = Quirk::ALL.map(Quirk::name).join(", ");
            format!("there is no quirk {name}: all, or some of {known}")
        })
    });
    Ok(Quirks::new(kinds.collect::<Result<Vec<_>, _>>()?))
}

fn search_lag(text: &str) -> Result<SearchLag, lexopt::Error> {
    let parts = text.split_once(',');
    let lag = parts.and_then(|(percent, seconds)| {
        let seconds: u32 = seconds.parse().ok()?;
        let percent = percent.parse().ok().filter(|percent| *percent <= 100)?;
        Some(SearchLag::new(percent, Duration::from_secs(seconds.into())))
    });
    lag.ok_or_else(|| "--search-lag is written like 5,180: a percentage, and seconds".into())
}

fn version(name: &str) -> Result<ApiVersion, lexopt::Error> {
    match ApiVersion::from(name) {
        ApiVersion::Other(_) => Err(format!("there is no API version {name}").into()),
        version => Ok(version),
    }
}
