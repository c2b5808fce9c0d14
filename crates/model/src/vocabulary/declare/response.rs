//! Types that Intercom sends.

/// Declares a type that Intercom sends. Every field is public and may be missing, unknown fields are
/// ignored, and adding a field later is not a breaking change.
///
/// `#[items(field)]` says that the type is a list, and which field has its items; `#[kinds("type")]`
/// says which values of `type` the object can have.
macro_rules! response {
    (
        $(#[$($meta:tt)*])*
        pub struct $Name:ident {
            $( $(#[$($field_meta:tt)*])* pub $field:ident : $Type:ty ),* $(,)?
        }
    ) => {
        $crate::json::object::object! {
            $(#[$($meta)*])*
            #[derive(Debug, Clone, Default, PartialEq)]
            #[cfg_attr(feature = "schemars", derive(::schemars::JsonSchema))]
            #[non_exhaustive]
            #[allow(missing_docs, reason = "a field whose name says it all needs no comment")]
            pub struct $Name {
                $( #[serde(default)] $(#[$($field_meta)*])* pub $field: $Type ),*
            }
        }

        $crate::vocabulary::declare::strategy! { $Name [] [Self::default()] $($field: $Type),* }
    };
}

pub(crate) use response;
