//! What happens to which call: all of it follows from a seed.

use fastrand::Rng;

use crate::RETRIES;

/// The seed, and how much goes wrong.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Plan {
    pub(crate) seed: u64,
    /// How many of a hundred requests meet a fault.
    pub(crate) share: u8,
}

/// What is called. Every call has a number, which its path names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Does {
    Read,
    Change,
    /// The body has the number too.
    Write,
}

/// What goes wrong with a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Fault {
    /// The connection is reset when the head has come.
    ResetBeforeBody,
    ResetBefore,
    ResetAfter,
    CloseAfter,
    ResetInHead,
    ResetInBody,
    CloseInBody,
    /// 429, to be repeated at once.
    RateNow,
    /// 429, with the headers of a window that is at its end.
    RateWindow,
    /// One of the statuses that pass, without or after having done it.
    StatusBefore(u16),
    StatusAfter(u16),
    EmptyBefore,
    EmptyAfter,
    HalfOfJson,
    /// The reply comes slowly.
    Trickle,
    /// The connection closes after the reply, as it said or not.
    CloseSaid,
    CloseUnsaid,
    /// No reply comes, or not the end of it.
    HangBefore,
    HangAfter,
    HangInBody,
}

const STATUSES: [u16; 7] = [408, 500, 502, 503, 504, 520, 524];

impl Plan {
    fn random(&self, topic: u64, number: usize, attempt: u32) -> Rng {
        // Fed one after the other, so that near numbers have nothing in common.
        [topic, number as u64, attempt.into()]
            .into_iter()
            .fold(Rng::with_seed(self.seed), |mut random, part| {
                Rng::with_seed(random.u64(..) ^ part)
            })
    }

    pub(crate) fn does(&self, number: usize) -> Does {
        match self.random(1, number, 0).u8(..10) {
            0..5 => Does::Write,
            5..8 => Does::Read,
            _ => Does::Change,
        }
    }

    /// Whether a call is made by the blocking client.
    pub(crate) fn blocks(&self, number: usize) -> bool {
        self.random(2, number, 0).u8(..10) == 0
    }

    /// After how many polls an async call is dropped, if it is.
    pub(crate) fn dropped_after(&self, number: usize) -> Option<u32> {
        let mut random = self.random(3, number, 0);
        (random.u8(..10) == 0).then(|| random.u32(1..4))
    }

    /// Whether a connection is reset as soon as it is made.
    pub(crate) fn turns_away(&self, connection: usize) -> bool {
        self.random(4, connection, 0).u8(..100) < self.share / 2
    }

    /// Whether any of a call's attempts meets a server that hangs.
    pub(crate) fn hangs(&self, number: usize) -> bool {
        (0..=RETRIES).any(|attempt| self.fault(number, attempt).is_some_and(Fault::is_hang))
    }

    pub(crate) fn fault(&self, number: usize, attempt: u32) -> Option<Fault> {
        let mut random = self.random(5, number, attempt);
        if random.u8(..100) >= self.share {
            return None;
        }
        let status = STATUSES[random.usize(..STATUSES.len())];
        // The time of a call is lost with each, so there are few.
        if random.u16(..500) == 0 {
            let hangs = [Fault::HangBefore, Fault::HangAfter, Fault::HangInBody];
            return Some(hangs[random.usize(..hangs.len())]);
        }
        let faults = [
            Fault::ResetBeforeBody,
            Fault::ResetBefore,
            Fault::ResetAfter,
            Fault::CloseAfter,
            Fault::ResetInHead,
            Fault::ResetInBody,
            Fault::CloseInBody,
            Fault::RateNow,
            Fault::RateWindow,
            Fault::StatusBefore(status),
            Fault::StatusAfter(status),
            Fault::EmptyBefore,
            Fault::EmptyAfter,
            Fault::HalfOfJson,
            Fault::Trickle,
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

    /// Whether it comes when what was asked is done.
    pub(crate) const fn is_after(self) -> bool {
        !matches!(
            self,
            Self::ResetBeforeBody
                | Self::ResetBefore
                | Self::RateNow
                | Self::RateWindow
                | Self::StatusBefore(_)
                | Self::EmptyBefore
                | Self::HangBefore
        )
    }
}
