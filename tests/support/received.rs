//! A request as the server saw it.

use std::io::{self, Read};

/// What came over the wire.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Received {
    pub(crate) method: String,
    /// Path and query.
    pub(crate) target: String,
    pub(crate) version: String,
    /// In their order, names in lower case.
    pub(crate) headers: Vec<(String, String)>,
    pub(crate) body: Vec<u8>,
}

impl Received {
    /// The first header of this name, which is given in lower case.
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        let mut headers = self.headers.iter();
        headers
            .find(|header| header.0 == name)
            .map(|header| header.1.as_str())
    }

    /// Reads one request with an announced length or no body. `None`: the client closed instead.
    pub(super) fn read(stream: &mut impl Read) -> io::Result<Option<Self>> {
        let mut head = Vec::new();
        while !head.ends_with(b"\r\n\r\n") {
            let mut byte = [0];
            if stream.read(&mut byte)? == 0 {
                return Ok(None);
            }
            head.push(byte[0]);
        }
        let head = String::from_utf8(head).map_err(io::Error::other)?;
        let mut lines = head.trim_end().split("\r\n");
        let mut first = lines
            .next()
            .unwrap_or_default()
            .split(' ')
            .map(str::to_owned);
        let mut received = Self {
            method: first.next().unwrap_or_default(),
            target: first.next().unwrap_or_default(),
            version: first.next().unwrap_or_default(),
            headers: lines
                .filter_map(|line| line.split_once(':'))
                .map(|(name, value)| (name.to_ascii_lowercase(), value.trim().to_owned()))
                .collect(),
            body: Vec::new(),
        };
        let length = received.header("content-length").unwrap_or("0").parse();
        received.body = vec![0; length.map_err(io::Error::other)?];
        stream.read_exact(&mut received.body)?;
        Ok(Some(received))
    }
}
