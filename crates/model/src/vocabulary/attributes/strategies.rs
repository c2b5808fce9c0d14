//! Strategies for custom attributes.

#![cfg(feature = "proptest")]

use proptest::prelude::*;

use super::{AttributeValue, CustomAttributes};
use crate::vocabulary::strategies::{is_any, words};

/// Decimals of two places, which every JSON library reads and writes alike.
fn decimal() -> impl Strategy<Value = AttributeValue> {
    (-1_000_000_i32..1_000_000).prop_map(|cents| AttributeValue::from(f64::from(cents) / 100.0))
}

impl Arbitrary for AttributeValue {
    type Parameters = ();
    type Strategy = BoxedStrategy<Self>;

    fn arbitrary_with((): ()) -> Self::Strategy {
        if !is_any() {
            return prop_oneof![
                3 => words(1..4).prop_map(Self::from),
                2 => (0..10_000_i64).prop_map(Self::from),
                1 => decimal(),
                1 => any::<bool>().prop_map(Self::from),
            ]
            .boxed();
        }
        let scalar = prop_oneof![
            Just(Self::Null),
            any::<bool>().prop_map(Self::from),
            any::<i64>().prop_map(Self::from),
            decimal(),
            "\\PC{0,12}".prop_map(Self::from),
        ];
        scalar
            .prop_recursive(2, 8, 3, |value| {
                prop_oneof![
                    proptest::collection::vec(value.clone(), 0..3).prop_map(Self::List),
                    proptest::collection::btree_map("[a-z_]{1,8}", value, 0..3)
                        .prop_map(Self::Object),
                ]
            })
            .boxed()
    }
}

impl Arbitrary for CustomAttributes {
    type Parameters = ();
    type Strategy = BoxedStrategy<Self>;

    fn arbitrary_with((): ()) -> Self::Strategy {
        let name = if is_any() {
            "[a-z_]{1,12}".boxed()
        } else {
            let names = [
                "plan",
                "seats",
                "trial",
                "industry",
                "score",
                "last_invoice",
            ];
            proptest::sample::select(names.to_vec())
                .prop_map(str::to_owned)
                .boxed()
        };
        proptest::collection::btree_map(name, any::<AttributeValue>(), 0..4)
            .prop_map(|attributes| attributes.into())
            .boxed()
    }
}
