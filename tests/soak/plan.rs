//! What happens to which call. All of it follows from a seed.

use fastrand::Rng;

/// How many requests of a call may meet a fault, so that a list or a job comes to its end.
const FAULTS: u32 = 16;

/// The seed, and how much goes wrong.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Plan {
    pub(crate) seed: u64,
    /// How many of a hundred requests meet a fault.
    pub(crate) share: u8,
    pub(crate) wire: Wire,
}

/// How the server is reached.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Wire {
    Plain,
    Tls,
    /// TLS, with HTTP/2 for clients that speak it.
    Http2,
}

/// What a call does. Every call has a number, which a header of its requests carries.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Does {
    Read,
    Change,
    /// The body has the number too.
    Write,
    /// Reads a list item by item.
    List,
    Download,
    /// Starts an export, waits for it, and downloads its file.
    Job,
    Upsert,
}

impl Does {
    /// Whether it is a single call.
    pub(crate) const fn is_one_call(self) -> bool {
        matches!(self, Self::Read | Self::Change | Self::Write)
    }
}

/// What goes wrong with a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Fault {
    /// The connection is reset after the head of the request.
    ResetBeforeBody,
    /// The reply is sent before the body of the request was read, and the connection may close without
    /// reading it.
    Early {
        done: bool,
        close: bool,
    },
    ResetBefore,
    /// The stream is refused, or the connection is closed with GOAWAY, before the request was processed.
    /// In HTTP/1.1, the connection is reset.
    RefusedStream,
    GoAway,
    ResetAfter,
    CloseAfter,
    ResetInHead,
    ResetInBody,
    CloseInBody,
    /// 401, although the token is the provider's last.
    Unauthorized,
    /// 429, to be retried at once.
    RateNow,
    /// 429, with the headers of a window that is at its end.
    RateWindow,
    /// A status, before or after the request was processed.
    StatusBefore(u16),
    StatusAfter(u16),
    /// A success with a body that is not the service's, although nothing was done.
    BodyBefore(Damage),
    /// A damaged body after the request was processed.
    BodyAfter(Damage),
    /// The reply arrives slowly.
    Trickle,
    /// Informational responses precede the reply, or a reset in its place.
    Interim,
    InterimReset,
    /// A reply that nobody asked for follows, and the connection stays open or closes.
    Stray {
        close: bool,
    },
    /// The connection closes after the reply, announced or not.
    CloseSaid,
    CloseUnsaid,
    /// No reply arrives, or not the end of it.
    HangBefore,
    HangAfter,
    HangInBody,
}

/// What is wrong with a body.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Damage {
    Empty,
    Html,
    CutJson,
    /// Some fields are not of their type. This is the only damage that leaves a body readable.
    WrongFields,
    WrongFieldsCut,
    NotAnObject,
    /// The body is in gzip and breaks off, with a length that agrees.
    GzipCut,
    /// The body is said to be in gzip, and is not.
    NotGzip,
}

/// What a token provider does when it is asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Provides {
    New,
    /// The token that was just refused.
    Refused,
    Error,
    Panic,
}

const STATUSES: [u16; 7] = [408, 500, 502, 503, 504, 520, 524];

impl Plan {
    fn random(&self, topic: u64, number: usize, attempt: u32) -> Rng {
        // Mixed one after the other, so that near numbers have nothing in common.
        [topic, number as u64, attempt.into()]
            .into_iter()
            .fold(Rng::with_seed(self.seed), |mut random, part| {
                Rng::with_seed(random.u64(..) ^ part)
            })
    }

    pub(crate) fn does(&self, number: usize) -> Does {
        match self.random(1, number, 0).u8(..20) {
            0..8 => Does::Write,
            8..12 => Does::Read,
            12..14 => Does::Change,
            14..16 => Does::List,
            16 => Does::Download,
            17 => Does::Job,
            _ => Does::Upsert,
        }
    }

    /// Whether a call is made by the blocking client.
    pub(crate) fn blocks(&self, number: usize) -> bool {
        self.random(2, number, 0).u8(..10) == 0
    }

    /// After how many polls an async call is dropped, if it is.
    pub(crate) fn dropped_after(&self, number: usize) -> Option<u32> {
        let mut random = self.random(3, number, 0);
        let most = 1 << random.u32(1..7);
        (random.u8(..10) == 0).then(|| random.u32(1..=most))
    }

