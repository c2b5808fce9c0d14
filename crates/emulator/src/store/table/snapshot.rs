//! Tables in snapshots: arrays of records, in the order of their ids.

use std::fmt;
use std::marker::PhantomData;

use serde::de::{SeqAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::{Record, Table};

impl<R: Record + Serialize> Serialize for Table<R> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.iter())
    }
}

impl<'de, R: Record + Deserialize<'de>> Deserialize<'de> for Table<R> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Rows<R>(PhantomData<R>);

        impl<'de, R: Record + Deserialize<'de>> Visitor<'de> for Rows<R> {
            type Value = Table<R>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an array of records")
            }

            fn visit_seq<A: SeqAccess<'de>>(self, mut rows: A) -> Result<Table<R>, A::Error> {
                let mut table = Table::default();
                while let Some(record) = rows.next_element()? {
                    table.insert(record);
                }
                Ok(table)
            }
        }

        deserializer.deserialize_seq(Rows(PhantomData))
    }
}
