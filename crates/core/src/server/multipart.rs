//! Reading `multipart/form-data`.

use bytes::Bytes;

use crate::operation::{Part, find};

/// A body that is read from `multipart/form-data`: the server half of
/// [`ToMultipart`](crate::ToMultipart).
pub trait FromMultipart: Sized {
    /// Reads the parts.
    ///
    /// # Errors
    ///
    /// The name of a part that is missing, or not of its kind.
    fn from_parts(parts: Vec<Part>) -> Result<Self, &'static str>;
}

/// Reads parts, with the boundary of the first line. Returns `None` if the body is not multipart.
pub(crate) fn read(body: &[u8]) -> Option<Vec<Part>> {
    let first = find(body, b"\r\n")?;
    let boundary = body[..first].strip_prefix(b"--")?;
    let delimiter = [b"\r\n--", boundary].concat();
    let mut parts = Vec::new();
    let mut rest = &body[first + 2..];
    loop {
        let end = find(rest, &delimiter)?;
        let (part, after) = (&rest[..end], &rest[end + delimiter.len()..]);
        let head = find(part, b"\r\n\r\n")?;
        let text = std::str::from_utf8(&part[..head]).ok()?;
        let disposition = text.lines().find_map(|line| {
            let (name, value) = line.split_once(':')?;
            name.eq_ignore_ascii_case("content-disposition")
                .then_some(value)
        })?;
        let parameter = |name: &str| {
            disposition.split(';').find_map(|parameter| {
                let (key, value) = parameter.split_once('=')?;
                (key.trim() == name).then(|| unquoted(value.trim()))
            })
        };
        parts.push(Part {
            name: parameter("name")?,
            file_name: parameter("filename"),
            content: Bytes::copy_from_slice(&part[head + 4..]),
        });
        if after.starts_with(b"--") {
            return Some(parts);
        }
        rest = after.strip_prefix(b"\r\n")?;
    }
}

fn unquoted(value: &str) -> String {
    let value = value
        .strip_prefix('"')
        .and_then(|value| value.strip_suffix('"'))
        .unwrap_or(value);
    value
        .replace("%22", "\"")
        .replace("%0D", "\r")
        .replace("%0A", "\n")
}

#[cfg(test)]
mod tests {
    use super::read;
    use crate::operation::{Part, write_parts as write};

    #[test]
    fn parts_read_back_as_they_were_written_whatever_they_hold() {
        let parts = [
            Part::field("part_number", "1"),
            Part::file(
                "catalog",
                "a \"b\".json",
                &b"[{\"a\":1}]\r\n--intercom-rs-0000000000000000--\r\n"[..],
            ),
            Part::field("empty", ""),
        ];
        let (content_type, body) = write(&parts);
        assert_eq!(
            content_type,
            "multipart/form-data; boundary=intercom-rs-0000000000000001"
        );
        assert_eq!(read(&body).as_deref(), Some(&parts[..]));
    }

    #[test]
    fn invalid_multipart_has_no_parts() {
        for body in [
            "",
            "{}",
            "--a\r\n",
            "--a\r\n\r\nx\r\n--a--",
            "--a\r\nContent-Disposition: form-data\r\n\r\nx\r\n--a--\r\n",
        ] {
            assert_eq!(read(body.as_bytes()), None, "{body}");
        }
    }
}
