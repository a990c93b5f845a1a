//! Server-sent events (WHATWG HTML §9.2).

use std::time::Duration;

use serde_json::{Map, Value};

/// A server-sent event.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Event<T> {
    /// What kind it is; `None` stands for `message`.
    pub event: Option<String>,
    /// The last id that the server gave, by this event or an earlier one: where to go on from.
    pub id: Option<String>,
    /// How long the server asks to wait before connecting again.
    pub retry: Option<Duration>,
    /// What it says.
    pub data: T,
}

impl<T> Event<T> {
    /// The same event with other data.
    pub(super) fn map<U, E>(self, change: impl FnOnce(T) -> Result<U, E>) -> Result<Event<U>, E> {
        Ok(Event {
            event: self.event,
            id: self.id,
            retry: self.retry,
            data: change(self.data)?,
        })
    }
}

impl Event<String> {
    /// The event as an object, which is how OpenAPI 3.2 §4.14.4 describes one.
    pub(super) fn into_object(self) -> Map<String, Value> {
        let millis = self.retry.map(|retry| retry.as_millis());
        let retry = millis.and_then(|millis| u64::try_from(millis).ok());
        let members = [
            ("event", self.event.map(Value::from)),
            ("id", self.id.map(Value::from)),
            ("retry", retry.map(Value::from)),
            ("data", Some(Value::from(self.data))),
        ];
        members
            .into_iter()
            .filter_map(|(name, value)| Some((name.to_owned(), value?)))
            .collect()
    }
}

/// The fields of the event that is being read.
#[derive(Debug, Default)]
pub(super) struct Pending {
    event: Option<String>,
    last_id: Option<String>,
    retry: Option<Duration>,
    data: Option<String>,
}

impl Pending {
    /// Takes in one line (§9.2.6); an empty one ends an event.
    pub(super) fn line(&mut self, line: &str) -> Option<Event<String>> {
        if line.is_empty() {
            let event = self.event.take();
            let retry = self.retry.take();
            return self.data.take().map(|data| Event {
                event,
                id: self.last_id.clone(),
                retry,
                data,
            });
        }
        let (name, value) = line.split_once(':').unwrap_or((line, ""));
        let value = value.strip_prefix(' ').unwrap_or(value);
        match name {
            "event" => self.event = (!value.is_empty()).then(|| value.to_owned()),
            "data" => match &mut self.data {
                Some(data) => {
                    data.push('\n');
                    data.push_str(value);
                }
                None => self.data = Some(value.to_owned()),
            },
            "id" if !value.contains('\0') => self.last_id = Some(value.to_owned()),
            "retry" if value.bytes().all(|byte| byte.is_ascii_digit()) => {
                self.retry = value.parse().ok().map(Duration::from_millis);
            }
            // A comment, or a field that there is not.
            _ => {}
        }
        None
    }
}