    /// Whether a connection is reset as soon as it is made.
    pub(crate) fn turns_away(&self, connection: usize) -> bool {
        self.random(4, connection, 0).u8(..100) < self.share / 2
    }

    /// Whether any request of a call may meet a server that hangs.
    pub(crate) fn hangs(&self, number: usize) -> bool {
        (0..FAULTS).any(|attempt| self.fault(number, attempt).is_some_and(Fault::is_hang))
    }

    /// Whether the body of a write is too large for one segment.
    pub(crate) fn is_large(&self, number: usize) -> bool {
        self.random(6, number, 0).u8(..30) == 0
    }

    /// Whether replies are in gzip, for clients that accept it.
    pub(crate) fn compresses(&self, number: usize) -> bool {
        self.random(7, number, 0).bool()
    }

    /// How many items a list has.
    pub(crate) fn items(&self, number: usize) -> usize {
        self.random(10, number, 0).usize(..12)
    }

    /// A file to download.
    pub(crate) fn file(&self, number: usize) -> Vec<u8> {
        let mut random = self.random(11, number, 0);
        let lines = 1 + random.usize(..1_500);
        let lines = (0..lines).map(|line| format!("{number},{line}\n"));
        lines.collect::<String>().into_bytes()
    }

    /// Whether the server sends a part of a file.
    pub(crate) fn has_ranges(&self, number: usize) -> bool {
        self.random(12, number, 0).bool()
    }

    /// How often a job is polled before it has finished.
    pub(crate) fn polls(&self, number: usize) -> u32 {
        self.random(13, number, 0).u32(..4)
    }

    /// Whether the contact of an upsert exists.
    pub(crate) fn exists(&self, number: usize) -> bool {
        self.random(14, number, 0).bool()
    }

    /// Whether the observer panics at this event of a call.
    pub(crate) fn observer_panics(&self, number: usize, event: u32) -> bool {
        self.random(8, number, event).u32(..8_000) < u32::from(self.share)
    }

    /// What a provider does when it is asked for the nth time.
    pub(crate) fn provides(&self, nth: usize) -> Provides {
        let mut random = self.random(9, nth, 0);
        if random.u8(..100) >= self.share {
            return Provides::New;
        }
        [Provides::Refused, Provides::Error, Provides::Panic][random.usize(..3)]
    }

    pub(crate) fn fault(&self, number: usize, attempt: u32) -> Option<Fault> {
        let mut random = self.random(5, number, attempt);
        if random.u8(..100) >= self.share || attempt >= FAULTS {
            return None;
        }
        // Each takes the time of a call, so there are few.
        if random.u16(..500) == 0 {
            let hangs = [Fault::HangBefore, Fault::HangAfter, Fault::HangInBody];
            return Some(hangs[random.usize(..hangs.len())]);
        }
        let status = STATUSES[random.usize(..STATUSES.len())];
        let (done, close) = (random.bool(), random.bool());
        let before = [Damage::Empty, Damage::Html][random.usize(..2)];
        let damages = [
            Damage::Empty,
            Damage::Html,
            Damage::CutJson,
            Damage::WrongFields,
            Damage::WrongFieldsCut,
            Damage::NotAnObject,
            Damage::GzipCut,
            Damage::NotGzip,
        ];
        let after = damages[random.usize(..damages.len())];
        let faults = [
            Fault::ResetBeforeBody,
            Fault::Early { done, close },
            Fault::ResetBefore,
            Fault::RefusedStream,
            Fault::GoAway,
            Fault::ResetAfter,
            Fault::CloseAfter,
            Fault::ResetInHead,
            Fault::ResetInBody,
            Fault::CloseInBody,
            Fault::Unauthorized,
            Fault::RateNow,
            Fault::RateWindow,
            Fault::StatusBefore(status),
            Fault::StatusAfter(status),
            Fault::BodyBefore(before),
            Fault::BodyAfter(after),
            Fault::BodyAfter(after),
            Fault::Trickle,
            Fault::Interim,
            Fault::InterimReset,
            Fault::Stray { close },
            Fault::CloseSaid,
            Fault::CloseUnsaid,
        ];
        Some(faults[random.usize(..faults.len())])
    }
}

impl Fault {
    const fn is_hang(self) -> bool {
        matches!(self, Self::HangBefore | Self::HangAfter | Self::HangInBody)
    }
}
