//! Counts the contacts of a workspace by reading them, 150 a page.
//!
//! ```console
//! $ INTERCOM_BASE_URL=http://127.0.0.1:8099 INTERCOM_ACCESS_TOKEN=any \
//!     cargo run --release -p intercom-transport-ureq --example blocking_list_contacts
//! ```

#![allow(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "an example shows what it does"
)]

use std::error::Error;
use std::process::ExitCode;

use intercom_transport_ureq::{Config, contacts};

fn main() -> ExitCode {
    match count() {
        Ok(count) => {
            println!("{count}");
            ExitCode::SUCCESS
        }
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::FAILURE
        }
    }
}

fn count() -> Result<u64, Box<dyn Error>> {
    let intercom = intercom_transport_ureq::client(Config::from_env()?)?;

    let mut count = 0_u64;
    for contact in intercom.items(contacts::List::new().per_page(150)) {
        contact?;
        count += 1;
    }
    Ok(count)
}
