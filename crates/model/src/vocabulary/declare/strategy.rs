//! Strategies for the types that the macros declare.

/// Declares a strategy that makes a value of its required fields and sets one field after the other.
/// Each step is boxed, so that the types stay small and large objects fit on the stack of a test.
macro_rules! strategy {
    ($Name:ident [$($required:ident: $Required:ty),*] [$make:expr] $($field:ident : $Type:ty),* $(,)?) => {
        #[cfg(feature = "proptest")]
        impl ::proptest::arbitrary::Arbitrary for $Name {
            type Parameters = ();
            type Strategy = ::proptest::strategy::BoxedStrategy<Self>;

            fn arbitrary_with((): ()) -> Self::Strategy {
                use ::proptest::strategy::{Just, Strategy};

                use $crate::vocabulary::strategies::{Field, Place};
                #[allow(unused_imports, reason = "for fields of types without a strategy of their own")]
                use $crate::vocabulary::strategies::Other as _;

                let required = (
                    Just(()),
                    $( Field::<$Required>::values(Place::new(stringify!($Name), stringify!($required))), )*
                );
                let strategy = required.prop_map(|((), $($required,)*)| Box::new($make)).boxed();
                $(
                    let place = Place::new(stringify!($Name), stringify!($field));
                    let strategy = (strategy, Field::<$Type>::values(place))
                        .prop_map(|(mut object, field)| {
                            object.$field = field;
                            object
                        })
                        .boxed();
                )*
                strategy.prop_map(|object: Box<Self>| *object).boxed()
            }
        }
    };
}

pub(crate) use strategy;
