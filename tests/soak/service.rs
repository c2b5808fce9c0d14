//! What the server does for a request, what it replies, and its record of both.

use std::io::Write as _;
use std::sync::atomic::{AtomicBool, AtomicU32, AtomicUsize, Ordering};
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
    /// The path and the query.
    pub(crate) target: String,
    /// The value of `Authorization`.
    pub(crate) token: String,
    /// The value of `Range`.
    pub(crate) range: Option<String>,
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
    /// How often the job of each call was polled.
    polled: Vec<AtomicU32>,
    /// The tokens that were refused to each call.
    refused: Vec<Mutex<Vec<String>>>,
    /// Whether each call came with a token again that was refused to it.
    repeated: Vec<AtomicBool>,
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
            polled: zeros(),
            refused: (0..calls).map(|_| Mutex::default()).collect(),
            repeated: (0..calls).map(|_| AtomicBool::new(false)).collect(),
            offences: Mutex::default(),
            connections: AtomicUsize::new(0),
            open: AtomicUsize::new(0),
        }
    }

    /// How often the write of this number was done.
    pub(crate) fn done(&self, number: usize) -> u32 {
        self.done[number].load(Ordering::SeqCst)
    }

    /// How many requests of a call arrived.
    pub(crate) fn asked_by(&self, number: usize) -> u32 {
        self.asked[number].load(Ordering::SeqCst)
    }

    /// How many requests arrived.
    pub(crate) fn asked(&self) -> u64 {
        let asked = self.asked.iter();
        asked.map(|it| u64::from(it.load(Ordering::SeqCst))).sum()
    }

    /// Whether a call came with a token again that was refused to it, although it saw so many refusals. One that saw
    /// fewer than there were lost one with its connection, and cannot know better.
    pub(crate) fn repeated_a_token(&self, number: usize, refusals_seen: usize) -> bool {
        let refusals = self.refused[number].lock().unwrap().len();
        self.repeated[number].load(Ordering::SeqCst) && refusals_seen >= refusals
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
            self.repeated[*number].store(true, Ordering::SeqCst);
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
            // Nothing shows that another file is not the one.
            Fault::BodyBefore(_) if request.target.starts_with("/download/") => Reply::new(503, ""),
            Fault::BodyBefore(Damage::Html) => Reply::new(200, "<html>Welcome</html>"),
            Fault::BodyBefore(_) => Reply::new(200, ""),
            _ => return None,
        };
        Some(reply)
    }

    /// Processes a request, and returns the reply that belongs to it.
    fn process(&self, request: &Request) -> Reply {
        let number = request.number;
        let path = request.target.split('?').next().unwrap();
        let (last, is_file) = (path.rsplit('/').next(), path.starts_with("/download/"));
        match (&request.method[..], last) {
            ("GET", Some("notes")) => Reply::new(200, self.page(request)),
            ("GET", _) if is_file => self.file(request),
            ("GET", _) if path.starts_with("/export/") => {
                let polled = self.polled[number].fetch_add(1, Ordering::SeqCst);
                let status = match polled < self.plan.polls(number) {
                    true => "in_progress",
                    false => "completed",
                };
                Reply::new(200, export(number, status))
            }
            ("POST", Some("contacts")) if self.plan.exists(number) => {
                let message = format!("A contact exists with id={number}");
                let error = format!(
                    r#"{{"type":"error.list","errors":[{{"code":"conflict","message":"{message}"}}]}}"#
                );
                Reply::new(409, error)
            }
            ("POST", Some("search")) => {
                let found = contact(number);
                Reply::new(
                    200,
                    format!(r#"{{"type":"list","data":[{found}],"total_count":1}}"#),
                )
            }
            ("POST", last) => {
                self.done[number].fetch_add(1, Ordering::SeqCst);
                let body = String::from_utf8_lossy(&request.body);
                let has_number = body.contains(&format!("\"end-{number}\""));
                if !body.is_empty() && last != Some("data") && !has_number {
                    self.offence(format!("call {number} has the body of another"));
                }
                Reply::new(
                    200,
                    match last {
                        Some("data") => export(number, "pending"),
                        Some("contacts") => contact(number),
                        _ => note(number, number),
                    },
                )
            }
            _ => Reply::new(200, contact(number)),
        }
    }

    /// A page of a list.
    fn page(&self, request: &Request) -> String {
        const SIZE: usize = 3;

        let number = request.number;
        let page = request.target.split_once("page=");
        let page: usize = page.map_or(1, |(_, page)| page.parse().unwrap());
        let items = self.plan.items(number);
        let notes: Vec<_> = (0..items)
            .skip((page - 1) * SIZE)
            .take(SIZE)
            .map(|item| note(item_id(number, item), number))
            .collect();
        let pages = items.div_ceil(SIZE).max(1);
        format!(
            r#"{{"type":"list","data":[{}],"pages":{{"type":"pages","page":{page},"per_page":{SIZE},"total_pages":{pages}}}}}"#,
            notes.join(",")
        )
    }

    /// A file, or the rest of it if the request asks for that and the server supports it.
    fn file(&self, request: &Request) -> Reply {
        let number = request.number;
        let file = self.plan.file(number);
        let start = request
            .range
            .as_deref()
            .and_then(|range| range.strip_prefix("bytes=")?.strip_suffix('-'))
            .map(|start| start.parse::<usize>().unwrap())
            .filter(|_| self.plan.has_ranges(number));
        let reply = match start {
            None => Reply::new(200, file),
            Some(start) => {
                let range = format!("bytes {start}-{}/{}", file.len() - 1, file.len());
                Reply::new(206, &file[start..]).with("content-range", range)
            }
        };
        reply.with("etag", format!("\"{number}\""))
    }

    /// The reply to a request that was processed, as the fault leaves it.
    pub(crate) fn reply(&self, request: &Request, fault: Option<Fault>) -> Reply {
        let reply = self.process(request);
        // Nothing shows that another file is not the one.
        let is_file = reply.body.first() != Some(&b'{');
        match fault {
            Some(Fault::StatusAfter(status)) => Reply::new(status, ""),
            Some(Fault::BodyAfter(damage)) if reply.status == 200 && !is_file => {
                damaged(request, &String::from_utf8_lossy(&reply.body), damage)
            }
            _ if !is_file && request.accepts_gzip && self.plan.compresses(request.number) => {
                reply.gzipped()
            }
            _ => reply,
        }
    }
}

