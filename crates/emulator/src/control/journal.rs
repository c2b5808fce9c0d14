//! The journal of requests.

use std::borrow::Borrow;
use std::collections::{BTreeMap, VecDeque};
use std::time::SystemTime;

use bytes::Bytes;
use http::header::{AUTHORIZATION, COOKIE, HeaderMap, HeaderValue, PROXY_AUTHORIZATION};
use intercom_core::Spec;

/// How many bytes of requests are kept. Counts include the requests that were dropped.
const KEPT: usize = 16 * 1024 * 1024;

/// The same for each of many workspaces.
const KEPT_OF_MANY: usize = 1024 * 1024;

/// How many bytes of a body are kept.
const KEPT_OF_BODY: usize = 256 * 1024;

/// What an entry takes besides its texts, roughly.
const OVERHEAD: usize = 512;

/// Headers whose values are not kept.
const SECRET: [http::HeaderName; 3] = [AUTHORIZATION, PROXY_AUTHORIZATION, COOKIE];

/// A request and its reply.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Entry {
    /// The number of the request, counting from 1.
    pub index: usize,
    /// When it arrived, by the emulator's clock.
    pub at: SystemTime,
    /// The name of the operation, such as `contacts::Update`; `None` if there is no operation at this
    /// address.
    pub operation: Option<&'static str>,
    /// The API version.
    pub version: String,
    /// The method, such as `GET`.
    pub method: String,
    /// The path and query.
    pub path: String,
    /// The headers of the request. The values of those with credentials are `redacted`.
    pub headers: HeaderMap,
    /// The body of the request.
    pub body: JournalBody,
    /// The status of the reply; `None` if the connection was closed or left hanging.
    pub status: Option<u16>,
    /// The headers of the reply.
    pub reply_headers: HeaderMap,
    /// The body of the reply, before compression.
    pub reply_body: JournalBody,
    /// Whether a fault was injected.
    pub faulty: bool,
}

/// A body in the journal, of which at most the first 256 KiB are kept.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct JournalBody {
    kept: Bytes,
    length: usize,
}

impl JournalBody {
    pub(crate) fn new(body: &Bytes) -> Self {
        let kept = match body.get(..KEPT_OF_BODY) {
            // A copy, because a slice would keep all of it in memory.
            Some(start) if body.len() > KEPT_OF_BODY => Bytes::copy_from_slice(start),
            _ => body.clone(),
        };
        Self {
            kept,
            length: body.len(),
        }
    }

    /// Returns the bytes that were kept.
    #[must_use]
    pub fn as_bytes(&self) -> &[u8] {
        &self.kept
    }

    /// Returns the body as JSON; `None` if it is something else, or not kept as a whole.
    #[must_use]
    pub fn json(&self) -> Option<serde_json::Value> {
        serde_json::from_slice(&self.kept).ok()
    }

    /// Returns the length of the whole body in bytes.
    #[must_use]
    pub const fn len(&self) -> usize {
        self.length
    }

    /// Whether there was no body.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.length == 0
    }
}

/// Copies headers without credentials.
pub(crate) fn without_secrets(headers: &HeaderMap) -> HeaderMap {
    let mut headers = headers.clone();
    for name in &SECRET {
        if let Some(value) = headers.get_mut(name) {
            *value = HeaderValue::from_static("redacted");
        }
    }
    headers
}

fn size(headers: &HeaderMap) -> usize {
    let fields = headers.iter();
    fields
        .map(|(name, value)| name.as_str().len() + value.len() + 32)
        .sum()
}

impl Entry {
    /// Returns how much memory the entry takes, roughly.
    fn size(&self) -> usize {
        OVERHEAD
            + self.method.len()
            + self.path.len()
            + self.version.len()
            + size(&self.headers)
            + size(&self.reply_headers)
            + self.body.kept.len()
            + self.reply_body.kept.len()
    }
}

/// Every request in order of arrival. Beyond 16 MiB the oldest are dropped, but still counted; beyond
/// 1 MiB, if every token has a workspace of its own.
#[derive(Debug, Clone)]
pub struct Journal {
    requests: VecDeque<Entry>,
    /// How many bytes of requests are kept.
    limit: usize,
    /// The size of all requests.
    bytes: usize,
    counts: BTreeMap<&'static str, usize>,
    total: usize,
}

