//! Counts the contacts of the workspace at `INTERCOM_BASE_URL`, reading each of them, 150 a page.
//!
//! ```console
//! $ INTERCOM_BASE_URL=http://127.0.0.1:8099 INTERCOM_ACCESS_TOKEN=any \
//!     cargo run --release -p intercom-transport-hyper --example list_contacts
//! ```

#![allow(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "an example shows what it does"
)]

use std::error::Error;
use std::process::ExitCode;

use intercom_transport_hyper::{BaseUrl, Client, Config, HyperTransport, contacts};

#[tokio::main(flavor = "current_thread")]
async fn main() -> ExitCode {
    match count().await {
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

async fn count() -> Result<u64, Box<dyn Error>> {
    let variable = |name| std::env::var(name).map_err(|_| format!("set {name}"));
    let base_url = BaseUrl::parse(&variable("INTERCOM_BASE_URL")?)?;
    let config = Config::new(variable("INTERCOM_ACCESS_TOKEN")?).base_url(base_url);
    let intercom = Client::new(HyperTransport::new()?, config);

    let mut contacts = intercom.items(contacts::List::new().per_page(150_u32));
    let mut count = 0_u64;
    while contacts.try_next().await?.is_some() {
        count += 1;
    }
    Ok(count)
}
