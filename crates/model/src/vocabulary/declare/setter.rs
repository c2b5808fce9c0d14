//! Setters.

/// Declares the setter of an optional field. Its documentation is that of the field.
///
/// A count is taken as it is, so that an integer literal has its type; everything else is taken by
/// `Into`.
macro_rules! setter {
    // Keeps the attributes that are documentation.
    ([$($doc:tt)*] [#[doc = $($text:tt)*] $($attributes:tt)*] $($setter:tt)*) => {
        $crate::vocabulary::declare::setter! { [$($doc)* #[doc = $($text)*]] [$($attributes)*] $($setter)* }
    };
    ($doc:tt [#[$($other:tt)*] $($attributes:tt)*] $($setter:tt)*) => {
        $crate::vocabulary::declare::setter! { $doc [$($attributes)*] $($setter)* }
    };
    ([] [] $field:ident $($argument:tt)*) => {
        $crate::vocabulary::declare::setter! {
            [#[doc = concat!("Sets `", stringify!($field), "`.")]] [] $field $($argument)*
        }
    };

    ($doc:tt [] $field:ident option u32) => {
        $crate::vocabulary::declare::setter! { @write $doc $field [u32] [Some($field)] }
    };
    ($doc:tt [] $field:ident option u64) => {
        $crate::vocabulary::declare::setter! { @write $doc $field [u64] [Some($field)] }
    };
    ($doc:tt [] $field:ident option $T:ty) => {
        $crate::vocabulary::declare::setter! { @write $doc $field [impl Into<$T>] [Some($field.into())] }
    };
    ($doc:tt [] $field:ident patch $T:ty) => {
        $crate::vocabulary::declare::setter! { @write $doc $field [impl Into<Patch<$T>>] [$field.into()] }
    };

    (@write [$($doc:tt)*] $field:ident [$($Argument:tt)*] [$value:expr]) => {
        $($doc)*
        #[must_use]
        #[allow(clippy::should_implement_trait, reason = "it is named after the field")]
        pub fn $field(mut self, $field: $($Argument)*) -> Self {
            self.$field = $value;
            self
        }
    };
}

pub(crate) use setter;
