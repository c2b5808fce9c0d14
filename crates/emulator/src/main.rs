//! The program: serves an emulator until it is stopped.

#![allow(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "a program talks to its user"
)]

use std::ffi::OsString;
use std::io::Write;
use std::process::ExitCode;

use intercom_core::ApiVersion;
use intercom_emulator::Emulator;
use lexopt::prelude::*;

const USAGE: &str = "\
A stateful Intercom in memory, for tests.

Usage: intercom-emulator [OPTIONS]

Options:
  --listen ADDRESS   the address to listen on; 127.0.0.1:8099 by default, port 0 picks a free port
  --token TOKEN      the only access token to accept; by default, any
  --rate-limit N     how many requests to allow in ten seconds; by default, any number
  --seed SEED        the seed of ids and demo data: demo (the default), or a number
  --size CONTACTS    how many contacts the demo data has; 500 by default
  --version VERSION  the version of requests that name none; 2.16 by default
  --empty            start without demo data
  --help             print this";

struct Arguments {
    listen: String,
    token: Option<String>,
    rate_limit: Option<u64>,
    seed: Option<u64>,
    size: usize,
    version: ApiVersion,
    empty: bool,
}

/// Parses the arguments; `None` if they ask for help.
fn read(arguments: impl IntoIterator<Item = OsString>) -> Result<Option<Arguments>, lexopt::Error> {
    let mut read = Arguments {
        listen: "127.0.0.1:8099".to_owned(),
        token: None,
        rate_limit: None,
        seed: None,
        size: 500,
        version: ApiVersion::LATEST,
        empty: false,
    };
    let mut parser = lexopt::Parser::from_args(arguments);
    while let Some(argument) = parser.next()? {
        match argument {
            Long("listen") => read.listen = parser.value()?.string()?,
            Long("token") => read.token = Some(parser.value()?.string()?),
            Long("rate-limit") => read.rate_limit = Some(parser.value()?.parse()?),
            Long("seed") => {
                let seed = parser.value()?;
                read.seed = if seed == "demo" {
                    None
                } else {
                    Some(seed.parse()?)
                };
            }
            Long("size") => read.size = parser.value()?.parse()?,
            Long("version") => {
                let name = parser.value()?.string()?;
                read.version = ApiVersion::from(name.as_str());
                if matches!(read.version, ApiVersion::Other(_)) {
                    return Err(format!("there is no version {name}").into());
                }
            }
            Long("empty") => read.empty = true,
            Long("help") | Short('h') => return Ok(None),
            other => return Err(other.unexpected()),
        }
    }
    Ok(Some(read))
}

fn main() -> ExitCode {
    let arguments = match read(std::env::args_os().skip(1)) {
        Ok(Some(arguments)) => arguments,
        Ok(None) => {
            println!("{USAGE}");
            return ExitCode::SUCCESS;
        }
        Err(error) => {
            eprintln!("error: {error}\n\n{USAGE}");
            return ExitCode::from(2);
        }
    };
    let Arguments { listen, seed, .. } = arguments;
    let name = match (arguments.empty, seed) {
        (true, _) => "empty".to_owned(),
        (false, None) => "demo".to_owned(),
        (false, Some(seed)) => seed.to_string(),
    };
    let mut builder = Emulator::builder()
        .system_clock()
        .seed(seed.unwrap_or_default())
        .version(arguments.version);
    if !arguments.empty {
        builder = builder.demo_size(arguments.size);
    }
    if let Some(limit) = arguments.rate_limit {
        builder = builder.rate_limit(limit);
    }
    if let Some(token) = arguments.token {
        builder = builder.token(token);
    }
    let emulator = builder.build();
    let server = match emulator.serve(listen.as_str()) {
        Ok(server) => server,
        Err(error) => {
            eprintln!("error: cannot listen on {listen}: {error}");
            return ExitCode::FAILURE;
        }
    };
    let size = emulator.size();
    println!(
        "listening on {} (workspace {name}: {} contacts, {} collections)",
        server.url(),
        size.contacts,
        size.collections
    );
    // A pipe would hold the line back from whoever waits for it.
    let _ = std::io::stdout().flush();
    server.join();
    ExitCode::SUCCESS
}
