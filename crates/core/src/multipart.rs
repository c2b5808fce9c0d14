//! Bodies of several parts: files, with fields beside them.

use bytes::Bytes;

/// A part of a body: a field, or a file.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Part {
    /// The name of the field.
    pub name: String,
    /// The name of the file, where it is one.
    pub file_name: Option<String>,
    /// The bytes.
    pub content: Bytes,
}

impl Part {
    /// A field with this text.
    pub fn field(name: impl Into<String>, text: impl Into<String>) -> Self {
        Self {
            name: name.into(),
            file_name: None,
            content: Bytes::from(text.into()),
        }
    }

    /// A file of this name.
    pub fn file(
        name: impl Into<String>,
        file_name: impl Into<String>,
        content: impl Into<Bytes>,
    ) -> Self {
        Self {
            name: name.into(),
            file_name: Some(file_name.into()),
            content: content.into(),
        }
    }
}

/// A body that is sent as `multipart/form-data`.
pub trait Multipart: Sized {
    /// The parts, in their order.
    fn parts(&self) -> Vec<Part>;

    /// The body of these parts, on the server's side. The error is the name of a part that is missing
    /// or not of its kind.
    fn from_parts(parts: Vec<Part>) -> Result<Self, &'static str>;
}

/// Writes parts, and gives the content type that names their boundary.
pub(crate) fn write(parts: &[Part]) -> (String, Vec<u8>) {
    let boundary = (0_u64..)
        .map(|number| format!("intercom-rs-{number:016x}"))
        .find(|boundary| {
            parts
                .iter()
                .all(|part| find(&part.content, boundary.as_bytes()).is_none())
        })
        .unwrap_or_default();
    let mut body = Vec::new();
    for part in parts {
        body.extend_from_slice(
            format!(
                "--{boundary}\r\nContent-Disposition: form-data; name=\"{}\"",
                quoted(&part.name)
            )
            .as_bytes(),
        );
        if let Some(file_name) = &part.file_name {
            body.extend_from_slice(
                format!(
                    "; filename=\"{}\"\r\nContent-Type: application/octet-stream",
                    quoted(file_name)
                )
                .as_bytes(),
            );
        }
        body.extend_from_slice(b"\r\n\r\n");
        body.extend_from_slice(&part.content);
        body.extend_from_slice(b"\r\n");
    }
    body.extend_from_slice(format!("--{boundary}--\r\n").as_bytes());
    (format!("multipart/form-data; boundary={boundary}"), body)
}

/// What may not stand in a quoted name, as browsers write it.
fn quoted(name: &str) -> String {
    name.replace('"', "%22")
        .replace('\r', "%0D")
        .replace('\n', "%0A")
}

/// Reads parts; the boundary is what the first line says. `None` where it is no such body.
#[cfg(feature = "server")]
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

#[cfg(feature = "server")]
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

fn find(text: &[u8], pattern: &[u8]) -> Option<usize> {
    text.windows(pattern.len())
        .position(|window| window == pattern)
}

#[cfg(all(test, feature = "server"))]
mod tests {
    use super::{Part, read, write};

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
    fn what_has_no_parts_is_not_taken_for_some() {
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
