//! Making values of the model's types.

/// A value of a type that only its own crate can write as a literal.
macro_rules! object {
    ($Type:ident { $($field:ident: $value:expr),* $(,)? }) => {{
        let mut object = $Type::default();
        $( object.$field = $value; )*
        object
    }};
}

pub(crate) use object;
