//! What a request, or one of its parts, holds: bytes, or a stream of them.

use std::fmt;
use std::io;
use std::pin::Pin;
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Context, Poll};

use bytes::Bytes;
use futures_core::Stream;
use tokio::io::{AsyncRead, ReadBuf};

use super::EncodeError;

/// Bytes that come one piece after the other.
pub(crate) type Pieces = Pin<Box<dyn Stream<Item = io::Result<Bytes>> + Send>>;

/// Bytes to send: as they are, or from a stream or a reader, which can be sent once only.
///
/// A call with a stream is never repeated, whatever its method. Cloned, a stream is still the same one.
#[derive(Clone, Default)]
pub struct Body(Vec<Piece>);

#[derive(Clone)]
pub(crate) enum Piece {
    Bytes(Bytes),
    Stream(Arc<Source>),
}

/// A stream until it is sent.
pub(crate) struct Source {
    length: Option<u64>,
    pieces: Mutex<Option<Pieces>>,
}

impl Body {
    /// What a stream gives. With `length` bytes the server is told so beforehand, and a stream of another length
    /// is an error; without, the body is sent in chunks, which some servers do not take.
    pub fn stream<S, B, E>(stream: S, length: Option<u64>) -> Self
    where
        S: Stream<Item = Result<B, E>> + Send + 'static,
        B: Into<Bytes>,
        E: Into<Box<dyn std::error::Error + Send + Sync>>,
    {
        let pieces = Box::pin(Converted(Box::pin(stream)));
        Self(vec![Piece::Stream(Arc::new(Source {
            length,
            pieces: Mutex::new(Some(pieces)),
        }))])
    }

    /// What a reader gives, such as a `tokio::fs::File`; `length` as for [`Body::stream`].
    pub fn reader(reader: impl AsyncRead + Send + 'static, length: Option<u64>) -> Self {
        Self::stream(Read(Box::pin(reader)), length)
    }

    /// The bytes; `None` for a stream.
    pub fn as_bytes(&self) -> Option<Bytes> {
        match &self.0[..] {
            [] => Some(Bytes::new()),
            [Piece::Bytes(bytes)] => Some(bytes.clone()),
            _ => None,
        }
    }

    /// Whether it can be sent again: no part of it is a stream.
    pub fn is_repeatable(&self) -> bool {
        self.0.iter().all(|piece| matches!(piece, Piece::Bytes(_)))
    }

    /// The number of bytes, if it is known.
    pub fn length(&self) -> Option<u64> {
        let lengths = self.0.iter().map(|piece| match piece {
            Piece::Bytes(bytes) => Some(bytes.len() as u64),
            Piece::Stream(source) => source.length,
        });
        lengths.sum()
    }

    /// One body after the other; bytes beside bytes become one piece.
    pub(super) fn joined(bodies: impl IntoIterator<Item = Self>) -> Self {
        let mut pieces: Vec<Piece> = Vec::new();
        let mut bytes = Vec::new();
        for piece in bodies.into_iter().flat_map(|body| body.0) {
            match piece {
                Piece::Bytes(more) => bytes.extend_from_slice(&more),
                stream @ Piece::Stream(_) => {
                    pieces.push(Piece::Bytes(std::mem::take(&mut bytes).into()));
                    pieces.push(stream);
                }
            }
        }
        pieces.push(Piece::Bytes(bytes.into()));
        Self(pieces)
    }

    /// The pieces to send, streams taken out.
    ///
    /// # Errors
    ///
    /// One of them was sent before.
    pub(crate) fn take(&self) -> Result<Vec<Taken>, EncodeError> {
        let taken = self.0.iter().map(|piece| match piece {
            Piece::Bytes(bytes) => Ok(Taken::Bytes(bytes.clone())),
            Piece::Stream(source) => {
                let mut pieces = source.pieces.lock().unwrap_or_else(PoisonError::into_inner);
                let pieces = pieces.take().ok_or_else(|| {
                    EncodeError::new("body", "a stream can be sent once, and this one was")
                })?;
                Ok(Taken::Stream(pieces, source.length))
            }
        });
        taken.collect()
    }
}

/// A piece that is being sent.
pub(crate) enum Taken {
    Bytes(Bytes),
    /// With its length, if that was told.
    Stream(Pieces, Option<u64>),
}

impl<B: Into<Bytes>> From<B> for Body {
    fn from(bytes: B) -> Self {
        Self(vec![Piece::Bytes(bytes.into())])
    }
}

impl PartialEq for Body {
    /// The same bytes, or the very same stream.
    fn eq(&self, other: &Self) -> bool {
        let is_same = |pair: (&Piece, &Piece)| match pair {
            (Piece::Bytes(one), Piece::Bytes(other)) => one == other,
            (Piece::Stream(one), Piece::Stream(other)) => Arc::ptr_eq(one, other),
            _ => false,
        };
        self.0.len() == other.0.len() && self.0.iter().zip(&other.0).all(is_same)
    }
}

impl Eq for Body {}

impl fmt::Debug for Body {
    /// Its length alone: what it holds may be large, and must not be logged.
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Body")
            .field("length", &self.length())
            .field("is_repeatable", &self.is_repeatable())
            .finish_non_exhaustive()
    }
}

/// A stream with its items and errors made what is sent.
struct Converted<S>(Pin<Box<S>>);

impl<S, B, E> Stream for Converted<S>
where
    S: Stream<Item = Result<B, E>>,
    B: Into<Bytes>,
    E: Into<Box<dyn std::error::Error + Send + Sync>>,
{
    type Item = io::Result<Bytes>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let next = self.0.as_mut().poll_next(context);
        next.map(|item| item.map(|item| item.map(Into::into).map_err(io::Error::other)))
    }
}

/// Bytes that are read at once.
const CHUNK: usize = 64 << 10;

/// A reader as a stream.
struct Read<R>(Pin<Box<R>>);

impl<R: AsyncRead> Stream for Read<R> {
    type Item = io::Result<Bytes>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let mut chunk = vec![0; CHUNK];
        let mut buffer = ReadBuf::new(&mut chunk);
        match self.0.as_mut().poll_read(context, &mut buffer) {
            Poll::Pending => Poll::Pending,
            Poll::Ready(Err(error)) => Poll::Ready(Some(Err(error))),
            Poll::Ready(Ok(())) => {
                let filled = buffer.filled().len();
                chunk.truncate(filled);
                Poll::Ready((filled > 0).then(|| Ok(chunk.into())))
            }
        }
    }
}
