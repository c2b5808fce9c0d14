//! What an update does to a field.

use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// What an update does to a field: keep it, clear it, or set it.
///
/// | value | sends | Intercom |
/// | --- | --- | --- |
/// | [`Patch::Keep`], the default | nothing | keeps the value |
/// | [`Patch::Clear`] | `null` | removes the value |
/// | [`Patch::Set`]`(value)`, or the plain `value` | the value | replaces the value |
/// | [`Patch::set_or_keep`]`(option)` | the value, or nothing if `None` | replaces or keeps |
/// | [`Patch::set_or_clear`]`(option)` | the value, or `null` if `None` | replaces or removes |
///
/// ```
/// use intercom_model::Patch;
/// use intercom_model::contacts::ContactUpdate;
///
/// let phone: Option<&str> = None;
/// let update = ContactUpdate::new()
///     .name("Ada Lovelace")
///     .owner_id(Patch::Clear)
///     .phone(Patch::set_or_keep(phone));
/// assert_eq!(serde_json::to_string(&update)?, r#"{"name":"Ada Lovelace","owner_id":null}"#);
/// # Ok::<(), serde_json::Error>(())
/// ```
///
/// An `Option` does not convert into a `Patch` by itself, because an empty cell of a spreadsheet must
/// not delete data:
///
/// ```compile_fail,E0277
/// use intercom_model::contacts::ContactUpdate;
///
/// let phone: Option<String> = None;
/// let update = ContactUpdate::new().phone(phone);
/// ```
///
/// Deserializing reads `null` as `Clear` and a missing field as `Keep`.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "proptest", derive(proptest_derive::Arbitrary))]
pub enum Patch<T> {
    /// Leaves the field as it is.
    #[default]
    Keep,
    /// Removes the value.
    Clear,
    /// Replaces the value.
    Set(T),
}

impl<T> Patch<T> {
    /// Sets the value of the option, or keeps the field if it is `None`.
    pub fn set_or_keep(value: Option<impl Into<T>>) -> Self {
        value.map_or(Self::Keep, |value| Self::Set(value.into()))
    }

    /// Sets the value of the option, or clears the field if it is `None`.
    pub fn set_or_clear(value: Option<impl Into<T>>) -> Self {
        value.map_or(Self::Clear, |value| Self::Set(value.into()))
    }

    /// Returns `true` if the field is omitted from the request.
    pub const fn is_keep(&self) -> bool {
        matches!(self, Self::Keep)
    }

    /// Returns the new value, if one is set.
    pub const fn value(&self) -> Option<&T> {
        match self {
            Self::Set(value) => Some(value),
            Self::Keep | Self::Clear => None,
        }
    }

    /// Applies the patch to a field.
    pub fn apply(self, field: &mut Option<T>) {
        match self {
            Self::Keep => {}
            Self::Clear => *field = None,
            Self::Set(value) => *field = Some(value),
        }
    }
}

impl<T> From<T> for Patch<T> {
    fn from(value: T) -> Self {
        Self::Set(value)
    }
}

impl<T: From<U>, U, const N: usize> From<[U; N]> for Patch<Vec<T>> {
    fn from(values: [U; N]) -> Self {
        Self::Set(values.into_iter().map(T::from).collect())
    }
}

impl From<&str> for Patch<String> {
    fn from(value: &str) -> Self {
        Self::Set(value.to_owned())
    }
}

impl From<&String> for Patch<String> {
    fn from(value: &String) -> Self {
        Self::Set(value.clone())
    }
}

impl<T: Serialize> Serialize for Patch<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Set(value) => serializer.serialize_some(value),
            Self::Keep | Self::Clear => serializer.serialize_none(),
        }
    }
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Patch<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Option::deserialize(deserializer).map(|value| value.map_or(Self::Clear, Self::Set))
    }
}

#[cfg(feature = "schemars")]
impl<T: schemars::JsonSchema> schemars::JsonSchema for Patch<T> {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> std::borrow::Cow<'static, str> {
        Option::<T>::schema_name()
    }

    fn json_schema(generator: &mut schemars::SchemaGenerator) -> schemars::Schema {
        Option::<T>::json_schema(generator)
    }
}
