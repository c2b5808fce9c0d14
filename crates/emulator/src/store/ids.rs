//! Ids for new objects.

use fastrand::Rng;
use intercom_core::model::Timestamp;
use serde::{Deserialize, Serialize};

use super::encoding::random;

/// Generates the ids of a workspace. The same seed yields the same ids.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Ids {
    #[serde(with = "random")]
    random: Rng,
    /// The part of hexadecimal ids that is the same throughout a workspace.
    process: u64,
    created: u64,
}

impl Ids {
    pub(crate) fn new(seed: u64) -> Self {
        let mut random = Rng::with_seed(seed);
        let process = random.u64(..1 << 40);
        Self {
            random,
            process,
            created: 0,
        }
    }

    /// Returns the id of a workspace, such as `emu0a1b2`.
    pub(crate) fn workspace(&mut self) -> String {
        format!("emu{:05x}", self.random.u32(..0x10_0000))
    }

    /// Returns an id of the kind that contacts, companies and segments have: the time, the
    /// workspace and a counter, in 24 hexadecimal digits. Later ids are greater.
    pub(crate) fn hex(&mut self, now: Timestamp) -> String {
        self.created += 1;
        format!(
            "{:08x}{:010x}{:06x}",
            now.as_second().rem_euclid(1 << 32),
            self.process,
            self.created % (1 << 24),
        )
    }

    /// Returns an id of the kind that most other objects have: a number. Ids have a constant number
    /// of digits for the first nine million objects, so later ids are greater as text too.
    pub(crate) fn decimal(&mut self) -> u64 {
        self.created += 1;
        1_000_000 + self.created
    }

    /// Returns the seed that follows from another one and a text.
    pub(crate) fn seed_of(seed: u64, text: &str) -> u64 {
        text.bytes().fold(seed, |seed, byte| {
            seed.wrapping_mul(257).wrapping_add(byte.into())
        })
    }

    /// Returns random bytes.
    pub(crate) fn bytes<const N: usize>(&mut self) -> [u8; N] {
        let mut bytes = [0; N];
        self.random.fill(&mut bytes);
        bytes
    }

    /// Returns a random id in the form of a UUID.
    pub(crate) fn uuid(&mut self) -> String {
        let bits = self.random.u128(..);
        format!(
            "{:08x}-{:04x}-4{:03x}-{:04x}-{:012x}",
            bits >> 96,
            bits >> 80 & 0xffff,
            bits >> 64 & 0xfff,
            0x8000 | bits >> 48 & 0x3fff,
            bits & 0xffff_ffff_ffff,
        )
    }
}
