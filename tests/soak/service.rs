//! What the server does for a request, what it replies, and its record of both.

use std::io::Write as _;
use std::sync::atomic::{AtomicU32, AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};

use flate2::Compression;
use flate2::write::GzEncoder;

use crate::plan::{Damage, Fault, Plan};

/// A request, of whatever version of HTTP.
#[derive(Debug)]
pub(crate) struct Request {
    /// The number of the call.
    pub(crate) number: usize,
    pub(crate) method: String,
    /// The value of `Authorization`.
    pub(crate) token: String,
    pub(crate) accepts_gzip: bool,
    /// Empty if the reply is early.
    pub(crate) body: Vec<u8>,
}

#[derive(Debug, Clone)]
pub(crate) struct Reply {
    pub(crate) status: u16,
    pub(crate) headers: Vec<(&'static str, String)>,
    pub(crate) body: Vec<u8>,
}

impl Reply {
    pub(crate) fn new(status: u16, body: impl Into<Vec<u8>>) -> Self {
        Self {
            status,
            headers: Vec::new(),
            body: body.into(),
        }
    }

    pub(crate) fn with(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.headers.push((name, value.into()));
        self
    }

    fn gzipped(mut self) -> Self {
        let mut gzip = GzEncoder::new(Vec::new(), Compression::fast());
        gzip.write_all(&self.body).unwrap();
        self.body = gzip.finish().unwrap();
        self.with("content-encoding", "gzip")
    }
}

/// What was asked and done, by the number of the call.
pub(crate) struct Ledger {
    pub(crate) plan: Plan,
    asked: Vec<AtomicU32>,
    done: Vec<AtomicU32>,
    /// The tokens that were refused to each call.
    refused: Vec<Mutex<Vec<String>>>,
    /// What a client must not do.
    offences: Mutex<Vec<String>>,
    pub(crate) connections: AtomicUsize,
    pub(crate) open: AtomicUsize,
}

impl Ledger {
    pub(crate) fn new(plan: Plan, calls: usize) -> Self {
        let zeros = || (0..calls).map(|_| AtomicU32::new(0)).collect();
        Self {
            plan,
            asked: zeros(),
            done: zeros(),
            refused: (0..calls).map(|_| Mutex::default()).collect(),
            offences: Mutex::default(),
            connections: AtomicUsize::new(0),
            open: AtomicUsize::new(0),
        }
    }

    /// How often the write of this number was done.
    pub(crate) fn done(&self, number: usize) -> u32 {
        self.done[number].load(Ordering::SeqCst)
    }

    /// How many requests arrived.
    pub(crate) fn asked(&self) -> u64 {
        let asked = self.asked.iter();
        asked.map(|it| u64::from(it.load(Ordering::SeqCst))).sum()
    }

    pub(crate) fn offences(&self) -> Vec<String> {
        let offences = self.offences.lock();
        offences.unwrap_or_else(PoisonError::into_inner).clone()
    }

    fn offence(&self, text: String) {
        self.offences.lock().unwrap().push(text);
    }

    /// Records that the head of a request arrived, and returns what goes wrong with it.
    pub(crate) fn receive(&self, request: &Request) -> Option<Fault> {
        let Request { number, token, .. } = request;
        if !token.starts_with("Bearer token-") {
            self.offence(format!("call {number} has the token {token:?}"));
        }
        if self.refused[*number].lock().unwrap().contains(token) {
            self.offence(format!("call {number} has a token that was refused to it"));
        }
        let attempt = self.asked[*number].fetch_add(1, Ordering::SeqCst);
        self.plan.fault(*number, attempt)
    }

    /// The reply to a request that is not processed, if the fault has one.
    pub(crate) fn refusal(&self, fault: Fault, request: &Request) -> Option<Reply> {
        let reply = match fault {
            Fault::RateNow => Reply::new(429, "").with("retry-after", "0"),
            Fault::RateWindow => Reply::new(429, "")
                .with("retry-after", "0")
                .with("date", "Sun, 06 Nov 1994 08:49:37 GMT")
                .with("x-ratelimit-limit", "167")
                .with("x-ratelimit-remaining", "0")
                .with("x-ratelimit-reset", "784111777"),
            Fault::Unauthorized => {
                let mut refused = self.refused[request.number].lock().unwrap();
                refused.push(request.token.clone());
                Reply::new(401, "")
            }
            Fault::StatusBefore(status) => Reply::new(status, "<html>"),
            Fault::BodyBefore(Damage::Html) => Reply::new(200, "<html>Welcome</html>"),
            Fault::BodyBefore(_) => Reply::new(200, ""),
            _ => return None,
        };
        Some(reply)
    }

    /// Processes a request, and returns the reply that belongs to it.
    pub(crate) fn process(&self, request: &Request) -> Reply {
        let number = request.number;
        let reply = if request.method == "POST" {
            self.done[number].fetch_add(1, Ordering::SeqCst);
            let body = String::from_utf8_lossy(&request.body);
            if !body.is_empty() && !body.contains(&format!("\"end-{number}\"")) {
                self.offence(format!("call {number} has the body of another"));
            }
            Reply::new(200, note(number, number))
        } else {
            Reply::new(200, contact(number))
        };
        if request.accepts_gzip && self.plan.compresses(number) {
            reply.gzipped()
        } else {
            reply
        }
    }

    /// The reply to a request that was processed, as the fault leaves it.
    pub(crate) fn reply(&self, request: &Request, fault: Option<Fault>) -> Reply {
        let reply = self.process(request);
        match fault {
            Some(Fault::StatusAfter(status)) => Reply::new(status, ""),
            Some(Fault::BodyAfter(damage)) => damaged(request, damage),
            _ => reply,
        }
    }
}

/// The reply to a request, with a damaged body.
fn damaged(request: &Request, damage: Damage) -> Reply {
    let whole = if request.method == "POST" {
        note(request.number, request.number)
    } else {
        contact(request.number)
    };
    let wrong = || {
        whole
            .replace(
                r#"{"type":"note","#,
                r#"{"type":"note","created_at":"soon","author":[1],"#,
            )
            .replace(
                r#"{"type":"contact","#,
                r#"{"type":"contact","created_at":{},"tags":7,"#,
            )
    };
    let half = |text: &str| text[..text.len() / 2].to_owned();
    let body = match damage {
        Damage::Empty => String::new(),
        Damage::Html => "<!DOCTYPE html><title>Please wait</title>".to_owned(),
        Damage::CutJson => half(&whole),
        Damage::WrongFields => wrong(),
        Damage::WrongFieldsCut => half(&wrong()),
        Damage::NotAnObject => "17".to_owned(),
        // Without an encoding that the client did not ask for, both are as good as cut.
        Damage::GzipCut | Damage::NotGzip if !request.accepts_gzip => half(&whole),
        Damage::GzipCut => {
            let mut reply = Reply::new(200, whole).gzipped();
            reply.body.truncate(reply.body.len() - 12);
            return reply;
        }
        Damage::NotGzip => return Reply::new(200, whole).with("content-encoding", "gzip"),
    };
    Reply::new(200, body)
}

/// A contact whose last field shows that it is whole.
pub(crate) fn contact(number: usize) -> String {
    format!(r#"{{"type":"contact","id":"{number}","name":"Ada","external_id":"end-{number}"}}"#)
}

/// A note whose last field shows that it is whole.
pub(crate) fn note(id: usize, number: usize) -> String {
    format!(r#"{{"type":"note","id":"{id}","body":"end-{number}"}}"#)
}
