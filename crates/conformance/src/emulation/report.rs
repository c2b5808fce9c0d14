//! The report of a run, as text.

use std::io::{self, Write};

use super::{Emulation, Fault, Tested};

/// Writes a line for each version, and what failed. `verbose` also shows the known faults.
///
/// # Errors
///
/// If writing fails.
pub fn write(emulation: &Emulation, verbose: bool, output: &mut impl Write) -> io::Result<()> {
    let names = emulation.versions.iter().map(|one| one.version.len());
    let width = names.max().unwrap_or(0).max("version".len());
    writeln!(
        output,
        "{:width$}{:>12}{:>7}{:>7}{:>7}{:>8}",
        "version", "operations", "sent", "fit", "known", "failed"
    )?;
    for tested in &emulation.versions {
        let Tested {
            version,
            operations,
            sent,
            fit,
            known,
            failed,
            ..
        } = tested;
        writeln!(
            output,
            "{version:width$}{operations:>12}{sent:>7}{fit:>7}{known:>7}{failed:>8}"
        )?;
    }
    let faults = || emulation.versions.iter().flat_map(|one| &one.faults);
    write_faults(
        "Failed:",
        faults().filter(|one| one.known.is_none()),
        output,
    )?;
    if verbose {
        write_faults("Known:", faults().filter(|one| one.known.is_some()), output)?;
    }
    if !emulation.stale.is_empty() {
        writeln!(
            output,
            "\nKnown faults that no longer fail, to be taken out of known_emulator_faults.tsv:"
        )?;
    }
    for stale in &emulation.stale {
        writeln!(output, "  {stale}")?;
    }
    output.flush()
}

fn write_faults<'a>(
    title: &str,
    faults: impl Iterator<Item = &'a Fault>,
    output: &mut impl Write,
) -> io::Result<()> {
    let mut faults = faults.peekable();
    if faults.peek().is_some() {
        writeln!(output, "\n{title}")?;
    }
    for fault in faults {
        let Fault {
            version,
            endpoint,
            example,
            status,
            place,
            text,
            known,
        } = fault;
        write!(
            output,
            "  {version} {endpoint} {status} `{example}` {place}: {text}"
        )?;
        match known {
            Some(reason) => writeln!(output, " ({reason})")?,
            None => writeln!(output)?,
        }
    }
    Ok(())
}
