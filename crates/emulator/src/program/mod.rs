//! What the program does.

mod arguments;
mod signals;

pub(crate) use arguments::{Arguments, Asked, Log, USAGE, read};

use std::error::Error;
use std::fs;
use std::io::Write;

use intercom_core::api;
use intercom_core::model::Timestamp;
use intercom_emulator::{Builder, Emulator, Entry, Server, Webhook, is_emulated};
use serde_json::{Value, json};

/// Serves until a signal ends it.
pub(crate) fn serve(arguments: Arguments) -> Result<(), Box<dyn Error>> {
    // Before anything else, so that no signal is lost.
    let signals = signals::Signals::install()?;
    let emulator = emulator(&arguments).build();
    if let Some(file) = &arguments.seed_file {
        plant(&emulator, file)?;
        emulator.keep_as_start();
    }
    let kept = match &arguments.state {
        Some(file) => {
            let report = |error| eprintln!("error: the state cannot be saved: {error}");
            let kept = emulator.keep_in(file, report);
            Some(kept.map_err(|error| format!("{}: {error}", file.display()))?)
        }
        None => None,
    };
    if let Some(url) = &arguments.webhook {
        let webhook = Webhook::to_url(url).secret(arguments.webhook_secret.as_str());
        let topics = arguments.topics.iter();
        emulator.subscribe(topics.fold(webhook, |webhook, topic| webhook.topic(topic)))?;
    }
    let listen = arguments.listen.as_str();
    let mut server = emulator
        .server()
        .isolate(arguments.isolate)
        .max_connections(arguments.max_connections)
        .max_workspaces(arguments.max_workspaces);
    if let Some(control) = arguments.control {
        server = server.control(control);
    }
    for origin in &arguments.cors {
        server = server.cors(origin.as_str());
    }
    let server = server
        .listen(listen)
        .map_err(|error| format!("cannot listen on {listen}: {error}"))?;
    announce(&arguments, &emulator, &server)?;
    signals.wait();
    server.shut_down();
    if let Some(kept) = kept {
        kept.close()?;
    }
    Ok(())
}

fn emulator(arguments: &Arguments) -> Builder {
    let mut builder = Emulator::builder()
        .system_clock()
        .seed(arguments.seed.unwrap_or_default())
        .version(arguments.version.clone())
        .quirks(arguments.quirks.clone())
        .search_lag(arguments.search_lag)
        .replica_lag(arguments.replica_lag)
        .utc_offset(arguments.utc_offset);
    if !arguments.empty {
        builder = builder.demo_size(arguments.size);
    }
    if let Some(limit) = arguments.rate_limit {
        builder = builder.rate_limit(limit);
    }
    if let Some(token) = &arguments.token {
        builder = builder.token(token.as_str());
    }
    match arguments.log {
        None => builder,
        Some(Log::Text) => builder.on_request(|entry| eprintln!("{}", line(entry))),
        Some(Log::Json) => builder.on_request(|entry| eprintln!("{}", json_line(entry))),
    }
}

fn plant(emulator: &Emulator, file: &std::path::Path) -> Result<(), String> {
    let name = file.display();
    let text = fs::read(file).map_err(|error| format!("{name}: {error}"))?;
    let seed: Value = serde_json::from_slice(&text).map_err(|error| format!("{name}: {error}"))?;
    emulator
        .seed(&seed)
        .map_err(|error| format!("{name}: {error}"))?;
    Ok(())
}

/// Prints where the emulator listens.
fn announce(arguments: &Arguments, emulator: &Emulator, server: &Server) -> Result<(), String> {
    if let Some(file) = &arguments.port_file {
        let port = format!("{}\n", server.address().port());
        fs::write(file, port).map_err(|error| format!("{}: {error}", file.display()))?;
    }
    let size = emulator.size();
    let (url, workspace) = (server.url(), &arguments.workspace());
    let control = server.control_url();
    let mut out = std::io::stdout().lock();
    // The listener does not depend on whether anybody reads this.
    let _ = if arguments.json {
        let line = json!({
            "url": url,
            "port": server.address().port(),
            "control": control,
            "workspace": workspace,
            "contacts": size.contacts,
            "collections": size.collections,
        });
        writeln!(out, "{line}")
    } else {
        let first = writeln!(
            out,
            "listening on {url} (workspace {workspace}: {} contacts, {} collections)",
            size.contacts, size.collections
        );
        first.and_then(|()| match control {
            Some(control) => writeln!(out, "inspector on {control}/"),
            None => Ok(()),
        })
    };
    // A pipe would hold the lines back from whoever waits for them.
    let _ = out.flush();
    Ok(())
}

fn line(entry: &Entry) -> String {
    let status = entry
        .status
        .map_or_else(|| "-".to_owned(), |it| it.to_string());
    let fault = if entry.faulty { " fault" } else { "" };
    format!(
        "{} {} {} {status} {} {}{fault}",
        Timestamp::from(entry.at),
        entry.method,
        entry.path,
        entry.operation.unwrap_or("-"),
        entry.version,
    )
}

fn json_line(entry: &Entry) -> Value {
    json!({
        "at": Timestamp::from(entry.at).to_string(),
        "index": entry.index,
        "method": entry.method,
        "path": entry.path,
        "status": entry.status,
        "operation": entry.operation,
        "version": entry.version,
        "fault": entry.faulty,
    })
}

/// Lists all operations, and whether they are emulated.
pub(crate) fn list_operations() {
    let mut out = std::io::stdout().lock();
    for spec in api::ALL {
        let emulated = if is_emulated(spec) { "emulated" } else { "501" };
        let method = spec.method.as_str();
        // Whoever reads this may have read enough.
        if writeln!(
            out,
            "{emulated:<8} {method:<6} {:<72} {}",
            spec.path, spec.name
        )
        .is_err()
        {
            return;
        }
    }
}
