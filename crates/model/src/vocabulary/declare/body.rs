//! Request bodies and their parts.

/// Declares the body of a request.
///
/// A field of type `Option` or `Patch` is omitted until it is set, either directly or with the setter
/// of its name. Every other field is required and becomes an argument of `new`. `extra` sends the
/// fields that this crate does not model, and receives them on the server side.
macro_rules! body {
    ( $(#[$($meta:tt)*])* pub struct $Name:ident { $($fields:tt)* } ) => {
        $crate::vocabulary::declare::body! { @sort [[pub] extra] [$(#[$($meta)*])*] $Name [] [] ; $($fields)* }
    };

    // Splits the fields into required and optional ones. A type that is a single word stays a word, so
    // that `setter!` can tell numbers from the rest.
    (@sort $extra:tt $meta:tt $Name:ident $required:tt [$($optional:tt)*] ;
        $(#[$($m:tt)*])* pub $field:ident : Option<$T:ident> $(, $($rest:tt)*)?) => {
        $crate::vocabulary::declare::body! { @sort $extra $meta $Name $required
            [$($optional)* { [$(#[$($m)*])*] $field [Option<$T>] [option $T] "Option::is_none" }] ; $($($rest)*)? }
    };
    (@sort $extra:tt $meta:tt $Name:ident $required:tt [$($optional:tt)*] ;
        $(#[$($m:tt)*])* pub $field:ident : Option<$T:ty> $(, $($rest:tt)*)?) => {
        $crate::vocabulary::declare::body! { @sort $extra $meta $Name $required
            [$($optional)* { [$(#[$($m)*])*] $field [Option<$T>] [option $T] "Option::is_none" }] ; $($($rest)*)? }
    };
    (@sort $extra:tt $meta:tt $Name:ident $required:tt [$($optional:tt)*] ;
        $(#[$($m:tt)*])* pub $field:ident : Patch<$T:ty> $(, $($rest:tt)*)?) => {
        $crate::vocabulary::declare::body! { @sort $extra $meta $Name $required
            [$($optional)* { [$(#[$($m)*])*] $field [Patch<$T>] [patch $T] "Patch::is_keep" }] ; $($($rest)*)? }
    };
    (@sort $extra:tt $meta:tt $Name:ident [$($required:tt)*] $optional:tt ;
        $(#[$($m:tt)*])* pub $field:ident : $T:ty $(, $($rest:tt)*)?) => {
        $crate::vocabulary::declare::body! { @sort $extra $meta $Name
            [$($required)* { [$(#[$($m)*])*] $field [$T] }] $optional ; $($($rest)*)? }
    };

    (@sort [[$($vis:tt)?] $($extra:ident)?] [$($meta:tt)*] $Name:ident
        [$({ [$($required_meta:tt)*] $required:ident [$R:ty] })*]
        [$({ [$($optional_meta:tt)*] $optional:ident [$O:ty] [$($argument:tt)*] $skip:literal })*] ; ) => {
        $crate::vocabulary::declare::body! { @default $Name [$($vis)?] [$($required)*] }

        $crate::json::object::object! {
            $($meta)*
            #[derive(Debug, Clone, PartialEq)]
            #[cfg_attr(feature = "schemars", derive(::schemars::JsonSchema))]
            #[non_exhaustive]
            #[allow(missing_docs, reason = "a field whose name says it all needs no comment")]
            pub struct $Name {
                $( $($required_meta)* pub $required: $R, )*
                $( #[serde(default, skip_serializing_if = $skip)] $($optional_meta)* pub $optional: $O, )*
                $(
                    /// Fields that this crate does not model, sent beside the others.
                    #[serde(flatten)]
                    pub $extra: $crate::Extra,
                )?
            }
        }

        $crate::vocabulary::declare::strategy! {
            $Name [$($required: $R),*] [Self {
                $($required,)*
                $($optional: Default::default(),)*
                $($extra: $crate::Extra::default(),)?
            }]
            $($optional: $O,)* $($extra: $crate::Extra)?
        }

        impl $Name {
            /// Creates a value from its required fields. Every other field is omitted until it is set.
            #[must_use]
            $($vis)? fn new($($required: impl Into<$R>),*) -> Self {
                Self {
                    $($required: $required.into(),)*
                    $($optional: Default::default(),)*
                    $($extra: $crate::Extra::default(),)?
                }
            }

            $( $crate::vocabulary::declare::setter! { [] [$($optional_meta)*] $optional $($argument)* } )*

            $(
                /// Sends a field that this crate does not model.
                #[must_use]
                pub fn $extra(mut self, name: impl Into<String>, value: impl Into<::serde_json::Value>) -> Self {
                    self.$extra.insert(name, value);
                    self
                }
            )?
        }
    };

    // A body without required fields has a default: nothing is set.
    (@default $Name:ident [pub] []) => {
        impl Default for $Name {
            fn default() -> Self {
                Self::new()
            }
        }
    };
    (@default $Name:ident [$($vis:tt)?] [$($required:ident)*]) => {};
}

/// Declares a part of a request body, or an object that is sent in both directions: like [`body`], but
/// without `extra`.
macro_rules! part {
    ( $(#[$($meta:tt)*])* pub struct $Name:ident { $($fields:tt)* } ) => {
        $crate::vocabulary::declare::body! { @sort [[pub]] [$(#[$($meta)*])*] $Name [] [] ; $($fields)* }
    };
}

/// Declares a request body whose fields depend on each other: like [`body`], but `new` is private, and
/// the public constructors are written by hand.
macro_rules! made_body {
    ( $(#[$($meta:tt)*])* pub struct $Name:ident { $($fields:tt)* } ) => {
        $crate::vocabulary::declare::body! { @sort [[] extra] [$(#[$($meta)*])*] $Name [] [] ; $($fields)* }
    };
}

pub(crate) use {body, made_body, part};
