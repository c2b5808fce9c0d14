//! The faults of the emulator's replies that are known, each with its reason.
//!
//! They stand in `known_emulator_faults.tsv`, a line each: the versions (with blanks between, or `*` for
//! every one), the endpoint (`*` at its end stands for anything), the place of the value (`-` for the
//! whole; `*` at its start stands for anything), and the reason.

use std::collections::HashSet;

use crate::known_faults::rows;

const ANY: char = '*';

/// A list of known faults, and which of them were met.
#[derive(Debug, Default)]
pub struct Known {
    faults: Vec<KnownFault>,
    /// The place of each fault that was met in the list, with the version in which it was.
    met: HashSet<(usize, String)>,
}

#[derive(Debug)]
struct KnownFault {
    /// Empty for every one.
    versions: Vec<String>,
    endpoint: String,
    place: String,
    reason: String,
}

impl KnownFault {
    fn covers(&self, version: &str, endpoint: &str, place: &str) -> bool {
        let is_in = self.versions.is_empty() || self.versions.iter().any(|one| one == version);
        let is_endpoint = match self.endpoint.strip_suffix(ANY) {
            Some(start) => endpoint.starts_with(start),
            None => endpoint == self.endpoint,
        };
        let is_place = match self.place.strip_prefix(ANY) {
            Some(end) => place.ends_with(end),
            None => place == self.place,
        };
        is_in && is_endpoint && is_place
    }
}

impl Known {
    /// Reads a list. Lines that are blank or start with `#` are skipped.
    ///
    /// # Errors
    ///
    /// If a line does not have four columns, or one of them is empty.
    pub fn read(list: &str) -> Result<Self, String> {
        let mut faults = Vec::new();
        for [versions, endpoint, place, reason] in rows(list)? {
            let versions = versions
                .split_whitespace()
                .filter(|version| *version != "*");
            faults.push(KnownFault {
                versions: versions.map(str::to_owned).collect(),
                endpoint: endpoint.to_owned(),
                place: place.to_owned(),
                reason: reason.to_owned(),
            });
        }
        Ok(Self {
            faults,
            met: HashSet::new(),
        })
    }

    /// Returns why this fails, if that is known. The fault counts as met.
    pub fn reason(&mut self, version: &str, endpoint: &str, place: &str) -> Option<String> {
        let mut faults = self.faults.iter();
        let index = faults.position(|fault| fault.covers(version, endpoint, place))?;
        self.met.insert((index, version.to_owned()));
        self.faults.get(index).map(|fault| fault.reason.clone())
    }

    /// Returns the faults that were not met in one of their versions among these; a fault of every
    /// version has to be met in one, unless there is only one.
    #[must_use]
    pub fn stale(&self, versions: &[&str]) -> Vec<String> {
        let mut stale = Vec::new();
        for (index, fault) in self.faults.iter().enumerate() {
            let (endpoint, place) = (&fault.endpoint, &fault.place);
            let is_met = |version: &str| self.met.contains(&(index, version.to_owned()));
            if fault.versions.is_empty() {
                if versions.len() > 1 && !versions.iter().any(|version| is_met(version)) {
                    stale.push(format!("* {endpoint} {place}"));
                }
                continue;
            }
            let checked = fault.versions.iter();
            let checked = checked.filter(|version| versions.contains(&version.as_str()));
            for version in checked.filter(|version| !is_met(version)) {
                stale.push(format!("{version} {endpoint} {place}"));
            }
        }
        stale
    }
}

#[cfg(test)]
mod tests {
    use super::Known;
    use crate::emulation::KNOWN;

    const LIST: &str =
        "# a comment\n\n2.10 2.11\ttags::*\t*.name\tIt is so.\n*\tnotes::Get\t-\tSo is it.\n";

    #[test]
    fn a_fault_is_known_by_its_version_endpoint_and_place() {
        let mut known = Known::read(LIST).unwrap();
        let mut is_known =
            |version, endpoint, place| known.reason(version, endpoint, place).is_some();
        assert!(is_known("2.10", "tags::Get", "data[].name"));
        assert!(!is_known("2.16", "tags::Get", "data[].name"));
        assert!(!is_known("2.10", "teams::Get", "data[].name"));
        assert!(!is_known("2.10", "tags::Get", "data[].id"));
        assert!(is_known("2.16", "notes::Get", "-"));
        assert!(!is_known("2.16", "notes::Get", "id"));
        assert_eq!(
            known.stale(&["2.10", "2.11", "2.16"]),
            ["2.11 tags::* *.name"]
        );
        assert_eq!(
            Known::read(LIST).unwrap().stale(&["2.16", "Preview"]),
            ["* notes::Get -"]
        );
    }

    #[test]
    fn a_fault_without_a_reason_is_refused() {
        assert!(Known::read("2.10\ttags::Get\t-\t \n").is_err());
        assert!(Known::read("2.10\ttags::Get\t-\n").is_err());
        assert!(Known::read(KNOWN).is_ok());
    }
}
