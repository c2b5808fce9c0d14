//! Reading objects as objects, and noticing objects that are something else.
//!
//! Serde's derived code also accepts an array in place of a struct, and reads it field by field in
//! order. That means nothing here: an array in place of an object would silently become an object of
//! garbage. Only an empty array is accepted, as an object without fields, because that is how the
//! service writes some of them.

mod access;
mod declare;
mod deserializer;
pub(crate) mod problem;
#[cfg(test)]
mod tests;

pub(crate) use declare::{object, read_objects};
pub(crate) use deserializer::{MapOnly, ObjectOnly, map};

/// What is known of the objects of a type besides their fields.
pub(crate) trait Shape {
    /// The name of the type.
    const NAME: &'static str;
    /// The field with the items, if the object is a list.
    const ITEMS: Option<&'static str> = None;
    /// The values of `type` that the object can have, if only some are possible.
    const KINDS: &'static [&'static str] = &[];
}
