//! One call.

use intercom_transport_hyper::{Client, HyperTransport, contacts};

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let intercom = Client::new(HyperTransport::new()?, "token");
    let contact = intercom.call(&contacts::Get::new("6762f0d01bb69f9f2193bb7d")).await?;
    println!("{:?} {:?}", contact.name, contact.email);
    Ok(())
}
