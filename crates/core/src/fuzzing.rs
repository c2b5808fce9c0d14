//! What fuzz targets reach that programs do not.

use http::HeaderMap;
use http::header::CONTENT_RANGE;

use crate::machine::Range;
use crate::operation::{Part, write_parts};
use crate::server::read_parts;
use crate::transport::Gunzip;

/// The bytes that a `Content-Range` names, from and to, and the size of the file.
pub fn content_range(text: &str) -> Option<(Option<(u64, u64)>, Option<u64>)> {
    let mut headers = HeaderMap::new();
    headers.insert(CONTENT_RANGE, text.parse().ok()?);
    let range = Range::of(&headers)?;
    Some((range.bytes, range.total))
}

pub fn read_multipart(body: &[u8]) -> Option<Vec<Part>> {
    read_parts(body)
}

pub fn write_multipart(parts: &[Part]) -> Vec<u8> {
    write_parts(parts).1
}

/// Decompresses input that arrives in these pieces, and passes on the size of each piece of output.
pub fn gunzip(input: Vec<Vec<u8>>, mut output: impl FnMut(usize)) -> std::io::Result<()> {
    let mut gunzip = Gunzip::new();
    for piece in input {
        gunzip.push(piece.into());
        while let Some(piece) = gunzip.piece()? {
            output(piece.len());
        }
    }
    gunzip.finish()
}
