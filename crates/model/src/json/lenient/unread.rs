//! Fields that a type does not read.

use serde::de::DeserializeOwned;
use serde_ignored::Path;

use super::deviation::{Deviation, cut};
use super::mend;
use crate::json::object::problem::Scope;

/// So many paths are returned; the others are counted.
const MOST_PATHS: usize = 100;

/// The longest path, in characters.
const MOST_PATH: usize = 200;

/// What was read, and what was not.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Report<T> {
    /// The value.
    pub value: T,
    /// The values that were not as documented, as for [`from_slice`](crate::from_slice).
    pub deviations: Vec<Deviation>,
    /// The paths of the fields that the type did not read, such as `data.0.location.street`, in the order
    /// of the text: at most 100, each cut after 200 characters.
    pub unread: Vec<String>,
    /// How many more fields were not read.
    pub more_unread: usize,
}

/// Reads JSON as [`from_slice`](crate::from_slice) does, and also returns which fields were not read.
///
/// It is slower than `from_slice`, and meant for those who watch for changes of the API.
///
/// ```
/// use intercom_model::contacts::Contact;
///
/// let json = br#"{"id": "6762", "name": "Ada", "shoe_size": 38}"#;
/// let report = intercom_model::from_slice_reporting::<Contact>(json)?;
/// assert_eq!(report.value.name.as_deref(), Some("Ada"));
/// assert_eq!(report.unread, ["shoe_size"]);
/// # Ok::<(), serde_json::Error>(())
/// ```
///
/// # Errors
///
/// As for [`from_slice`](crate::from_slice).
pub fn from_slice_reporting<T: DeserializeOwned>(
    json: &[u8],
) -> Result<Report<T>, serde_json::Error> {
    let _scope = Scope::reporting();
    let error = match read(json, Vec::new()) {
        Ok(report) => return Ok(report),
        Err(error) => error,
    };
    let mut report = None;
    let (mended, deviations) = mend::mend(json, error, &mut |json, is_whole| {
        if is_whole {
            report = Some(read(json, Vec::new())?);
        } else {
            serde_json::from_slice::<T>(json)?;
        }
        Ok(())
    })?;
    let report = match report {
        Some(report) => report,
        None => read(&mended, Vec::new())?,
    };
    Ok(Report {
        deviations,
        ..report
    })
}

fn read<T: DeserializeOwned>(
    json: &[u8],
    deviations: Vec<Deviation>,
) -> Result<Report<T>, serde_json::Error> {
    let mut unread = Vec::new();
    let mut more_unread = 0;
    let mut deserializer = serde_json::Deserializer::from_slice(json);
    let value = serde_ignored::deserialize(&mut deserializer, |path| {
        if unread.len() < MOST_PATHS {
            unread.push(cut(&shown(&path), MOST_PATH));
        } else {
            more_unread += 1;
        }
    })?;
    deserializer.end()?;
    Ok(Report {
        value,
        deviations,
        unread,
        more_unread,
    })
}

/// A path by its fields and indexes alone: that a value is optional does not show in the text.
fn shown(path: &Path<'_>) -> String {
    let below = |parent: &Path<'_>, step: &str| match shown(parent) {
        above if above.is_empty() => step.to_owned(),
        above => format!("{above}.{step}"),
    };
    match path {
        Path::Root => String::new(),
        Path::Seq { parent, index } => below(parent, &index.to_string()),
        Path::Map { parent, key } => below(parent, key),
        Path::Some { parent }
        | Path::NewtypeStruct { parent }
        | Path::NewtypeVariant { parent } => shown(parent),
    }
}

#[cfg(test)]
mod tests {
    use super::from_slice_reporting;
    use crate::List;
    use crate::contacts::Contact;

    #[test]
    fn unread_fields_are_named_by_their_place_in_the_text() {
        let json =
            br#"{"data":[{"id":"1","shoe_size":38,"location":{"city":"Kyoto","street":"A"}}]}"#;
        let report = from_slice_reporting::<List<Contact>>(json).unwrap();
        assert_eq!(
            report.unread,
            ["data.0.shoe_size", "data.0.location.street"]
        );
    }
}
