//! The faults of the official descriptions that are known, each with its reason.
//!
//! They stand in `known_faults.tsv`, a line each: the versions (with blanks between, or `*` for every
//! one), method, path (with any names of arguments), part (`request`, or the status of a reply), the name of the
//! example, the place of the value (`-` for the whole), and the reason.

use std::collections::HashSet;
use std::fmt;

/// The list that comes with this crate.
pub const OFFICIAL: &str = include_str!("../known_faults.tsv");

/// Where something failed.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct Spot {
    /// The version of the description.
    pub version: String,
    /// The method.
    pub method: String,
    /// The path.
    pub path: String,
    /// `request`, or the status of a reply.
    pub part: String,
    /// The name of the example.
    pub example: String,
    /// The place of the value, or `-` for the whole.
    pub place: String,
}

/// The version of a fault that every version has.
const EVERY_VERSION: &str = "*";

impl Spot {
    fn key(&self) -> [&str; 4] {
        [&self.method, &self.part, &self.example, &self.place]
    }

    /// Whether this known fault is the other spot.
    fn covers(&self, other: &Self) -> bool {
        (self.version == EVERY_VERSION || self.version == other.version)
            && self.key() == other.key()
            && same_address(&self.path, &other.path)
    }

    /// Whether the fault would have been met in one of these versions. One of every version may be
    /// missing from a single one.
    fn belongs_to(&self, versions: &[&str]) -> bool {
        match self.version.as_str() {
            EVERY_VERSION => versions.len() > 1,
            version => versions.contains(&version),
        }
    }
}

impl fmt::Display for Spot {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            version,
            method,
            path,
            part,
            example,
            place,
        } = self;
        write!(f, "{version} {method} {path} {part} `{example}` {place}")
    }
}

/// Whether two paths are the same but for the names of their arguments.
pub(crate) fn same_address(one: &str, other: &str) -> bool {
    let unnamed = |path: &str| -> Vec<String> {
        let part = |part: &str| if part.starts_with('{') { "{}" } else { part }.to_owned();
        path.split('/').map(part).collect()
    };
    unnamed(one) == unnamed(other)
}

/// Reads the rows of a list of known faults. Lines that are blank or start with `#` are skipped.
pub(crate) fn rows<const N: usize>(list: &str) -> Result<Vec<[&str; N]>, String> {
    let mut rows = Vec::new();
    for (index, line) in list.lines().enumerate() {
        if line.trim().is_empty() || line.starts_with('#') {
            continue;
        }
        let number = index + 1;
        let columns: Vec<&str> = line.split('\t').map(str::trim).collect();
        let row = <[&str; N]>::try_from(columns).map_err(|columns| {
            format!(
                "known faults, line {number}: {N} columns are needed, there are {}",
                columns.len()
            )
        })?;
        if row.iter().any(|column| column.is_empty()) {
            return Err(format!("known faults, line {number}: a column is empty"));
        }
        rows.push(row);
    }
    Ok(rows)
}

/// A list of known faults, and which of them were met.
#[derive(Debug, Default)]
pub struct KnownFaults {
    faults: Vec<(Spot, String)>,
    met: HashSet<usize>,
}

impl KnownFaults {
    /// Reads a list. Lines that are blank or start with `#` are skipped.
    ///
    /// # Errors
    ///
    /// In words, where a line does not have seven columns, or no reason.
    pub fn read(list: &str) -> Result<Self, String> {
        let mut faults = Vec::new();
        for [versions, method, path, part, example, place, reason] in rows(list)? {
            for version in versions.split_whitespace() {
                let spot = Spot {
                    version: version.to_owned(),
                    method: method.to_owned(),
                    path: path.to_owned(),
                    part: part.to_owned(),
                    example: example.to_owned(),
                    place: place.to_owned(),
                };
                faults.push((spot, reason.to_owned()));
            }
        }
        Ok(Self {
            faults,
            met: HashSet::new(),
        })
    }

    /// Why this fails, where that is known. The fault counts as met.
    pub fn reason(&mut self, spot: &Spot) -> Option<String> {
        let index = self
            .faults
            .iter()
            .position(|(known, _)| known.covers(spot))?;
        self.met.insert(index);
        Some(self.faults[index].1.clone())
    }

    /// The faults of these versions that were not met: they no longer fail, or no longer exist.
    #[must_use]
    pub fn stale(&self, versions: &[&str]) -> Vec<String> {
        let faults = self.faults.iter().enumerate();
        faults
            .filter(|(index, (spot, _))| !self.met.contains(index) && spot.belongs_to(versions))
            .map(|(_, (spot, _))| spot.to_string())
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::{KnownFaults, OFFICIAL, Spot};

    const LIST: &str =
        "# a comment\n\n2.10 2.11\tPOST\t/x/{id}\trequest\tbad\t-\tIt shows a refusal.\n";

    fn spot(version: &str, path: &str) -> Spot {
        Spot {
            version: version.to_owned(),
            method: "POST".to_owned(),
            path: path.to_owned(),
            part: "request".to_owned(),
            example: "bad".to_owned(),
            place: "-".to_owned(),
        }
    }

    #[test]
    fn a_fault_is_known_in_its_versions_whatever_its_arguments_are_called() {
        let mut known = KnownFaults::read(LIST).unwrap();
        let reason = known.reason(&spot("2.10", "/x/{x_id}"));
        assert_eq!(reason.as_deref(), Some("It shows a refusal."));
        assert_eq!(known.reason(&spot("2.16", "/x/{x_id}")), None);
        assert_eq!(known.reason(&spot("2.10", "/y/{x_id}")), None);
    }

    #[test]
    fn a_fault_that_was_not_met_is_stale_if_its_version_was_checked() {
        let mut known = KnownFaults::read(LIST).unwrap();
        known.reason(&spot("2.10", "/x/{id}"));
        assert_eq!(
            known.stale(&["2.10", "2.11"]),
            ["2.11 POST /x/{id} request `bad` -"]
        );
        assert_eq!(known.stale(&["2.10", "2.16"]), [""; 0]);
    }

    #[test]
    fn a_fault_of_every_version_is_known_in_each_and_stale_only_where_several_lack_it() {
        let list = LIST.replace("2.10 2.11", "*");
        let mut known = KnownFaults::read(&list).unwrap();
        assert_eq!(
            known.stale(&["2.7", "2.8"]),
            ["* POST /x/{id} request `bad` -"]
        );
        assert_eq!(known.stale(&["2.7"]), [""; 0]);
        assert!(known.reason(&spot("2.8", "/x/{id}")).is_some());
        assert_eq!(known.stale(&["2.7", "2.8"]), [""; 0]);
    }

    #[test]
    fn a_fault_without_a_reason_is_refused() {
        assert!(KnownFaults::read("2.10\tPOST\t/x\trequest\tbad\t-\n").is_err());
        assert!(KnownFaults::read("2.10\tPOST\t/x\trequest\tbad\t-\t \n").is_err());
        assert!(KnownFaults::read(OFFICIAL).is_ok());
    }
}
