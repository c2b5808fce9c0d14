//! Types that Intercom sends.

/// Declares a type that Intercom sends. Every field is public and may be missing, unknown fields are
/// ignored, and adding a field later is not a breaking change.
macro_rules! response {
    (
        $(#[$meta:meta])*
        pub struct $Name:ident {
            $( $(#[$field_meta:meta])* pub $field:ident : $Type:ty ),* $(,)?
        }
    ) => {
        #[derive(Debug, Clone, Default, PartialEq, ::serde::Serialize, ::serde::Deserialize)]
        #[cfg_attr(feature = "schemars", derive(::schemars::JsonSchema))]
        $(#[$meta])*
        #[serde(remote = "Self")]
        #[non_exhaustive]
        #[allow(missing_docs, reason = "a field whose name says it all needs no comment")]
        pub struct $Name {
            $( #[serde(default)] $(#[$field_meta])* pub $field: $Type ),*
        }

        $crate::json::object::read_objects! { $Name }
        $crate::vocabulary::declare::strategy! { $Name [] [Self::default()] $($field: $Type),* }
    };
}

pub(crate) use response;
