//! A document read by another program than the compiler.

use std::fmt;

use serde::de::{Deserialize, Deserializer, MapAccess, SeqAccess, Visitor};
use serde_json::{Map, Value};

/// The tree of a text; `None` if it is no YAML. Numbers beyond 64 bits, which limits of integers often are, are the
/// nearest that there is, and keys are texts.
pub(super) fn read(text: &str) -> Option<Value> {
    let Tree(tree) = serde_yaml::from_str(text).ok()?;
    Some(tree)
}

struct Tree(Value);

impl<'de> Deserialize<'de> for Tree {
    fn deserialize<D: Deserializer<'de>>(decoder: D) -> Result<Self, D::Error> {
        decoder.deserialize_any(Trees).map(Self)
    }
}

struct Trees;

impl<'de> Visitor<'de> for Trees {
    type Value = Value;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("anything")
    }

    fn visit_bool<E>(self, value: bool) -> Result<Value, E> {
        Ok(Value::from(value))
    }

    fn visit_i64<E>(self, value: i64) -> Result<Value, E> {
        Ok(Value::from(value))
    }

    fn visit_u64<E>(self, value: u64) -> Result<Value, E> {
        Ok(Value::from(value))
    }

    #[expect(clippy::cast_precision_loss, reason = "the nearest will do")]
    fn visit_i128<E>(self, value: i128) -> Result<Value, E> {
        Ok(Value::from(value as f64))
    }

    #[expect(clippy::cast_precision_loss, reason = "the nearest will do")]
    fn visit_u128<E>(self, value: u128) -> Result<Value, E> {
        Ok(Value::from(value as f64))
    }

    fn visit_f64<E>(self, value: f64) -> Result<Value, E> {
        Ok(Value::from(value))
    }

    fn visit_str<E>(self, value: &str) -> Result<Value, E> {
        Ok(Value::from(value))
    }

    fn visit_unit<E>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Value, A::Error> {
        let mut items = Vec::new();
        while let Some(Tree(item)) = list.next_element()? {
            items.push(item);
        }
        Ok(Value::Array(items))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut mapping: A) -> Result<Value, A::Error> {
        let mut entries = Map::new();
        while let Some((Tree(key), Tree(value))) = mapping.next_entry()? {
            let key = match key {
                Value::String(key) => key,
                key => key.to_string(),
            };
            entries.insert(key, value);
        }
        Ok(Value::Object(entries))
    }
}
