//! The table of all operations.

use std::io::{self, Write};

use intercom_core::api::ALL;

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
    use super::write;

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
