//! A client and operations as generated code would have them.
#![allow(unreachable_pub)]

use std::borrow::Cow;

use serde_json::Value;
use stencil_runtime::{
    Api, ApiError, ApiKey, Auth, Client, ClientBuilder, EncodeError, Error, Operation, Parts,
    RawResponse, Request, Response, Server,
};

pub struct TestClient(pub Client);

#[derive(Default)]
pub struct Only;

impl Server for Only {
    fn url(&self) -> Cow<'_, str> {
        "https://api.example.com".into()
    }
}

impl Api for TestClient {
    type Server = Only;
    const USER_AGENT: &'static str = "test/1";
    fn from_runtime(inner: Client) -> Self {
        Self(inner)
    }
}

pub const KEY: &str = "SG.very-secret-key";

pub fn builder() -> ClientBuilder<TestClient> {
    ClientBuilder::new(Auth::bearer(ApiKey::new(KEY)))
}

pub fn client(base_url: &str) -> Client {
    builder().base_url(base_url).build().unwrap().0
}

/// `GET /things/{id}`, with whatever the function writes.
pub struct Get(pub fn(&mut Request) -> Result<(), EncodeError>);

/// `GET /things/1` with nothing else.
pub const PLAIN: Get = Get(|request| request.path("id", "1"));

#[derive(Clone, Debug)]
pub enum GetError {
    NotFound(Response<Problem>),
}

#[derive(Clone, Debug, serde::Deserialize)]
pub struct Problem {
    pub code: u32,
}

impl ApiError for GetError {
    fn parts(&self) -> &Parts {
        match self {
            Self::NotFound(response) => response.parts(),
        }
    }
}

impl Operation for Get {
    const ID: &'static str = "get";
    const METHOD: &'static str = "GET";
    const PATH: &'static str = "/things/{id}";
    type Output = Value;
    type Error = GetError;
    fn encode(&self, request: &mut Request) -> Result<(), EncodeError> {
        (self.0)(request)
    }
    fn decode(response: RawResponse) -> Result<Response<Value>, Error<GetError>> {
        match response.status() {
            200 => response.json(),
            404 => response.error(GetError::NotFound),
            _ => response.undeclared(),
        }
    }
}

/// The request that a function writes, as it would be sent to `https://api.example.com`.
pub fn request(
    write: fn(&mut Request) -> Result<(), EncodeError>,
) -> Result<http::Request<stencil_runtime::Bytes>, EncodeError> {
    let client = builder().build().unwrap().0;
    client.request(&Get(write), &stencil_runtime::CallOptions::default())
}

/// An operation with a server of its own.
pub struct Elsewhere;

impl Operation for Elsewhere {
    const ID: &'static str = "elsewhere";
    const METHOD: &'static str = "GET";
    const PATH: &'static str = "/there";
    const SERVER: Option<&'static str> = Some("https://other.example.com/v2");
    type Output = Value;
    type Error = GetError;
    fn encode(&self, _: &mut Request) -> Result<(), EncodeError> {
        Ok(())
    }
    fn decode(response: RawResponse) -> Result<Response<Value>, Error<GetError>> {
        response.json()
    }
}
