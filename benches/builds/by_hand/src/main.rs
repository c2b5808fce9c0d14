//! One call, written by hand.

use bytes::Bytes;
use http_body_util::{BodyExt, Full};
use hyper::Request;
use hyper_util::client::legacy::Client;
use hyper_util::rt::TokioExecutor;

#[derive(Debug, serde::Deserialize)]
struct Contact {
    name: Option<String>,
    email: Option<String>,
}

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let https = hyper_rustls::HttpsConnectorBuilder::new()
        .with_native_roots()?
        .https_or_http()
        .enable_all_versions()
        .build();
    let client: Client<_, Full<Bytes>> = Client::builder(TokioExecutor::new()).build(https);
    let request = Request::get("https://api.intercom.io/contacts/6762f0d01bb69f9f2193bb7d")
        .header("authorization", "Bearer token")
        .header("intercom-version", "2.16")
        .body(Full::default())?;
    let body = client.request(request).await?.into_body().collect().await?.to_bytes();
    let contact: Contact = serde_json::from_slice(&body)?;
    println!("{:?} {:?}", contact.name, contact.email);
    Ok(())
}
