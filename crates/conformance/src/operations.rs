//! The table of all operations.

use std::io::{self, Write};

use intercom_core::Spec;
use intercom_core::api::ALL;
use intercom_emulator::not_emulated;

use crate::known_faults::same_address;

/// The official names of operations: method, path and name in each line.
const OFFICIAL_NAMES: &str = include_str!("../operation_ids.tsv");

/// The name that the official descriptions give an operation; those of reporting data have none.
fn official_name(spec: &Spec) -> Option<&'static str> {
    OFFICIAL_NAMES.lines().find_map(|line| {
        let (method, rest) = line.split_once('\t')?;
        let (path, name) = rest.split_once('\t')?;
        (method == spec.method.as_str() && same_address(path, spec.path)).then_some(name)
    })
}

/// Writes every operation by resource, as a page of documentation.
///
/// # Errors
///
/// Where writing fails.
pub fn write_markdown(output: &mut impl Write) -> io::Result<()> {
    writeln!(output, "# Operations\n")?;
    writeln!(
        output,
        "Every operation by resource, with its type in `intercom_core::api`, the versions that have it, and the\n\
         name by which the official descriptions and SDKs know it. This page is written by\n\
         `cargo run -p intercom-conformance -- operations --markdown`."
    )?;
    let mut resource = "";
    for spec in ALL {
        let (module, _) = spec.name.split_once("::").unwrap_or((spec.name, ""));
        if module != resource {
            resource = module;
            writeln!(output, "\n## {resource}\n")?;
            writeln!(output, "| type | operation | versions | official name |")?;
            writeln!(output, "| --- | --- | --- | --- |")?;
        }
        let official = official_name(spec).map_or("-".to_owned(), |name| format!("`{name}`"));
        writeln!(
            output,
            "| `{}` | {} `{}` | {} | {official} |",
            spec.name,
            spec.method,
            spec.path,
            spec.versions()
        )?;
    }
    output.flush()
}

/// Writes every operation by resource, with whether the emulator has it, as a page of documentation.
///
/// # Errors
///
/// If writing fails.
pub fn write_emulator_markdown(output: &mut impl Write) -> io::Result<()> {
    let missing = not_emulated();
    writeln!(output, "# Operations of the emulator\n")?;
    writeln!(
        output,
        "{} of {} operations are emulated, each with its effects on the others. The rest replies 501 with its name\n\
         and the reason. This page is written by `cargo run -p intercom-conformance -- operations --emulator`.\n",
        ALL.len() - missing.len(),
        ALL.len()
    )?;
    writeln!(output, "| type | operation | versions | emulated |")?;
    writeln!(output, "| --- | --- | --- | --- |")?;
    for spec in ALL {
        let mut missing = missing.iter();
        let reason = missing.find(|(other, _)| other.name == spec.name);
        let emulated = reason.map_or("yes".to_owned(), |(_, reason)| format!("no: {reason}"));
        writeln!(
            output,
            "| `{}` | {} `{}` | {} | {emulated} |",
            spec.name,
            spec.method,
            spec.path,
            spec.versions()
        )?;
    }
    output.flush()
}

/// Writes every operation as a line of tab-separated values, after a line with their names. The
/// last column is the last version that has the operation, or `-` where it still exists.
///
/// # Errors
///
/// Where writing fails.
pub fn write(output: &mut impl Write) -> io::Result<()> {
    writeln!(output, "endpoint\tmethod\tpath\tsince\tuntil")?;
    for spec in ALL {
        let until = spec.until.as_ref().map_or("-", |version| version.as_str());
        writeln!(
            output,
            "{}\t{}\t{}\t{}\t{until}",
            spec.name, spec.method, spec.path, spec.since
        )?;
    }
    output.flush()
}

#[cfg(test)]
mod tests {
    use super::{write, write_emulator_markdown, write_markdown};

    fn is_up_to_date(page: &str, option: &str, write: fn(&mut Vec<u8>) -> std::io::Result<()>) {
        let mut written = Vec::new();
        write(&mut written).unwrap();
        let root = concat!(env!("CARGO_MANIFEST_DIR"), "/../..");
        assert_eq!(
            std::fs::read_to_string(format!("{root}/{page}")).unwrap(),
            String::from_utf8(written).unwrap(),
            "write it anew: cargo run -p intercom-conformance -- operations {option} > {page}"
        );
    }

    #[test]
    fn the_page_of_operations_is_up_to_date() {
        is_up_to_date("docs/operations.md", "--markdown", |page| {
            write_markdown(page)
        });
    }

    #[test]
    fn the_page_of_emulated_operations_is_up_to_date() {
        is_up_to_date("docs/emulator-operations.md", "--emulator", |page| {
            write_emulator_markdown(page)
        });
    }

    #[test]
    fn every_operation_is_one_line_with_its_versions() {
        let mut table = Vec::new();
        write(&mut table).unwrap();
        let table = String::from_utf8(table).unwrap();
        let lines: Vec<&str> = table.lines().collect();
        assert_eq!(lines.len(), intercom_core::api::ALL.len() + 1);
        assert_eq!(lines[0], "endpoint\tmethod\tpath\tsince\tuntil");
        for line in [
            "contacts::Update\tPUT\t/contacts/{contact_id}\t2.7\t-",
            "contacts::BulkCreate\tPOST\t/contacts/bulk\tPreview\t-",
            "help_center::GetSection\tGET\t/help_center/sections/{section_id}\t2.7\t2.9",
        ] {
            assert!(lines.contains(&line), "{line}");
        }
    }
}
