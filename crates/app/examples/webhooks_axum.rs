//! Receives webhooks with axum: replies at once, and handles notifications afterwards, each once.
//!
//! ```console
//! $ INTERCOM_CLIENT_SECRET=s3cr3t cargo run -p intercom-app --features axum --example webhooks_axum
//! ```
//!
//! Notifications wait in memory, so a crash loses those that were not handled. `webhooks_sqlite` keeps
//! them. Stops on Ctrl-C, once everything that was accepted is handled.

#![allow(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "an example shows what it does"
)]

use std::error::Error;
use std::sync::Arc;

use axum::Router;
use axum::extract::{FromRef, State};
use axum::http::StatusCode;
use axum::routing::any;
use intercom_app::webhooks::{Deduplicator, Event, MemoryDeduplicator, Notification, Receiver};
use tokio::net::TcpListener;
use tokio::sync::mpsc;

/// So many notifications wait at most; then Intercom is asked to send them again later.
const QUEUE: usize = 1000;

#[derive(Clone)]
struct App {
    receiver: Receiver,
    seen: Arc<MemoryDeduplicator>,
    queue: mpsc::Sender<Notification>,
}

impl FromRef<App> for Receiver {
    fn from_ref(app: &App) -> Self {
        app.receiver.clone()
    }
}

async fn webhook(State(app): State<App>, notification: Notification) -> StatusCode {
    let key = notification.key().into_owned();
    if app.seen.claim(&key) == Ok(false) {
        return StatusCode::OK;
    }
    match app.queue.try_send(notification) {
        Ok(()) => StatusCode::OK,
        Err(_) => {
            // The retry, a minute later, is not a duplicate.
            let _ = app.seen.release(&key);
            StatusCode::SERVICE_UNAVAILABLE
        }
    }
}

fn handle(notification: &Notification) {
    match notification.event() {
        Event::ConversationUserCreated(conversation) => println!("triage {}", conversation.id),
        Event::ContactUserCreated(contact) => println!("welcome {:?}", contact.email),
        other => println!("not for us: {}", other.topic()),
    }
}

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let secret = std::env::var("INTERCOM_CLIENT_SECRET")?;
    let address = std::env::var("LISTEN").unwrap_or_else(|_| "127.0.0.1:3000".to_owned());
    let (queue, mut waiting) = mpsc::channel(QUEUE);
    let app = App {
        receiver: Receiver::new(secret),
        seen: Arc::new(MemoryDeduplicator::new(100_000)),
        queue,
    };
    let worker = tokio::spawn(async move {
        while let Some(notification) = waiting.recv().await {
            handle(&notification);
        }
    });
    let routes = Router::new().route("/hooks", any(webhook)).with_state(app);
    let listener = TcpListener::bind(address).await?;
    println!("listening on http://{}/hooks", listener.local_addr()?);
    let stop = async {
        let _ = tokio::signal::ctrl_c().await;
    };
    // The senders of the queue end with the server, and the worker once the queue is empty.
    axum::serve(listener, routes)
        .with_graceful_shutdown(stop)
        .await?;
    worker.await?;
    Ok(())
}
