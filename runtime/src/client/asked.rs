//! What is asked for, without the type of the operation that asks.

use http::Method;

use crate::trace::Trace;
use crate::{EncodeError, Operation, Request};

/// What an exchange needs to know of an operation.
pub(super) struct Asked {
    pub(super) request: Request,
    pub(super) server: Option<&'static str>,
    /// `None` for one that takes no credentials.
    pub(super) security: Option<&'static [&'static [&'static str]]>,
    pub(super) trace: Trace,
}

impl Asked {
    pub(super) fn of<O: Operation>(operation: &O) -> Result<Self, EncodeError> {
        About::of::<O>().asked(&|request| operation.encode(request))
    }
}

/// The request of an operation.
pub(super) fn request_of<O: Operation>(operation: &O) -> Result<Request, EncodeError> {
    About::of::<O>().request(&|request| operation.encode(request))
}

/// What an operation says of itself: data that rustc lays out, rather than code in each program.
struct About {
    id: &'static str,
    method: &'static str,
    path: &'static str,
    accept: &'static str,
    server: Option<&'static str>,
    security: Option<&'static [&'static [&'static str]]>,
}

/// Writes an operation's arguments.
type Encode<'a> = &'a dyn Fn(&mut Request) -> Result<(), EncodeError>;

impl About {
    const fn of<O: Operation>() -> &'static Self {
        const {
            &Self {
                id: O::ID,
                method: O::METHOD,
                path: O::PATH,
                accept: O::ACCEPT,
                server: O::SERVER,
                security: if O::AUTHENTICATE {
                    Some(O::SECURITY)
                } else {
                    None
                },
            }
        }
    }

    fn asked(&self, encode: Encode<'_>) -> Result<Asked, EncodeError> {
        Ok(Asked {
            request: self.request(encode)?,
            server: self.server,
            security: self.security,
            trace: Trace::new(self.id, self.method, self.path),
        })
    }

    fn request(&self, encode: Encode<'_>) -> Result<Request, EncodeError> {
        let method = Method::from_bytes(self.method.as_bytes())
            .map_err(|_| EncodeError::new(self.method, "this is no method of HTTP"))?;
        let mut request = Request::new(method, self.path, self.accept);
        encode(&mut request)?;
        Ok(request)
    }
}
