//! Canvas Kit: apps inside the Messenger and the Inbox.
//!
//! A [`Receiver`] verifies requests and reads them as the types of their flows. The reply is a
//! [`CanvasResponse`], which is checked when it is made: a canvas that Intercom would not show is refused
//! with the place of the mistake.
//!
//! ```
//! use intercom_app::canvas::{Canvas, CanvasResponse, button, data_table, option, dropdown, text};
//!
//! let canvas = Canvas::new()
//!     .with(text("Order 4711").header())
//!     .with(data_table([("State", "shipped"), ("Carrier", "DHL")]))
//!     .with(dropdown("reason", option("late", "Late"), option("broken", "Broken")))
//!     .with(button("refund", "Refund").primary().submit());
//! let json = CanvasResponse::inbox(canvas)?.to_json();
//! # assert!(json.starts_with(br#"{"canvas":{"content":{"components":["#));
//!
//! let twice = Canvas::new()
//!     .with(button("refund", "Refund").submit())
//!     .with(button("refund", "Refund again").submit());
//! assert_eq!(
//!     CanvasResponse::inbox(twice).unwrap_err().to_string(),
//!     "content.components[1].id: `refund` is also the id of content.components[0]; ids are unique in a canvas"
//! );
//! # Ok::<(), intercom_app::canvas::InvalidCanvas>(())
//! ```
//!
//! Options are passed so that too few do not compile: a dropdown takes its first two as arguments. A
//! button is not a component until it has an action.

#[cfg(feature = "axum")]
mod axum;
mod button;
mod check;
mod choice;
mod component;
mod content;
mod display;
mod entry;
mod item;
mod receiver;
mod request;
mod response;
mod sheet;

pub use self::button::{Button, ButtonStyle, ButtonWithoutAction, button};
pub use self::check::{InvalidCanvas, Surface};
pub use self::choice::{
    Checkbox, Choice, Dropdown, SingleSelect, checkbox, dropdown, option, single_select,
};
pub use self::component::{Action, Component, UrlAction};
pub use self::content::{Canvas, Content};
pub use self::display::{
    Align, BottomMargin, DataTable, Divider, Image, ImageAlign, Spacer, SpacerSize, Text,
    TextStyle, data_table, divider, image, spacer, text,
};
pub use self::entry::{Input, SaveState, TextArea, input, text_area};
pub use self::item::{FieldValue, List, ListItem, item, list};
pub use self::receiver::{Receiver, sign};
pub use self::request::{
    CanvasContext, Configure, ContextLocation, Initialize, Inputs, LiveCanvas, OpenSheet, Submit,
    SubmitSheet,
};
pub use self::response::{CanvasResponse, LiveResponse};
pub use self::sheet::{SheetError, encrypt_user};
