//! `multipart/form-data`: bodies with files, and fields beside them.

use bytes::Bytes;

/// A part of a body: a field, or a file.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Part {
    /// The name of the field.
    pub name: String,
    /// The name of the file; `None` for a field.
    pub file_name: Option<String>,
    /// The content.
    pub content: Bytes,
}

impl Part {
    /// Creates a field.
    pub fn field(name: impl Into<String>, text: impl Into<String>) -> Self {
        Self {
            name: name.into(),
            file_name: None,
            content: Bytes::from(text.into()),
        }
    }

    /// Creates a file.
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
///
/// The server half is `server::FromMultipart`, with the feature `server`.
pub trait ToMultipart {
    /// Returns the parts, in their order.
    fn to_parts(&self) -> Vec<Part>;
}

/// Writes parts, and returns the content type with their boundary, and the body.
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

/// Escapes a quoted name as browsers do.
fn quoted(name: &str) -> String {
    name.replace('"', "%22")
        .replace('\r', "%0D")
        .replace('\n', "%0A")
}

pub(crate) fn find(text: &[u8], pattern: &[u8]) -> Option<usize> {
    text.windows(pattern.len())
        .position(|window| window == pattern)
}
