//! Answering lines of JSON, one with one.

use std::io::{self, BufRead, Write};

use serde::Serialize;

/// Reads lines up to the end, and writes the answer to each as a line of JSON. Blank lines are
/// skipped. Lines need not be UTF-8: what to say of such a one is for `answer` to know.
///
/// # Errors
///
/// Where reading or writing fails.
pub fn answer_each<T: Serialize>(
    mut input: impl BufRead,
    mut output: impl Write,
    answer: impl Fn(&[u8]) -> T,
) -> io::Result<()> {
    let mut line = Vec::new();
    loop {
        line.clear();
        if input.read_until(b'\n', &mut line)? == 0 {
            return Ok(());
        }
        if line.trim_ascii().is_empty() {
            continue;
        }
        serde_json::to_writer(&mut output, &answer(&line))?;
        output.write_all(b"\n")?;
        // A program at the other end may wait for this answer before it writes its next line.
        output.flush()?;
    }
}
