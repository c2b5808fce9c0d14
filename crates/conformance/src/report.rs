//! The report of a check, as text.

use std::io::{self, Write};

use crate::check::{Finding, Report, Summary, What};

/// How many findings of an example are shown, unless all are asked for.
const SHOWN: usize = 3;

/// The titles and widths of the columns after the first.
const COLUMNS: [(&str, usize); 8] = [
    ("operations", 13),
    ("decoded", 14),
    ("encoded", 14),
    ("lost", 6),
    ("changed", 9),
    ("deviations", 12),
    ("failed", 8),
    ("known", 7),
];

/// Writes a line for each version, and what failed. `verbose` also shows the known faults, and the
/// operations that no endpoint has.
///
/// # Errors
///
/// Where writing fails.
pub fn write(report: &Report, verbose: bool, output: &mut impl Write) -> io::Result<()> {
    let names = report.versions.iter().map(|one| one.version.len());
    let width = names.max().unwrap_or(0).max("version".len());
    let titles = COLUMNS.map(|(title, _)| title.to_owned());
    write_row(width, "version", &titles, output)?;
    for summary in &report.versions {
        write_row(width, &summary.version, &row(summary), output)?;
    }
    let findings = || report.versions.iter().flat_map(|one| &one.findings);
    let failed: Vec<&Finding> = findings().filter(|one| one.known.is_none()).collect();
    write_examples("Failed:", &failed, verbose, output)?;
    if verbose {
        let known: Vec<&Finding> = findings().filter(|one| one.known.is_some()).collect();
        write_examples("Known faults of the descriptions:", &known, true, output)?;
        for summary in &report.versions {
            if !summary.uncovered.is_empty() {
                writeln!(output, "\nNot covered in {}:", summary.version)?;
            }
            for operation in &summary.uncovered {
                writeln!(output, "  {operation}")?;
            }
        }
    }
    if !report.stale.is_empty() {
        writeln!(
            output,
            "\nKnown faults that no longer fail, to be taken out of known_faults.tsv:"
        )?;
    }
    for stale in &report.stale {
        writeln!(output, "  {stale}")?;
    }
    output.flush()
}

fn row(summary: &Summary) -> [String; COLUMNS.len()] {
    let of = |part: usize, whole: usize| format!("{part} of {whole}");
    let covered = summary.operations - summary.uncovered.len();
    let failed = summary.findings.iter().filter(|one| one.known.is_none());
    let known = summary.findings.iter().filter(|one| one.known.is_some());
    [
        of(covered, summary.operations),
        of(summary.decoded.read, summary.decoded.all),
        of(summary.encoded.read, summary.encoded.all),
        summary.count(What::Lost).to_string(),
        summary.count(What::Changed).to_string(),
        summary.count(What::Deviation).to_string(),
        failed.count().to_string(),
        known.count().to_string(),
    ]
}

fn write_row(
    width: usize,
    name: &str,
    cells: &[String; COLUMNS.len()],
    output: &mut impl Write,
) -> io::Result<()> {
    write!(output, "{name:width$}")?;
    for (cell, (_, width)) in cells.iter().zip(COLUMNS) {
        write!(output, "{cell:>width$}")?;
    }
    writeln!(output)
}

/// The findings, example by example.
fn write_examples(
    title: &str,
    findings: &[&Finding],
    all: bool,
    output: &mut impl Write,
) -> io::Result<()> {
    if findings.is_empty() {
        return Ok(());
    }
    writeln!(output, "\n{title}")?;
    for example in findings.chunk_by(|one, other| heading(one) == heading(other)) {
        writeln!(output, "  {}", heading(example[0]))?;
        let shown = if all { example.len() } else { SHOWN };
        for finding in example.iter().take(shown) {
            match finding.spot.place.as_str() {
                "-" => write!(output, "    {}", finding.text)?,
                place => write!(output, "    {place}: {}", finding.text)?,
            }
            match &finding.known {
                Some(reason) => writeln!(output, " ({reason})")?,
                None => writeln!(output)?,
            }
        }
        if example.len() > shown {
            writeln!(
                output,
                "    and {} more, see --verbose",
                example.len() - shown
            )?;
        }
    }
    Ok(())
}

fn heading(finding: &Finding) -> String {
    let spot = &finding.spot;
    let example = match spot.example.as_str() {
        "-" => String::new(),
        name => format!(" `{name}`"),
    };
    format!(
        "{} {} {} ({}), {}{example}",
        spot.version, spot.method, spot.path, finding.endpoint, spot.part
    )
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::write;
    use crate::check::check;
    use crate::description::Description;
    use crate::known_faults::KnownFaults;

    #[test]
    fn the_report_names_what_failed_and_hides_what_is_known_unless_asked() {
        let examples = json!({"a": {"value": {"id": "1", "b": 1, "c": 1, "d": 1, "e": 1}}});
        let paths = json!({
            "/nowhere": {"get": {}},
            "/tags/{id}": {"get": {"responses": {"200": {"content": {"application/json": {"examples": examples}}}}}},
        });
        let known = "some\tGET\t/tags/{id}\t200\ta\te\tA slip.\nsome\tGET\t/x\t200\ta\te\tGone.";
        let description = Description::read("some", &json!({ "paths": paths })).unwrap();
        let report = check(&[description], KnownFaults::read(known).unwrap());
        let text = |verbose| {
            let mut text = Vec::new();
            write(&report, verbose, &mut text).unwrap();
            String::from_utf8(text).unwrap()
        };
        let (short, long) = (text(false), text(true));
        assert_eq!(
            short.lines().collect::<Vec<_>>(),
            [
                "version   operations       decoded       encoded  lost  changed  deviations  failed  known",
                "some          1 of 2        1 of 1        1 of 1     4        0           0       3      1",
                "",
                "Failed:",
                "  some GET /tags/{id} (tags::Get), 200 `a`",
                "    b: lost 1",
                "    c: lost 1",
                "    d: lost 1",
                "",
                "Known faults that no longer fail, to be taken out of known_faults.tsv:",
                "  some GET /x 200 `a` e",
            ]
        );
        assert!(long.contains("    e: lost 1 (A slip.)"), "{long}");
        assert!(
            long.contains("Not covered in some:\n  GET /nowhere"),
            "{long}"
        );
    }
}
