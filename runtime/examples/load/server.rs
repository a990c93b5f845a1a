//! A server that answers at once, or does what a server should not.

use std::io;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

/// What it saw.
#[derive(Debug, Default)]
pub(crate) struct Seen {
    pub(crate) requests: AtomicUsize,
    open: AtomicUsize,
    /// The most connections that were open at once.
    pub(crate) most_open: AtomicUsize,
}

const BODY: &str = r#"{"type":"paid","reputation":99.5}"#;

/// Starts it; of 100 requests it serves this many badly, in ten ways.
pub(crate) async fn start(bad: usize) -> io::Result<(String, Arc<Seen>)> {
    let listener = TcpListener::bind("127.0.0.1:0").await?;
    let url = format!("http://{}", listener.local_addr()?);
    let seen = Arc::new(Seen::default());
    let shared = Arc::clone(&seen);
    tokio::spawn(async move {
        while let Ok((socket, _)) = listener.accept().await {
            let seen = Arc::clone(&shared);
            tokio::spawn(async move {
                let open = seen.open.fetch_add(1, Ordering::SeqCst) + 1;
                seen.most_open.fetch_max(open, Ordering::SeqCst);
                // A client that goes away is no news.
                let _ = serve(socket, &seen, bad).await;
                seen.open.fetch_sub(1, Ordering::SeqCst);
            });
        }
    });
    Ok((url, seen))
}

async fn serve(mut socket: TcpStream, seen: &Seen, bad: usize) -> io::Result<()> {
    socket.set_nodelay(true)?;
    let mut request = Vec::with_capacity(1024);
    loop {
        request.clear();
        while !request.ends_with(b"\r\n\r\n") {
            if socket.read_buf(&mut request).await? == 0 {
                return Ok(());
            }
        }
        let number = seen.requests.fetch_add(1, Ordering::SeqCst);
        // A multiplier without a divisor in common with 100 spreads the bad ones.
        if number.wrapping_mul(37) % 100 < bad {
            if !fault(&mut socket, number).await? {
                return Ok(());
            }
        } else {
            socket.write_all(answer(200, "", BODY).as_bytes()).await?;
        }
    }
}

fn answer(status: u16, headers: &str, body: &str) -> String {
    let length = body.len();
    format!("HTTP/1.1 {status} S\r\n{headers}content-length: {length}\r\n\r\n{body}")
}

/// One fault; whether the connection is still good.
async fn fault(socket: &mut TcpStream, number: usize) -> io::Result<bool> {
    let head = "HTTP/1.1 200 OK\r\ncontent-length: 33\r\n\r\n{";
    let (bytes, is_good) = match number / 7 % 10 {
        0 => (answer(503, "", "{}"), true),
        1 => (answer(500, "content-type: text/html\r\n", "<html>"), true),
        2 => (
            answer(429, "", r#"{"errors":[{"message":"too many requests"}]}"#),
            true,
        ),
        3 => (head.to_owned(), false),
        4 => ("garbage\r\n\r\n".to_owned(), false),
        5 => (String::new(), false),
        6 => {
            socket.set_zero_linger()?;
            (String::new(), false)
        }
        7 => {
            socket.write_all(head.as_bytes()).await?;
            tokio::time::sleep(Duration::from_millis(300)).await;
            (String::new(), false)
        }
        8 => (answer(200, "", "{\"type\":7"), true),
        _ => (answer(404, "", r#"{"errors":["nothing"]}"#), true),
    };
    socket.write_all(bytes.as_bytes()).await?;
    Ok(is_good)
}
