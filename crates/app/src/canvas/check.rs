//! What makes a canvas one that Intercom shows.

use std::collections::HashMap;
use std::fmt;

use super::choice::Choice;
use super::component::{Action, Component};
use super::content::{Canvas, Content};

/// The largest content, and the largest stored data, as JSON.
const MAX_BYTES: usize = 64 * 1024;

/// Where a canvas is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Surface {
    /// Beside a conversation, to teammates.
    Inbox,
    /// In the Messenger, to users, leads and visitors.
    Messenger,
}

/// A mistake in a canvas, and its place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InvalidCanvas {
    path: String,
    problem: String,
}

impl InvalidCanvas {
    fn new(path: impl Into<String>, problem: impl Into<String>) -> Self {
        Self {
            path: path.into(),
            problem: problem.into(),
        }
    }

    /// Returns the place, such as `content.components[1].options`.
    #[must_use]
    pub fn path(&self) -> &str {
        &self.path
    }

    /// Returns what is wrong there.
    #[must_use]
    pub fn problem(&self) -> &str {
        &self.problem
    }
}

impl fmt::Display for InvalidCanvas {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.path, self.problem)
    }
}

impl std::error::Error for InvalidCanvas {}

impl Canvas {
    /// Checks what Intercom requires of a canvas. [`CanvasResponse`](super::CanvasResponse) does so
    /// before it is sent.
    ///
    /// # Errors
    ///
    /// The first mistake.
    pub fn check(&self, surface: Surface) -> Result<(), InvalidCanvas> {
        match (&self.content, &self.content_url) {
            (Some(content), None) => content.check(surface)?,
            (None, Some(url)) => check_https("content_url", url)?,
            (Some(_), Some(_)) => {
                let problem = "a canvas has `content` or `content_url`, not both";
                return Err(InvalidCanvas::new("content_url", problem));
            }
            (None, None) => {
                let problem = "is missing; add components, or use `Canvas::live`";
                return Err(InvalidCanvas::new("content", problem));
            }
        }
        match &self.stored_data {
            Some(data) => check_size("stored_data", data),
            None => Ok(()),
        }
    }
}

impl Content {
    /// Checks what Intercom requires of components. [`LiveResponse`](super::LiveResponse) does so before
    /// it is sent.
    ///
    /// # Errors
    ///
    /// The first mistake.
    pub fn check(&self, surface: Surface) -> Result<(), InvalidCanvas> {
        let mut ids = Ids::default();
        for (index, component) in self.components.iter().enumerate() {
            let path = format!("content.components[{index}]");
            check_component(component, &path, surface, &mut ids)?;
        }
        check_size("content", self)
    }
}

/// The ids of a canvas, each with the path of its component.
#[derive(Default)]
struct Ids<'a>(HashMap<&'a str, String>);

impl<'a> Ids<'a> {
    fn add(&mut self, id: &'a str, path: &str) -> Result<(), InvalidCanvas> {
        check_text(id, path, "id")?;
        match self.0.insert(id, path.to_owned()) {
            None => Ok(()),
            Some(other) => Err(InvalidCanvas::new(
                format!("{path}.id"),
                format!("`{id}` is also the id of {other}; ids are unique in a canvas"),
            )),
        }
    }
}

