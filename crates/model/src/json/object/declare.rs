//! The macros that give a struct its `Deserialize`.

/// Declares a struct that is read from objects only. The struct has the attributes that it is written
/// with, and derives `Serialize`.
///
/// These attributes are the macro's own:
///
/// - `#[items(field)]`: the object is a list, and this field has its items;
/// - `#[kinds("type", ..)]`: the values of `type` that the object can have;
/// - `#[read_by(function)]`: the function reads the object, and is given what reads its fields.
macro_rules! object {
    (
        $(#[$($meta:tt)*])*
        pub struct $Name:ident $(<$T:ident>)? {
            $( $(#[$($field_meta:tt)*])* pub $field:ident : $Type:ty ),* $(,)?
        }
    ) => {
        $crate::json::object::object! { @shape [] [] [$(#[$($meta)*])*] $Name [$($T)?] {
            $( { [$(#[$($field_meta)*])*] $field: $Type } )*
        } }
    };

    // Takes out the attributes that are the macro's own.
    (@shape [$($shape:tt)*] $kept:tt [#[items($items:ident)] $($meta:tt)*] $($struct:tt)*) => {
        $crate::json::object::object! {
            @shape [$($shape)* const ITEMS: Option<&'static str> = Some(stringify!($items));] $kept [$($meta)*] $($struct)*
        }
    };
    (@shape [$($shape:tt)*] $kept:tt [#[kinds($($kind:literal),*)] $($meta:tt)*] $($struct:tt)*) => {
        $crate::json::object::object! {
            @shape [$($shape)* const KINDS: &'static [&'static str] = &[$($kind),*];] $kept [$($meta)*] $($struct)*
        }
    };
    (@shape $shape:tt [$($kept:tt)*] [#[read_by($read:path)] $($meta:tt)*] $Name:ident [] $fields:tt) => {
        $crate::json::object::object! { @struct $shape [$($kept)* $($meta)*] $Name [] [by $read] $fields }
    };
    (@shape $shape:tt [$($kept:tt)*] [#[$($other:tt)*] $($meta:tt)*] $($struct:tt)*) => {
        $crate::json::object::object! { @shape $shape [$($kept)* #[$($other)*]] [$($meta)*] $($struct)* }
    };
    (@shape $shape:tt $kept:tt [] $Name:ident $T:tt $fields:tt) => {
        $crate::json::object::object! { @struct $shape $kept $Name $T $T $fields }
    };
    (@struct $shape:tt [$($meta:tt)*] $Name:ident [$($T:ident)?] $reader:tt {
        $( { [$($field_meta:tt)*] $field:ident: $Type:ty } )*
    }) => {
        #[derive(::serde::Serialize)]
        $($meta)*
        pub struct $Name $(<$T>)? {
            $( $($field_meta)* pub $field: $Type, )*
        }

        $crate::json::object::read_objects! { $Name $reader $shape [$($meta)*] {
            $( $($field_meta)* $field: $Type, )*
        } }
    };
}

/// Implements `Deserialize` for a struct so that it is read from objects only.
///
/// The struct is repeated with its attributes as a private one. Serde derives the code that reads the
/// fields for that: for the struct itself, the code would be a public method.
macro_rules! read_objects {
    ($Name:ident $T:tt $shape:tt $meta:tt $fields:tt) => {
        $crate::json::object::read_objects! { @attributes [] $meta $Name $T $shape $fields }
    };

    // Keeps the attributes of serde.
    (@attributes [$($kept:tt)*] [#[serde($($serde:tt)*)] $($meta:tt)*] $($struct:tt)*) => {
        $crate::json::object::read_objects! { @attributes [$($kept)* #[serde($($serde)*)]] [$($meta)*] $($struct)* }
    };
    (@attributes $kept:tt [#[$($other:tt)*] $($meta:tt)*] $($struct:tt)*) => {
        $crate::json::object::read_objects! { @attributes $kept [$($meta)*] $($struct)* }
    };

    (@attributes [$($serde:tt)*] [] $Name:ident [by $read:path] [$($shape:tt)*] { $($fields:tt)* }) => {
        impl $crate::json::object::Shape for $Name {
            const NAME: &'static str = stringify!($Name);
            $($shape)*
        }

        const _: () = {
            type Target = $Name;

            #[derive(::serde::Deserialize)]
            $($serde)*
            #[serde(remote = "Target")]
            #[allow(dead_code, reason = "the fields of the struct itself are read")]
            struct Fields { $($fields)* }

            impl<'de> ::serde::Deserialize<'de> for $Name {
                fn deserialize<D: ::serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                    $read(
                        $crate::json::object::ObjectOnly::<D, $Name>::new(deserializer),
                        |fields| Fields::deserialize(fields),
                    )
                }
            }
        };
    };
    (@attributes [$($serde:tt)*] [] $Name:ident [$($T:ident)?] [$($shape:tt)*] { $($fields:tt)* }) => {
        impl $(<$T>)? $crate::json::object::Shape for $Name $(<$T>)? {
            const NAME: &'static str = stringify!($Name);
            $($shape)*
        }

        const _: () = {
            type Target $(<$T>)? = $Name $(<$T>)?;

            #[derive(::serde::Deserialize)]
            $($serde)*
            #[serde(remote = "Target")]
            #[allow(dead_code, reason = "the fields of the struct itself are read")]
            struct Fields $(<$T>)? { $($fields)* }

            impl<'de $(, $T: ::serde::Deserialize<'de>)?> ::serde::Deserialize<'de> for $Name $(<$T>)? {
                fn deserialize<D: ::serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                    Fields $(::<$T>)? ::deserialize(
                        $crate::json::object::ObjectOnly::<D, $Name $(<$T>)?>::new(deserializer)
                    )
                }
            }
        };
    };
}

pub(crate) use {object, read_objects};
