//! A server on a raw socket that does what no library would let it do.
#![allow(unreachable_pub)]

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

/// What the server does with a request, one after the other; then it closes the connection.
#[derive(Clone, Debug)]
pub enum Step {
    /// Sends these bytes.
    Send(Vec<u8>),
    /// Sends these bytes one by one, with a pause before each.
    Drip(Vec<u8>, Duration),
    /// Sends these bytes again and again, this often at the most.
    Again(Vec<u8>, usize),
    Wait(Duration),
    /// Closes with a reset (RST), which drops what was not read.
    Reset,
    /// Takes the next request of this connection.
    Keep,
}

/// The server; it ends with the test's runtime.
pub struct Fault {
    pub url: String,
    requests: Arc<Mutex<Vec<Vec<u8>>>>,
    connections: Arc<AtomicUsize>,
    bytes_taken: Arc<AtomicUsize>,
}

impl Fault {
    /// A server that does this with each request; they are counted from 0.
    pub async fn start(script: impl Fn(usize) -> Vec<Step> + Send + Sync + 'static) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let fault = Self {
            url: format!("http://{}", listener.local_addr().unwrap()),
            requests: Arc::default(),
            connections: Arc::default(),
            bytes_taken: Arc::default(),
        };
        let (requests, connections) = (Arc::clone(&fault.requests), Arc::clone(&fault.connections));
        let bytes_taken = Arc::clone(&fault.bytes_taken);
        let (script, number) = (Arc::new(script), Arc::new(AtomicUsize::new(0)));
        tokio::spawn(async move {
            while let Ok((mut socket, _)) = listener.accept().await {
                connections.fetch_add(1, Ordering::SeqCst);
                let (script, number) = (Arc::clone(&script), Arc::clone(&number));
                let (requests, bytes_taken) = (Arc::clone(&requests), Arc::clone(&bytes_taken));
                tokio::spawn(async move {
                    while let Some(request) = read(&mut socket).await {
                        requests.lock().unwrap().push(request);
                        let steps = script(number.fetch_add(1, Ordering::SeqCst));
                        if !play(&mut socket, steps, &bytes_taken).await {
                            break;
                        }
                    }
                });
            }
        });
        fault
    }

    /// A server that sends the same answer always, and closes.
    pub async fn answering(answer: impl Into<Vec<u8>>) -> Self {
        let answer = answer.into();
        Self::start(move |_| vec![Step::Send(answer.clone())]).await
    }

    /// A server that answers with these statuses and `{}`, the last one for all that follow, and keeps connections.
    pub async fn statuses(statuses: &'static [u16]) -> Self {
        Self::start(move |number| {
            let status = statuses[number.min(statuses.len() - 1)];
            vec![Step::Send(answer(status, "", "{}")), Step::Keep]
        })
        .await
    }

    /// The requests as they came, head and body.
    pub fn requests(&self) -> Vec<Vec<u8>> {
        self.requests.lock().unwrap().clone()
    }

    pub fn count(&self) -> usize {
        self.requests.lock().unwrap().len()
    }

    pub fn connections(&self) -> usize {
        self.connections.load(Ordering::SeqCst)
    }

    /// Bytes of answers that the client took.
    pub fn bytes_taken(&self) -> usize {
        self.bytes_taken.load(Ordering::SeqCst)
    }
}

/// An answer with a length; `headers` each end with CRLF.
pub fn answer(status: u16, headers: &str, body: &str) -> Vec<u8> {
    let length = body.len();
    format!("HTTP/1.1 {status} Status\r\n{headers}Content-Length: {length}\r\n\r\n{body}").into()
}

/// A request: its head, and as much of a body as the head says.
async fn read(socket: &mut TcpStream) -> Option<Vec<u8>> {
    let mut request = Vec::new();
    loop {
        if let Some(end) = request.windows(4).position(|part| part == b"\r\n\r\n") {
            let head = String::from_utf8_lossy(&request[..end]).to_lowercase();
            let length = head
                .lines()
                .find_map(|line| line.strip_prefix("content-length: "));
            let length: usize = length.map_or(0, |length| length.parse().unwrap());
            if request.len() >= end + 4 + length {
                return Some(request);
            }
        }
        if socket.read_buf(&mut request).await.ok()? == 0 {
            return None;
        }
    }
}

/// Whether the connection stays open.
async fn play(socket: &mut TcpStream, steps: Vec<Step>, taken: &AtomicUsize) -> bool {
    for step in steps {
        match step {
            Step::Send(bytes) => {
                if socket.write_all(&bytes).await.is_err() {
                    return false;
                }
            }
            Step::Drip(bytes, pause) => {
                for byte in bytes {
                    tokio::time::sleep(pause).await;
                    if socket.write_all(&[byte]).await.is_err() {
                        return false;
                    }
                }
            }
            Step::Again(bytes, times) => {
                for _ in 0..times {
                    if socket.write_all(&bytes).await.is_err() {
                        return false;
                    }
                    taken.fetch_add(bytes.len(), Ordering::SeqCst);
                }
            }
            Step::Wait(pause) => tokio::time::sleep(pause).await,
            Step::Reset => {
                let _ = socket.set_zero_linger();
                return false;
            }
            Step::Keep => return true,
        }
    }
    // What the client still sends is read, or the close would be a reset.
    let _ = socket.shutdown().await;
    false
}
