//! Attachments of messages and replies.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use intercom_core::api::conversations::{Attachment, AttachmentFile};
use intercom_core::model::ObjectType;

use crate::object::object;
use crate::refusal::Refusal;

/// The most attachments of a message, by address or as files.
const MAX_ATTACHMENTS: usize = 10;

/// Refuses too many attachments, and files that are not valid base64.
pub(crate) fn check_attachments(urls: &[String], files: &[AttachmentFile]) -> Result<(), Refusal> {
    for (field, count) in [
        ("attachment_urls", urls.len()),
        ("attachment_files", files.len()),
    ] {
        if count > MAX_ATTACHMENTS {
            let message = format!("{field} has at most {MAX_ATTACHMENTS} items");
            return Err(Refusal::invalid(field, message));
        }
    }
    let invalid = files
        .iter()
        .find(|file| STANDARD.decode(&file.data).is_err());
    match invalid {
        None => Ok(()),
        Some(file) => Err(Refusal::invalid(
            "attachment_files",
            format!("the data of {} is not valid base64", file.name),
        )),
    }
}

/// Returns attachments as replies show them.
pub(crate) fn uploads(urls: &[String], files: &[AttachmentFile]) -> Vec<Attachment> {
    let by_url = urls.iter().map(|url| {
        let name = url.rsplit('/').next().unwrap_or(url);
        let extension = name
            .rsplit_once('.')
            .map_or("png", |(_, extension)| extension);
        object!(Attachment {
            r#type: Some(ObjectType::from("upload")),
            name: Some(name.to_owned()),
            url: Some(url.clone()),
            content_type: Some(format!("image/{extension}")),
            filesize: Some(0),
        })
    });
    let by_file = files.iter().map(|file| {
        let size = STANDARD.decode(&file.data).map_or(0, |data| data.len());
        object!(Attachment {
            r#type: Some(ObjectType::from("upload")),
            name: Some(file.name.clone()),
            url: Some(format!("https://downloads.example.com/{}", file.name)),
            content_type: Some(file.content_type.clone()),
            filesize: Some(size as u64),
        })
    });
    by_url.chain(by_file).collect()
}
