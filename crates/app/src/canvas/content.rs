//! Canvases.

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::component::Component;

/// What an app shows: components, or the URL that returns them each time the canvas is viewed.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "proptest", derive(proptest_derive::Arbitrary))]
#[serde(default)]
#[non_exhaustive]
pub struct Canvas {
    /// The components.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub content: Option<Content>,
    /// The URL of a live canvas, in place of `content`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub content_url: Option<String>,
    /// Data of the app's own, which comes back as part of the current canvas.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "proptest", proptest(value = "None"))]
    pub stored_data: Option<Map<String, Value>>,
}

/// The components of a canvas, from top to bottom.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "proptest", derive(proptest_derive::Arbitrary))]
#[serde(default)]
#[non_exhaustive]
pub struct Content {
    /// The components.
    #[cfg_attr(
        feature = "proptest",
        proptest(strategy = "super::component::few::<Component>(0..6)")
    )]
    pub components: Vec<Component>,
}

impl Canvas {
    /// Starts a canvas without components.
    #[must_use]
    pub fn new() -> Self {
        Self {
            content: Some(Content::default()),
            ..Self::default()
        }
    }

    /// Creates a live canvas: each time that it is viewed, this URL is sent a
    /// [`LiveCanvas`](super::LiveCanvas) request.
    #[must_use]
    pub fn live(content_url: impl Into<String>) -> Self {
        Self {
            content_url: Some(content_url.into()),
            ..Self::default()
        }
    }

    /// Adds a component.
    #[must_use]
    pub fn with(mut self, component: impl Into<Component>) -> Self {
        let content = self.content.get_or_insert_default();
        content.components.push(component.into());
        self
    }

    /// Stores data of the app's own under a name.
    #[must_use]
    pub fn stored(mut self, name: impl Into<String>, value: impl Into<Value>) -> Self {
        let data = self.stored_data.get_or_insert_default();
        data.insert(name.into(), value.into());
        self
    }

    /// Returns the components.
    #[must_use]
    pub fn components(&self) -> &[Component] {
        self.content.as_ref().map_or(&[], |it| &it.components)
    }
}

impl Content {
    /// Starts content without components.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a component.
    #[must_use]
    pub fn with(mut self, component: impl Into<Component>) -> Self {
        self.components.push(component.into());
        self
    }
}

impl FromIterator<Component> for Canvas {
    fn from_iter<I: IntoIterator<Item = Component>>(components: I) -> Self {
        Self {
            content: Some(Content {
                components: components.into_iter().collect(),
            }),
            ..Self::default()
        }
    }
}
