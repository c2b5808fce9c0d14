//! The emulator answers any request, and fails at none.
#![no_main]

use bytes::Bytes;
use http::Request;
use intercom_core::api::ALL;
use intercom_core::transport::Deadline;
use intercom_core::transport::blocking::Transport;
use intercom_emulator::Emulator;
use libfuzzer_sys::arbitrary::{self, Arbitrary};
use libfuzzer_sys::fuzz_target;

#[derive(Debug, Arbitrary)]
struct Call {
    operation: usize,
    arguments: Vec<String>,
    query: String,
    body: String,
    version: u8,
}

fuzz_target!(|calls: Vec<Call>| {
    let emulator = Emulator::new();
    let transport = emulator.transport();
    for call in calls.iter().take(20) {
        let spec = &ALL[call.operation % ALL.len()];
        let mut arguments = call.arguments.iter().chain(std::iter::repeat(&call.query));
        let path: Vec<String> = spec
            .path
            .split('/')
            .map(|part| match part.starts_with('{') {
                true => arguments.next().map(|it| escape(it)).unwrap_or_default(),
                false => part.to_owned(),
            })
            .collect();
        let url = format!(
            "http://localhost{}?{}",
            path.join("/"),
            escape(&call.query).replace("%3D", "=").replace("%26", "&")
        );
        let version = ["2.7", "2.11", "2.16", "Preview"][usize::from(call.version % 4)];
        let request = Request::builder()
            .method(spec.method.as_str())
            .uri(url)
            .header("authorization", "Bearer fuzz")
            .header("intercom-version", version)
            .header("content-type", "application/json")
            .body(Bytes::from(call.body.clone()));
        let Ok(request) = request else { continue };
        let response = transport.send(request, Deadline::none()).unwrap();
        let status = response.status().as_u16();
        assert!(status < 500 || status == 501, "{status} {}", spec.name);
    }
});

fn escape(text: &str) -> String {
    let escaped = text.bytes().map(|byte| match byte {
        b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'_' => char::from(byte).to_string(),
        _ => format!("%{byte:02X}"),
    });
    escaped.collect()
}