impl Default for Journal {
    fn default() -> Self {
        Self {
            requests: VecDeque::new(),
            limit: KEPT,
            bytes: 0,
            counts: BTreeMap::new(),
            total: 0,
        }
    }
}

impl Journal {
    /// Returns the journal of one of many workspaces, which keeps less.
    pub(crate) fn of_many() -> Self {
        Self {
            limit: KEPT_OF_MANY,
            ..Self::default()
        }
    }

    /// Adds a request, and returns its number.
    pub(crate) fn push(&mut self, mut entry: Entry) -> usize {
        self.total += 1;
        entry.index = self.total;
        if let Some(operation) = entry.operation {
            *self.counts.entry(operation).or_default() += 1;
        }
        self.bytes += entry.size();
        self.requests.push_back(entry);
        while self.bytes > self.limit
            && let Some(oldest) = self.requests.pop_front()
        {
            self.bytes -= oldest.size();
        }
        self.total
    }

    /// Forgets all requests. Their numbers are not used again.
    pub(crate) fn clear(&mut self) {
        self.requests.clear();
        self.counts.clear();
        self.bytes = 0;
    }

    /// Returns how many requests there were for this operation, whatever their status.
    ///
    /// ```
    /// use intercom_core::Endpoint;
    /// use intercom_core::api::contacts;
    /// use intercom_emulator::Emulator;
    ///
    /// let emulator = Emulator::new();
    /// assert_eq!(emulator.journal().count(contacts::Search::SPEC), 0);
    /// ```
    #[must_use]
    pub fn count(&self, operation: impl Borrow<Spec>) -> usize {
        let name = operation.borrow().name;
        self.counts.get(name).copied().unwrap_or_default()
    }

    /// Returns the number of requests since the emulator started.
    #[must_use]
    pub const fn total(&self) -> usize {
        self.total
    }

    /// Iterates over the requests in order.
    pub fn requests(&self) -> impl DoubleEndedIterator<Item = &Entry> + ExactSizeIterator {
        self.requests.iter()
    }
}

#[cfg(test)]
mod tests {
    use std::time::SystemTime;

    use bytes::Bytes;
    use http::HeaderMap;

    use super::{Entry, Journal, JournalBody, KEPT, KEPT_OF_BODY};

    fn entry(path: String) -> Entry {
        Entry {
            index: 0,
            at: SystemTime::UNIX_EPOCH,
            operation: Some("contacts::Get"),
            version: String::new(),
            method: "GET".to_owned(),
            path,
            headers: HeaderMap::new(),
            body: JournalBody::default(),
            status: Some(200),
            reply_headers: HeaderMap::new(),
            reply_body: JournalBody::default(),
            faulty: false,
        }
    }

    #[test]
    fn the_journal_stays_within_its_size_and_counts_what_it_drops() {
        let mut journal = Journal::default();
        for n in 0..30 {
            journal.push(entry(format!("/contacts/{n}?{}", "x".repeat(KEPT / 10))));
        }
        assert_eq!(journal.total(), 30);
        assert_eq!(journal.counts["contacts::Get"], 30);
        assert_eq!(journal.requests().len(), 9);
        let oldest = journal.requests().next().unwrap();
        assert!(oldest.path.starts_with("/contacts/21?"));
        assert_eq!(oldest.index, 22);
        // One entry that is too large by itself is dropped as well.
        journal.push(entry("x".repeat(KEPT + 1)));
        assert_eq!((journal.requests().len(), journal.bytes), (0, 0));
    }

    #[test]
    fn of_a_long_body_only_the_start_is_kept() {
        let body = JournalBody::new(&Bytes::from(vec![b' '; KEPT_OF_BODY + 1]));
        assert_eq!(body.as_bytes().len(), KEPT_OF_BODY);
        assert_eq!(body.len(), KEPT_OF_BODY + 1);
        assert_eq!(body.json(), None);
    }
}
