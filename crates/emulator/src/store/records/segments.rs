//! Segments.

use serde::{Deserialize, Serialize, Serializer};
use std::collections::{BTreeSet, HashSet};
use std::hash::{BuildHasherDefault, Hasher};

use intercom_core::api::segments::Segment;
use intercom_core::model::ContactId;

#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct SegmentRecord {
    pub(crate) segment: Segment,
    /// Hashed, because a search by segment looks for every contact.
    #[serde(serialize_with = "in_order")]
    pub(crate) members: Members,
}

type Members = HashSet<ContactId, BuildHasherDefault<IdHasher>>;

/// Hashes ids, eight bytes at a time, and alike in every run. Ids come from the workspace itself, so nobody
/// makes them collide.
#[derive(Debug, Default)]
pub(crate) struct IdHasher(u64);

impl Hasher for IdHasher {
    fn write(&mut self, bytes: &[u8]) {
        for chunk in bytes.chunks(8) {
            let word = chunk.iter().rev();
            let word = word.fold(0, |word, byte| word << 8 | u64::from(*byte));
            // The multiplier of FxHash, whose upper bits depend on all bits of the word.
            self.0 = (self.0.rotate_left(5) ^ word).wrapping_mul(0x517c_c1b7_2722_0a95);
        }
    }

    fn finish(&self) -> u64 {
        // Tables use the lower bits too.
        self.0.rotate_left(26)
    }
}

/// Serializes ids in their order, so that snapshots of the same workspace are the same.
fn in_order<S: Serializer>(ids: &Members, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_seq(ids.iter().collect::<BTreeSet<_>>())
}
