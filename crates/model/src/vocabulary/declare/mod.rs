//! The macros that turn a plain struct into a model type.
//!
//! They are applied as attributes (`#[apply(response)]`), so that the structs stay plain Rust for
//! rustfmt, rustdoc and editors.

/// A type that Intercom sends: every field is public and may be missing, unknown fields are
/// skipped, and a field added later breaks nobody.
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
        $crate::vocabulary::declare::strategy! { $Name [()] [|()| Self::default()] $($field: $Type),* }
    };
}

/// The body of a request. A field of type `Option` or `Patch` is left out until it is set, by the
/// field or by the setter of its name; any other field is required and an argument of `new`.
/// `extra` sends (and, on the server's side, receives) the fields that are not modelled.
macro_rules! body {
    ( $(#[$meta:meta])* pub struct $Name:ident { $($fields:tt)* } ) => {
        $crate::vocabulary::declare::body! { @sort [[pub] extra] [$(#[$meta])*] $Name [] [] ; $($fields)* }
    };

    (@sort $extra:tt $meta:tt $Name:ident $required:tt [$($optional:tt)*] ;
        $(#[$m:meta])* pub $field:ident : Option<$T:ty> $(, $($rest:tt)*)?) => {
        $crate::vocabulary::declare::body! { @sort $extra $meta $Name $required
            [$($optional)* { [$(#[$m])*] $field [Option<$T>] [$T] "Option::is_none" }] ; $($($rest)*)? }
    };
    (@sort $extra:tt $meta:tt $Name:ident $required:tt [$($optional:tt)*] ;
        $(#[$m:meta])* pub $field:ident : Patch<$T:ty> $(, $($rest:tt)*)?) => {
        $crate::vocabulary::declare::body! { @sort $extra $meta $Name $required
            [$($optional)* { [$(#[$m])*] $field [Patch<$T>] [Patch<$T>] "Patch::is_keep" }] ; $($($rest)*)? }
    };
    (@sort $extra:tt $meta:tt $Name:ident [$($required:tt)*] $optional:tt ;
        $(#[$m:meta])* pub $field:ident : $T:ty $(, $($rest:tt)*)?) => {
        $crate::vocabulary::declare::body! { @sort $extra $meta $Name
            [$($required)* { [$(#[$m])*] $field [$T] }] $optional ; $($($rest)*)? }
    };

    (@sort [[$($vis:tt)?] $($extra:ident)?] [$(#[$meta:meta])*] $Name:ident
        [$({ [$(#[$required_meta:meta])*] $required:ident [$R:ty] })*]
        [$({ [$(#[$optional_meta:meta])*] $optional:ident [$O:ty] [$Arg:ty] $skip:literal })*] ; ) => {
        $crate::vocabulary::declare::body! { @default $Name [$($vis)?] [$($required)*] }

        #[derive(Debug, Clone, PartialEq, ::serde::Serialize, ::serde::Deserialize)]
        #[cfg_attr(feature = "schemars", derive(::schemars::JsonSchema))]
        $(#[$meta])*
        #[serde(remote = "Self")]
        #[non_exhaustive]
        #[allow(missing_docs, reason = "a field whose name says it all needs no comment")]
        pub struct $Name {
            $( $(#[$required_meta])* pub $required: $R, )*
            $( #[serde(default, skip_serializing_if = $skip)] $(#[$optional_meta])* pub $optional: $O, )*
            $(
                /// Fields that this crate does not model, sent beside the others.
                #[serde(flatten)]
                pub $extra: $crate::Extra,
            )?
        }

        $crate::json::object::read_objects! { $Name }
        $crate::vocabulary::declare::strategy! {
            $Name [($($R,)*)] [|($($required,)*)| Self {
                $($required,)*
                $($optional: Default::default(),)*
                $($extra: $crate::Extra::default(),)?
            }]
            $($optional: $O,)* $($extra: $crate::Extra)?
        }

        impl $Name {
            /// The body with its required fields. Every other field is left out until it is set.
            #[must_use]
            $($vis)? fn new($($required: impl Into<$R>),*) -> Self {
                Self {
                    $($required: $required.into(),)*
                    $($optional: Default::default(),)*
                    $($extra: $crate::Extra::default(),)?
                }
            }

            $(
                #[doc = concat!("Sets `", stringify!($optional), "`.")]
                #[must_use]
                #[allow(clippy::should_implement_trait, reason = "it is named after the field")]
                pub fn $optional(mut self, $optional: impl Into<$Arg>) -> Self {
                    let value: $Arg = $optional.into();
                    self.$optional = value.into();
                    self
                }
            )*

            $(
                /// Sends a field that this crate does not model, under this name.
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

/// A strategy that makes a value of its required fields, and sets one field after the other. Each
/// step is boxed, so that the types stay small and large objects fit on the stack of a test.
macro_rules! strategy {
    ($Name:ident [$Required:ty] [$make:expr] $($field:ident : $Type:ty),* $(,)?) => {
        #[cfg(feature = "proptest")]
        impl ::proptest::arbitrary::Arbitrary for $Name {
            type Parameters = ();
            type Strategy = ::proptest::strategy::BoxedStrategy<Self>;

            fn arbitrary_with((): ()) -> Self::Strategy {
                use ::proptest::arbitrary::any;
                use ::proptest::strategy::Strategy;

                #[allow(unused_imports, reason = "for fields that are no lists")]
                use $crate::vocabulary::strategies::Other as _;

                let make: fn($Required) -> Self = $make;
                let strategy = any::<$Required>().prop_map(move |required| Box::new(make(required))).boxed();
                $(
                    let strategy = (strategy, $crate::vocabulary::strategies::Field::<$Type>::any())
                        .prop_map(|(mut object, field)| {
                            object.$field = field;
                            object
                        })
                        .boxed();
                )*
                strategy.prop_map(|object| *object).boxed()
            }
        }
    };
}

/// A part of a request's body, or what is sent in both directions: as [`body`], without `extra`.
macro_rules! part {
    ( $(#[$meta:meta])* pub struct $Name:ident { $($fields:tt)* } ) => {
        $crate::vocabulary::declare::body! { @sort [[pub]] [$(#[$meta])*] $Name [] [] ; $($fields)* }
    };
}

/// The body of a request whose fields depend on each other: as [`body`], but `new` is private, and what
/// makes it is written by hand.
macro_rules! made_body {
    ( $(#[$meta:meta])* pub struct $Name:ident { $($fields:tt)* } ) => {
        $crate::vocabulary::declare::body! { @sort [[] extra] [$(#[$meta])*] $Name [] [] ; $($fields)* }
    };
}

/// Gives an enum of requests, which is written with a tag, its `Deserialize`: by the tag, and as
/// `Other` where the tag is none of these. What is wrong with a body whose tag is known is told of that
/// body. `else` names the tag of those that come without one.
macro_rules! read_tagged {
    ($Name:ident by $tag:literal $(else $default:literal)? {
        $( $($text:literal)|+ => $Variant:ident $(by $read:path)? ),* $(,)?
    }) => {
        impl<'de> ::serde::Deserialize<'de> for $Name {
            fn deserialize<D: ::serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                use ::serde::de::Error;
                use ::serde_json::{Map, Value};

                let mut fields = Map::deserialize(deserializer)?;
                let tag = match fields.remove($tag) {
                    Some(Value::String(tag)) => tag,
                    $( None => $default.to_owned(), )?
                    #[allow(unreachable_patterns, reason = "only some have a default")]
                    None => return Err(D::Error::missing_field($tag)),
                    Some(_) => return Err(D::Error::custom(concat!("`", $tag, "` must be a text"))),
                };
                match tag.as_str() {
                    $( $($text)|+ => {
                        $crate::vocabulary::declare::read_tagged!(@read $($read)?)(Value::Object(fields)).map(Self::$Variant)
                    } )*
                    _ => {
                        fields.insert($tag.to_owned(), Value::String(tag));
                        ::serde_json::from_value(Value::Object(fields)).map(Self::Other)
                    }
                }
                .map_err(D::Error::custom)
            }
        }
    };

    (@read) => { ::serde_json::from_value };
    (@read $read:path) => { $read };
}

pub(crate) use {body, made_body, part, read_tagged, response, strategy};