fn check_component<'a>(
    component: &'a Component,
    path: &str,
    surface: Surface,
    ids: &mut Ids<'a>,
) -> Result<(), InvalidCanvas> {
    let mut add = |id: Option<&'a String>| id.map_or(Ok(()), |id| ids.add(id, path));
    match component {
        Component::Button(it) => {
            add(Some(&it.id))?;
            check_text(&it.label, path, "label")?;
            check_action(Some(&it.action), path, surface)
        }
        Component::Checkbox(it) => {
            add(Some(&it.id))?;
            let chosen = it.value.iter().flatten();
            check_options(&it.options, 1..=usize::MAX, chosen, path, "option")
        }
        Component::Dropdown(it) => {
            add(Some(&it.id))?;
            check_options(&it.options, 2..=10, &it.value, path, "options")
        }
        Component::SingleSelect(it) => {
            add(Some(&it.id))?;
            check_options(&it.options, 1..=usize::MAX, &it.value, path, "options")?;
            check_action(it.action.as_ref(), path, surface)
        }
        Component::Input(it) => {
            add(Some(&it.id))?;
            check_action(it.action.as_ref(), path, surface)
        }
        Component::TextArea(it) => add(Some(&it.id)),
        Component::List(it) => {
            for (index, item) in it.items.iter().enumerate() {
                let path = format!("{path}.items[{index}]");
                ids.add(&item.id, &path)?;
                check_text(&item.title, &path, "title")?;
                let has_size = item.image_width.is_some() && item.image_height.is_some();
                if item.image.is_some() && !has_size {
                    let problem = "an image needs `image_width` and `image_height`";
                    return Err(InvalidCanvas::new(format!("{path}.image"), problem));
                }
                check_action(item.action.as_ref(), &path, surface)?;
            }
            Ok(())
        }
        Component::Text(it) => {
            add(it.id.as_ref())?;
            check_text(&it.text, path, "text")
        }
        Component::Image(it) => {
            add(it.id.as_ref())?;
            check_text(&it.url, path, "url")
        }
        Component::Divider(it) => add(it.id.as_ref()),
        Component::Spacer(it) => add(it.id.as_ref()),
        Component::DataTable(_) | Component::Other(_) => Ok(()),
    }
}

fn check_text(text: &str, path: &str, field: &str) -> Result<(), InvalidCanvas> {
    if text.is_empty() {
        return Err(InvalidCanvas::new(format!("{path}.{field}"), "is empty"));
    }
    Ok(())
}

fn check_options<'a>(
    options: &[Choice],
    allowed: std::ops::RangeInclusive<usize>,
    chosen: impl IntoIterator<Item = &'a String>,
    path: &str,
    field: &str,
) -> Result<(), InvalidCanvas> {
    let path = format!("{path}.{field}");
    if !allowed.contains(&options.len()) {
        let number = match (*allowed.start(), *allowed.end()) {
            (least, usize::MAX) => format!("at least {least}"),
            (least, most) => format!("{least} to {most}"),
        };
        let problem = format!("has {} options, needs {number}", options.len());
        return Err(InvalidCanvas::new(path, problem));
    }
    let mut ids = Ids::default();
    for (index, option) in options.iter().enumerate() {
        let path = format!("{path}[{index}]");
        ids.add(&option.id, &path)?;
        check_text(&option.text, &path, "text")?;
    }
    match chosen
        .into_iter()
        .find(|id| !ids.0.contains_key(id.as_str()))
    {
        Some(id) => Err(InvalidCanvas::new(
            path,
            format!("has no option with the id `{id}`, which is the value of the field"),
        )),
        None => Ok(()),
    }
}

fn check_action(
    action: Option<&Action>,
    path: &str,
    surface: Surface,
) -> Result<(), InvalidCanvas> {
    let path = format!("{path}.action");
    match action {
        Some(Action::Sheet { .. }) if surface == Surface::Inbox => Err(InvalidCanvas::new(
            path,
            "sheets open in the Messenger, not in the Inbox",
        )),
        Some(Action::Sheet { url }) => check_https(&format!("{path}.url"), url),
        Some(Action::Url { url }) => check_text(url, &path, "url"),
        _ => Ok(()),
    }
}

fn check_https(path: &str, url: &str) -> Result<(), InvalidCanvas> {
    match url.parse::<http::Uri>() {
        Ok(uri) if uri.scheme_str() == Some("https") && uri.host().is_some() => Ok(()),
        _ => Err(InvalidCanvas::new(path, "is not an https URL")),
    }
}

fn check_size(path: &str, value: &impl serde::Serialize) -> Result<(), InvalidCanvas> {
    let length = serde_json::to_vec(value)
        .map_err(|error| InvalidCanvas::new(path, error.to_string()))?
        .len();
    if length > MAX_BYTES {
        let problem = format!("has {length} bytes as JSON; {MAX_BYTES} are the most");
        return Err(InvalidCanvas::new(path, problem));
    }
    Ok(())
}
