//! Checks the types and endpoints against descriptions of the API and against recorded traffic.

use std::ffi::OsString;
use std::io::{self, BufWriter, Write};
use std::path::PathBuf;
use std::process::ExitCode;

use intercom_conformance::{
    check, decode, description, emulation, encode, known_faults, lines, operations, report,
};
use lexopt::Arg::{Long, Short, Value};

const USAGE: &str = "\
Checks the Intercom types and endpoints against descriptions and recorded traffic.

Usage: intercom-conformance COMMAND

Commands:
  operations           print every operation as tab-separated values
  decode               read replies from standard input, and write what a client reads of them
  encode               read requests from standard input, and write what a client sends of them
  check [-v] DIR       run every example of the OpenAPI descriptions (*.json) in DIR
  emulator [-v] DIR    send the requests of the descriptions in DIR to an emulator, and check its replies

Both decode and encode read a JSON object a line, and write one a line:
  decode  {\"method\",\"path\",\"version\",\"status\",\"headers\"?,\"body\"}
          -> {\"endpoint\",\"ok\",\"value\",\"deviations\",\"error\"}
  encode  {\"method\",\"path\",\"version\",\"query\"?,\"body\"?}
          -> {\"endpoint\",\"ok\",\"method\",\"path\",\"query\",\"body\",\"error\"}

Options:
      --markdown       operations: print a page of documentation
      --emulator       operations: print a page about those of the emulator
  -v, --verbose        check, emulator: show also the known faults; check: what is not covered too
  -h, --help           print this
  -V, --version        print the version

The exit code of check and emulator is 1 where something failed that is not a known fault. A misuse of this
program gives 2.
";

/// How operations are printed.
#[derive(Clone, Copy, PartialEq)]
enum Form {
    Lines,
    Page,
    EmulatorPage,
}

enum Command {
    Operations { form: Form },
    Decode,
    Encode,
    Check { directory: PathBuf, verbose: bool },
    Emulator { directory: PathBuf, verbose: bool },
    Help,
    Version,
}

fn main() -> ExitCode {
    let command = match parse(lexopt::Parser::from_env()) {
        Ok(command) => command,
        Err(error) => {
            complain(&format!(
                "{error}\nTry `intercom-conformance --help` for the usage."
            ));
            return ExitCode::from(2);
        }
    };
    match run(command) {
        Ok(code) => code,
        // Whoever read the output had enough of it.
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => ExitCode::SUCCESS,
        Err(error) => {
            complain(&error.to_string());
            ExitCode::FAILURE
        }
    }
}

fn parse(mut parser: lexopt::Parser) -> Result<Command, lexopt::Error> {
    let mut words: Vec<OsString> = Vec::new();
    let (mut verbose, mut form) = (false, Form::Lines);
    while let Some(argument) = parser.next()? {
        match argument {
            Short('h') | Long("help") => return Ok(Command::Help),
            Short('V') | Long("version") => return Ok(Command::Version),
            Short('v') | Long("verbose") => verbose = true,
            Long("markdown") => form = Form::Page,
            Long("emulator") => form = Form::EmulatorPage,
            Value(word) => words.push(word),
            other => return Err(other.unexpected()),
        }
    }
    let mut words = words.into_iter();
    let name = words.next().ok_or("a command is missing")?;
    let command = match name.to_str() {
        Some("operations") => Command::Operations { form },
        Some("decode") => Command::Decode,
        Some("encode") => Command::Encode,
        Some("check") => Command::Check {
            directory: words
                .next()
                .ok_or("check needs the directory of the descriptions")?
                .into(),
            verbose,
        },
        Some("emulator") => Command::Emulator {
            directory: words
                .next()
                .ok_or("emulator needs the directory of the descriptions")?
                .into(),
            verbose,
        },
        _ => return Err(format!("there is no command {name:?}").into()),
    };
    if verbose && !matches!(command, Command::Check { .. } | Command::Emulator { .. }) {
        return Err("--verbose is for check and emulator alone".into());
    }
    if form != Form::Lines && !matches!(command, Command::Operations { .. }) {
        return Err("--markdown and --emulator are for operations alone".into());
    }
    match words.next() {
        Some(word) => Err(lexopt::Error::UnexpectedArgument(word)),
        None => Ok(command),
    }
}

fn run(command: Command) -> io::Result<ExitCode> {
    let (input, output) = (io::stdin().lock(), io::stdout().lock());
    let mut output = BufWriter::new(output);
    match command {
        Command::Operations { form } => match form {
            Form::Lines => operations::write(&mut output)?,
            Form::Page => operations::write_markdown(&mut output)?,
            Form::EmulatorPage => operations::write_emulator_markdown(&mut output)?,
        },
        Command::Decode => lines::answer_each(input, output, decode::answer)?,
        Command::Encode => lines::answer_each(input, output, encode::answer)?,
        Command::Check { directory, verbose } => {
            let descriptions = description::read_all(&directory).map_err(io::Error::other)?;
            let known = known_faults::KnownFaults::read(known_faults::OFFICIAL)
                .map_err(io::Error::other)?;
            let found = check::check(&descriptions, known);
            report::write(&found, verbose, &mut output)?;
            if !found.passed() {
                return Ok(ExitCode::FAILURE);
            }
        }
        Command::Emulator { directory, verbose } => {
            let descriptions = description::read_all(&directory).map_err(io::Error::other)?;
            let known = emulation::Known::read(emulation::KNOWN).map_err(io::Error::other)?;
            let found = emulation::run(&descriptions, known).map_err(io::Error::other)?;
            emulation::write(&found, verbose, &mut output)?;
            if !found.passed() {
                return Ok(ExitCode::FAILURE);
            }
        }
        Command::Help => {
            output.write_all(USAGE.as_bytes())?;
            output.flush()?;
        }
        Command::Version => {
            writeln!(output, "intercom-conformance {}", env!("CARGO_PKG_VERSION"))?;
            output.flush()?;
        }
    }
    Ok(ExitCode::SUCCESS)
}

/// Writes to standard error; where that is closed, there is nobody to tell.
fn complain(message: &str) {
    let _ = writeln!(io::stderr(), "intercom-conformance: {message}");
}