/// A reply with this body, damaged.
fn damaged(request: &Request, whole: &str, damage: Damage) -> Reply {
    let wrong = || {
        let of_types = [
            ("note", r#""created_at":"soon","author":[1]"#),
            ("contact", r#""created_at":{},"tags":7"#),
            ("export", r#""download_expires_at":[],"download_url":7"#),
        ];
        of_types
            .into_iter()
            .fold(whole.to_owned(), |text, (kind, wrong)| {
                let start = format!(r#"{{"type":"{kind}","#);
                text.replace(&start, &format!("{start}{wrong},"))
            })
    };
    let half = |text: &str| text[..text.len() / 2].to_owned();
    let body = match damage {
        Damage::Empty => String::new(),
        Damage::Html => "<!DOCTYPE html><title>Please wait</title>".to_owned(),
        Damage::CutJson => half(whole),
        Damage::WrongFields => wrong(),
        Damage::WrongFieldsCut => half(&wrong()),
        Damage::NotAnObject => "17".to_owned(),
        // Without an encoding that the client did not ask for, both are as good as cut.
        Damage::GzipCut | Damage::NotGzip if !request.accepts_gzip => half(whole),
        Damage::GzipCut => {
            let mut reply = Reply::new(200, whole).gzipped();
            reply.body.truncate(reply.body.len() - 12);
            return reply;
        }
        Damage::NotGzip => return Reply::new(200, whole).with("content-encoding", "gzip"),
    };
    Reply::new(200, body)
}

/// The id of an item of a list.
pub(crate) const fn item_id(number: usize, item: usize) -> usize {
    number * 100 + item
}

fn export(number: usize, status: &str) -> String {
    format!(r#"{{"type":"export","job_identifier":"{number}","status":"{status}"}}"#)
}

/// A contact whose last field shows that it is whole.
pub(crate) fn contact(number: usize) -> String {
    format!(r#"{{"type":"contact","id":"{number}","name":"Ada","external_id":"end-{number}"}}"#)
}

/// A note whose last field shows that it is whole.
pub(crate) fn note(id: usize, number: usize) -> String {
    format!(r#"{{"type":"note","id":"{id}","body":"end-{number}"}}"#)
}
