//! Items of a stream, decoded one by one.

use std::fmt;
use std::pin::Pin;
use std::task::{Context, Poll};

use bytes::Bytes;
use futures_core::Stream;
use serde::de::DeserializeOwned;
use serde_json::Value;

use super::bytes::too_large;
use super::frames::{Frame, Frames, Framing};
use super::{ByteStream, Event};
use crate::error::{Decode, Mismatch};
use crate::{Error, Parts, json};

/// The items of a body, decoded as they come.
///
/// An item that cannot be decoded is an error in its place, and the next one follows; an error of the
/// connection is the last one.
pub struct Items<T> {
    bytes: ByteStream,
    frames: Frames,
    decode: fn(Frame) -> Decoded<T>,
    parts: Parts,
    is_done: bool,
}

/// What became of one item.
pub(super) enum Decoded<T> {
    Item(T),
    /// What is wrong, and the text of the item.
    Mismatch(Box<Mismatch>, Bytes),
    /// The stream is over, though bytes may follow.
    End,
}

/// By custom the data of the last event, where the others are JSON.
const DONE: &str = "[DONE]";

impl<T> Items<T> {
    fn new(
        parts: Parts,
        bytes: ByteStream,
        framing: Framing,
        decode: fn(Frame) -> Decoded<T>,
    ) -> Self {
        Self {
            bytes,
            frames: Frames::new(framing),
            decode,
            parts,
            is_done: false,
        }
    }

    /// The next item; `None` at the end.
    ///
    /// # Errors
    ///
    /// Those of [`ByteStream::next`]; [`Error::Decode`] for an item that is not what the document says, and
    /// [`Error::TooLarge`] for one larger than the client reads.
    pub async fn next(&mut self) -> Option<Result<T, Error>> {
        std::future::poll_fn(|context| Pin::new(&mut *self).poll_next(context)).await
    }

    /// The next item, waited for on this thread.
    ///
    /// # Errors
    ///
    /// As for [`Items::next`]; [`Error::Refused`] inside an asynchronous task.
    #[cfg(feature = "blocking")]
    pub fn next_blocking(&mut self) -> Option<Result<T, Error>> {
        crate::blocking::wait(self.next()).unwrap_or_else(|refusal| Some(Err(refusal.into())))
    }

    fn finish(&mut self) {
        self.is_done = true;
        self.frames.clear();
    }

    fn take(&mut self, frame: Frame) -> Option<Result<T, Error>> {
        match (self.decode)(frame) {
            Decoded::Item(item) => Some(Ok(item)),
            Decoded::Mismatch(what, text) => {
                let parts = Parts::new(self.parts.status(), self.parts.headers().clone(), text);
                Some(Err(Error::Decode(Box::new(Decode::new(parts, what)))))
            }
            Decoded::End => None,
        }
    }
}

impl<T: DeserializeOwned> Items<T> {
    /// JSON on each line.
    pub(crate) fn lines(parts: Parts, bytes: ByteStream) -> Self {
        Self::new(parts, bytes, Framing::Lines, item)
    }

    /// JSON text sequences (RFC 7464).
    pub(crate) fn sequence(parts: Parts, bytes: ByteStream) -> Self {
        Self::new(parts, bytes, Framing::Sequence, item)
    }

    /// Events that are described as a whole (3.2 §4.14.4).
    pub(crate) fn whole_events(parts: Parts, bytes: ByteStream) -> Self {
        Self::new(parts, bytes, Framing::Events, whole_event)
    }
}

impl<T: DeserializeOwned> Items<Event<T>> {
    /// Events whose data is JSON.
    pub(crate) fn events(parts: Parts, bytes: ByteStream) -> Self {
        Self::new(parts, bytes, Framing::Events, |frame| match frame {
            Frame::Event(event) if event.data.trim() == DONE => Decoded::End,
            Frame::Event(event) => {
                let text = event.data.clone();
                match event.map(|data| json::read(data.as_bytes())) {
                    Ok(event) => Decoded::Item(event),
                    Err(what) => Decoded::Mismatch(what, text.into()),
                }
            }
            Frame::Text(text) => mismatch("no event", text),
        })
    }
}

impl Items<Event<String>> {
    /// Events whose data is text.
    pub(crate) fn event_texts(parts: Parts, bytes: ByteStream) -> Self {
        Self::new(parts, bytes, Framing::Events, |frame| match frame {
            Frame::Event(event) => Decoded::Item(event),
            Frame::Text(text) => mismatch("no event", text),
        })
    }
}

fn mismatch<T>(what: &str, text: Bytes) -> Decoded<T> {
    Decoded::Mismatch(Box::new(what.into()), text)
}

fn item<T: DeserializeOwned>(frame: Frame) -> Decoded<T> {
    match frame {
        Frame::Text(text) => match json::read(&text) {
            Ok(item) => Decoded::Item(item),
            Err(what) => Decoded::Mismatch(what, text),
        },
        Frame::Event(event) => mismatch("an event", event.data.into()),
    }
}

/// `data` is a string, or what the string holds as JSON where the document describes that.
fn whole_event<T: DeserializeOwned>(frame: Frame) -> Decoded<T> {
    let event = match frame {
        Frame::Event(event) if event.data.trim() == DONE => return Decoded::End,
        Frame::Event(event) => event,
        Frame::Text(text) => return mismatch("no event", text),
    };
    let text = Bytes::from(event.data.clone());
    let mut object = event.into_object();
    if let Ok(item) = serde_json::from_value(Value::Object(object.clone())) {
        return Decoded::Item(item);
    }
    if let Ok(data) = serde_json::from_slice(&text) {
        object.insert("data".to_owned(), data);
    }
    let whole = Value::Object(object).to_string();
    match json::read(whole.as_bytes()) {
        Ok(item) => Decoded::Item(item),
        Err(what) => Decoded::Mismatch(what, text),
    }
}

impl<T> Stream for Items<T> {
    type Item = Result<T, Error>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        loop {
            let is_done = self.is_done;
            if let Some(frame) = self.frames.next(is_done) {
                let item = self.take(frame);
                if item.is_none() {
                    self.finish();
                }
                return Poll::Ready(item);
            }
            if self.is_done {
                return Poll::Ready(None);
            }
            if self.frames.waiting() > self.bytes.limit {
                self.finish();
                return Poll::Ready(Some(Err(too_large(self.bytes.limit))));
            }
            match Pin::new(&mut self.bytes).poll_next(context) {
                Poll::Ready(Some(Ok(bytes))) => self.frames.push(&bytes),
                Poll::Ready(Some(Err(error))) => {
                    self.finish();
                    return Poll::Ready(Some(Err(error)));
                }
                Poll::Ready(None) => self.is_done = true,
                Poll::Pending => return Poll::Pending,
            }
        }
    }
}

impl<T> fmt::Debug for Items<T> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("Items").finish_non_exhaustive()
    }
}
