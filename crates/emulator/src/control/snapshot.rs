//! Snapshots: everything that a workspace stores, to keep and to return to.

use std::fmt;
use std::io::{self, BufReader, BufWriter, Read, Write};

use intercom_core::model::Timestamp;
use serde::{Deserialize, Serialize};

use super::emulator::Emulator;
use crate::store::Workspace;

/// The version of the format. It changes when older snapshots can no longer be read.
const VERSION: u32 = 1;

/// Everything that a workspace stored at one moment.
///
/// It is written as JSON. Taking one does not copy the objects, which stay shared until they change.
///
/// ```
/// use intercom_emulator::{Emulator, Snapshot};
///
/// let emulator = Emulator::new();
/// emulator.contact().email("ada@example.com").create();
/// let mut file = Vec::new();
/// emulator.snapshot().write_to(&mut file)?;
///
/// let other = Emulator::new();
/// other.restore(&Snapshot::read_from(&file[..])?);
/// assert_eq!(other.size().contacts, 1);
/// # Ok::<(), std::io::Error>(())
/// ```
#[derive(Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Snapshot {
    /// The version of the format.
    snapshot: u32,
    /// When it was taken, by the emulator's clock.
    taken_at: Timestamp,
    workspace: Workspace,
}

impl fmt::Debug for Snapshot {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Snapshot")
            .field("taken_at", &self.taken_at)
            .finish_non_exhaustive()
    }
}

impl Snapshot {
    /// Writes the snapshot as JSON.
    ///
    /// # Errors
    ///
    /// If the writer fails.
    pub fn write_to(&self, writer: impl Write) -> io::Result<()> {
        let mut writer = BufWriter::with_capacity(64 * 1024, writer);
        serde_json::to_writer(&mut writer, self).map_err(io::Error::from)?;
        writer.flush()
    }

    /// Reads a snapshot, one object after the other.
    ///
    /// # Errors
    ///
    /// If the reader fails, or if this is not a snapshot that this version can read.
    pub fn read_from(reader: impl Read) -> io::Result<Self> {
        let reader = BufReader::with_capacity(64 * 1024, reader);
        let mut snapshot: Self = serde_json::from_reader(reader).map_err(invalid)?;
        if snapshot.snapshot != VERSION {
            let message = format!(
                "the snapshot has version {}, and only version {VERSION} can be read",
                snapshot.snapshot
            );
            return Err(io::Error::new(io::ErrorKind::InvalidData, message));
        }
        snapshot.workspace.share_strings();
        Ok(snapshot)
    }
}

fn invalid(error: serde_json::Error) -> io::Error {
    if error.is_io() {
        return error.into();
    }
    let message = format!("not a snapshot: {error}");
    io::Error::new(io::ErrorKind::InvalidData, message)
}

impl Emulator {
    /// Takes a snapshot of the workspace. Faults, journal and rate limit are not part of it.
    #[must_use]
    pub fn snapshot(&self) -> Snapshot {
        let state = self.lock();
        Snapshot {
            snapshot: VERSION,
            taken_at: state.service.clock.timestamp(),
            workspace: state.service.workspace.clone(),
        }
    }

    /// Replaces the workspace by that of a snapshot. A stopped clock returns to the time of the
    /// snapshot; a running one goes on.
    pub fn restore(&self, snapshot: &Snapshot) {
        let mut state = self.lock();
        state.revision += 1;
        let service = &mut state.service;
        service.workspace = snapshot.workspace.clone();
        service.replica = service.replica.anew();
        if service.clock.is_stopped() {
            service.clock.set(snapshot.taken_at.into());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Snapshot;
    use crate::Emulator;

    #[test]
    fn a_snapshot_reads_back_as_it_was_written() {
        let emulator = Emulator::builder().demo_size(50).build();
        let mut written = Vec::new();
        emulator.snapshot().write_to(&mut written).unwrap();
        let mut again = Vec::new();
        let read = Snapshot::read_from(&written[..]).unwrap();
        read.write_to(&mut again).unwrap();
        let json = |text: &[u8]| serde_json::from_slice::<serde_json::Value>(text).unwrap();
        // Too long to be shown.
        assert!(json(&written) == json(&again));
    }

    #[test]
    fn what_is_no_snapshot_is_refused_with_the_reason() {
        for (text, part) in [
            ("{}", "missing field `snapshot`"),
            ("[", "not a snapshot"),
            (
                r#"{"snapshot": 2, "taken_at": 0, "workspace": {}}"#,
                "the snapshot has version 2",
            ),
            (
                r#"{"snapshot": 1, "taken_at": 0, "workspace": {"cats": []}}"#,
                "unknown field `cats`",
            ),
        ] {
            let error = Snapshot::read_from(text.as_bytes())
                .unwrap_err()
                .to_string();
            assert!(error.contains(part), "{error}");
        }
    }
}
