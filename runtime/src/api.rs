//! What a generated client tells the runtime of itself.

use std::borrow::Cow;

use crate::{Client, EncodeError, Error, Parts, RawResponse, Request, Response};

/// A generated client.
pub trait Api: Sized {
    /// The servers that the document names.
    type Server: Server + Default;
    /// What `User-Agent` says unless the builder is told otherwise.
    const USER_AGENT: &'static str;
    /// The client over this transport.
    fn from_runtime(inner: Client) -> Self;
}

/// A server that the document names.
pub trait Server {
    /// Its base URL, to which paths are appended.
    fn url(&self) -> Cow<'_, str>;
}

/// One operation with its arguments: plain data that builds a request and reads a response.
pub trait Operation: Send + Sync {
    /// The id in errors and traces.
    const ID: &'static str;
    /// The method, in upper case unless the document says otherwise: it is case-sensitive (RFC 9110 §9.1).
    const METHOD: &'static str;
    /// The path with `{parameters}`.
    const PATH: &'static str;
    /// The media types that can be read.
    const ACCEPT: &'static str = "application/json";
    /// The server that serves this operation alone, if the document says so. A base URL that the builder was
    /// given counts for every operation.
    const SERVER: Option<&'static str> = None;
    /// Media types whose bodies are read while they come, if the status tells of success.
    const STREAMS: &'static [&'static str] = &[];
    /// Whether credentials are sent.
    const AUTHENTICATE: bool = true;
    /// The alternatives of which one must be sent, each the names of the security schemes that it takes; whatever
    /// the client has where there are none.
    const SECURITY: &'static [&'static [&'static str]] = &[];
    /// What a success gives.
    type Output: Send;
    /// The errors that the document declares.
    type Error: ApiError + Send;

    /// Writes the arguments into the request.
    ///
    /// # Errors
    ///
    /// An argument that cannot be sent where the document wants it.
    fn encode(&self, request: &mut Request) -> Result<(), EncodeError>;

    /// Reads the response.
    ///
    /// # Errors
    ///
    /// A declared error, an undeclared status, or a body that is not what the document says.
    fn decode(response: RawResponse) -> Result<Response<Self::Output>, Error<Self::Error>>;
}

/// An operation that a caller may allow to be sent again though the server may have done it already.
///
/// Safe methods are sent again anyway, and have no need of it. Operations whose body holds a secret do not have it.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be made repeatable",
    note = "operations with a safe method (GET, HEAD, OPTIONS) are sent again anyway",
    note = "operations whose body holds a secret are never sent again once the server may have done them"
)]
pub trait Repeatable: Operation {}

/// The declared errors of an operation: an enum with a variant for each status.
pub trait ApiError: std::fmt::Debug + 'static {
    /// Status, headers and raw body.
    fn parts(&self) -> &Parts;
}
