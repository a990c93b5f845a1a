//! JSON text to a tree.
//!
//! Decoding straight into [`serde_json::Value`] would keep the last of two duplicate keys and refuse
//! integers beyond 64 bits; real documents have both. So the tree has a visitor of its own.

use std::fmt;

use serde::de::{DeserializeSeed, Error, MapAccess, SeqAccess, Visitor};
use serde_json::Value;

use super::scalar::real;
use super::tree::{Entries, Fault, Node, Step, Told, list};

/// Reads a text to its end.
pub(super) fn read(text: &str, fault: &Fault) -> Result<Value, serde_json::Error> {
    let mut json = serde_json::Deserializer::from_str(text);
    let tree = fault.root().deserialize(&mut json)?;
    json.end().map(|()| tree)
}

/// `Fault` has the message and the place.
fn told<E: Error>(Told: Told) -> E {
    E::custom("told elsewhere")
}

impl<'de> DeserializeSeed<'de> for Node<'_> {
    type Value = Value;

    fn deserialize<D: serde::Deserializer<'de>>(self, decoder: D) -> Result<Value, D::Error> {
        // The decoder counts levels itself.
        self.within(|size| size.count(0)).map_err(told)?;
        decoder.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Node<'_> {
    type Value = Value;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a mapping, a sequence or a scalar")
    }

    fn visit_bool<E>(self, value: bool) -> Result<Value, E> {
        Ok(Value::Bool(value))
    }

    fn visit_i64<E>(self, value: i64) -> Result<Value, E> {
        Ok(Value::Number(value.into()))
    }

    fn visit_u64<E>(self, value: u64) -> Result<Value, E> {
        Ok(Value::Number(value.into()))
    }

    fn visit_f64<E>(self, value: f64) -> Result<Value, E> {
        Ok(real(value))
    }

    fn visit_str<E: Error>(self, value: &str) -> Result<Value, E> {
        self.within(|size| size.read(value)).map_err(told)?;
        Ok(Value::String(value.to_owned()))
    }

    fn visit_unit<E>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut sequence: A) -> Result<Value, A::Error> {
        let mut items = Vec::new();
        while let Some(item) = sequence.next_element_seed(self.child(Step::Index(items.len())))? {
            items.push(item);
        }
        Ok(list(items))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut mapping: A) -> Result<Value, A::Error> {
        let mut entries = Entries::default();
        while let Some(key) = mapping.next_key::<String>()? {
            self.within(|size| size.read(&key)).map_err(told)?;
            let value = mapping.next_value_seed(self.child(Step::Key(&key)))?;
            entries.put(key, value);
        }
        entries.finish(&self).map_err(told)
    }
}
