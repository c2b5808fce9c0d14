//! The program: serves an emulator until it is stopped.

#![allow(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "a program talks to its user"
)]

mod program;

use std::process::ExitCode;

use program::{Asked, USAGE};

fn main() -> ExitCode {
    match program::read(std::env::args_os().skip(1)) {
        Ok(Asked::Serve(arguments)) => match program::serve(*arguments) {
            Ok(()) => ExitCode::SUCCESS,
            Err(error) => {
                eprintln!("error: {error}");
                ExitCode::FAILURE
            }
        },
        Ok(Asked::Help) => {
            println!("{USAGE}");
            ExitCode::SUCCESS
        }
        Ok(Asked::Version) => {
            println!("intercom-emulator {}", env!("CARGO_PKG_VERSION"));
            ExitCode::SUCCESS
        }
        Ok(Asked::Operations) => {
            program::list_operations();
            ExitCode::SUCCESS
        }
        Err(error) => {
            eprintln!("error: {error}\n\n{USAGE}");
            ExitCode::from(2)
        }
    }
}
