//! Where one item ends and the next begins.

use bytes::{Buf, Bytes, BytesMut};

use super::event::{Event, Pending};

/// How items are parted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Framing {
    /// One on each line (JSON Lines, NDJSON).
    Lines,
    /// Each behind a record separator (RFC 7464).
    Sequence,
    /// Server-sent events.
    Events,
}

/// One item, not decoded.
#[derive(Debug)]
pub(super) enum Frame {
    Text(Bytes),
    Event(Event<String>),
}

/// Bytes that came and were not taken yet.
#[derive(Debug)]
pub(super) struct Frames {
    framing: Framing,
    buffer: BytesMut,
    event: Pending,
    is_started: bool,
}

impl Frames {
    pub(super) fn new(framing: Framing) -> Self {
        Self {
            framing,
            buffer: BytesMut::new(),
            event: Pending::default(),
            is_started: false,
        }
    }

    pub(super) fn push(&mut self, bytes: &[u8]) {
        self.buffer.extend_from_slice(bytes);
    }

    /// Drops what came and was not taken.
    pub(super) fn clear(&mut self) {
        self.buffer.clear();
    }

    /// Bytes that wait for the end of their item.
    pub(super) fn waiting(&self) -> usize {
        self.buffer.len()
    }

    /// The next whole item; what stands before the end of the stream is one too, but for an event, which only
    /// an empty line ends (WHATWG HTML §9.2.6).
    pub(super) fn next(&mut self, is_end: bool) -> Option<Frame> {
        self.skip_mark();
        match self.framing {
            Framing::Lines => self.text(b'\n', is_end),
            Framing::Sequence => self.text(0x1e, is_end),
            Framing::Events => loop {
                let line = self.line(is_end)?;
                let event = self.event.line(&String::from_utf8_lossy(&line));
                if let Some(event) = event {
                    return Some(Frame::Event(event));
                }
            },
        }
    }

    /// A byte order mark may stand at the start.
    fn skip_mark(&mut self) {
        if !self.is_started && self.buffer.len() >= 3 {
            self.is_started = true;
            if self.buffer.starts_with(b"\xef\xbb\xbf") {
                self.buffer.advance(3);
            }
        }
    }

    /// What stands before the next `end` and is not blank.
    fn text(&mut self, end: u8, is_end: bool) -> Option<Frame> {
        loop {
            let found = self.buffer.iter().position(|byte| *byte == end);
            let text = match found {
                Some(at) => {
                    let text = self.buffer.split_to(at).freeze();
                    self.buffer.advance(1);
                    text
                }
                None if is_end && !self.buffer.is_empty() => self.buffer.split().freeze(),
                None => return None,
            };
            if !text.iter().all(u8::is_ascii_whitespace) {
                return Some(Frame::Text(text));
            }
        }
    }

    /// A line that ends in LF, CR, or both.
    fn line(&mut self, is_end: bool) -> Option<Bytes> {
        let at = self
            .buffer
            .iter()
            .position(|byte| matches!(byte, b'\n' | b'\r'))?;
        let is_return = self.buffer[at] == b'\r';
        // The other half of the line's end may still come.
        if is_return && at + 1 == self.buffer.len() && !is_end {
            return None;
        }
        let line = self.buffer.split_to(at).freeze();
        let both = is_return && self.buffer.get(1) == Some(&b'\n');
        self.buffer.advance(if both { 2 } else { 1 });
        Some(line)
    }
}
