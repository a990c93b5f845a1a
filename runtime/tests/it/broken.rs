//! Answers that are broken, too large, or not what was promised.

use std::time::{Duration, Instant};

use serde_json::Value;
use stencil_runtime::{CallOptions, Error};

use crate::fault::{Fault, Step, answer};
use crate::support::{GetError, PLAIN, builder};

type Failed = Error<GetError>;

async fn get(url: &str) -> Result<Value, Failed> {
    let built = builder().base_url(url).attempts(1);
    let client = built
        .attempt_timeout(Duration::from_secs(5))
        .build()
        .unwrap()
        .0;
    let response = client.send(&PLAIN, CallOptions::default()).await?;
    Ok(response.into_body())
}

async fn refused(bytes: impl Into<Vec<u8>>) -> Failed {
    let server = Fault::answering(bytes).await;
    get(&server.url).await.unwrap_err()
}

#[tokio::test]
async fn what_is_no_answer_is_a_failure_of_the_transport() {
    let answers: [&[u8]; 13] = [
        b"HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n{}",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n{}\r\n0\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nfffffffffffffffff\r\n{}",
        b"HTTP/1.1 200 OK\r\nContent-Le",
        b"",
        b"\r\n\r\n\r\n",
        b"garbage",
        b"{}",
        b"HTTP/0.9 200 OK\r\n\r\n{}",
        b"HTTP/1.1 99999 OK\r\n\r\n{}",
        b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\nContent-Length: 3\r\n\r\n{}",
        b"HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n{}",
    ];
    for bytes in answers {
        let error = refused(bytes).await;
        assert!(
            matches!(error, Error::Transport(_)),
            "{error:?} {}",
            bytes.escape_ascii()
        );
        assert!(std::error::Error::source(&error).is_some());
    }
    let server =
        Fault::start(|_| vec![Step::Send(b"HTTP/1.1 200 OK\r\n".to_vec()), Step::Reset]).await;
    assert!(matches!(
        get(&server.url).await.unwrap_err(),
        Error::Transport(_)
    ));
}

#[tokio::test]
async fn what_cannot_be_decoded_says_where() {
    #[derive(Debug, serde::Deserialize)]
    struct Credits {
        #[expect(dead_code, reason = "only decoded")]
        remain: i64,
        #[serde(default)]
        #[expect(dead_code, reason = "only decoded")]
        list: Vec<std::collections::BTreeMap<String, u8>>,
    }
    let read = |body: &[u8]| {
        let status = stencil_runtime::StatusCode::OK;
        let raw = stencil_runtime::RawResponse::new(
            status,
            stencil_runtime::HeaderMap::default(),
            body.to_vec(),
        );
        match raw.json::<Credits, GetError>().unwrap_err() {
            Error::Decode(error) => (error.path().to_owned(), error.to_string()),
            other => panic!("{other:?}"),
        }
    };
    for (body, path) in [
        (&b""[..], "."),
        (b"[]", "."),
        (b"{}", "."),
        (br#"{"remain":"5"}"#, "remain"),
        (br#"{"remain":5.5}"#, "remain"),
        (br#"{"remain":1e400}"#, "remain"),
        (br#"{"remain":9223372036854775808}"#, "remain"),
        (
            br#"{"remain":1,"list":[{},{"hunter2":256}]}"#,
            "list[1].hunter2",
        ),
    ] {
        let (found, text) = read(body);
        assert_eq!(found, path, "{}", body.escape_ascii());
        assert!(
            !text.contains("hunter2"),
            "a key of a map is the body's own: {text}"
        );
    }
    // Whatever it is, it is no panic.
    let deep = [b"[".repeat(200), b"]".repeat(200)].concat();
    for body in [
        &deep[..],
        b"\xef\xbb\xbf{}",
        b"\0",
        b"{\"remain\":\"\xff\"}",
        br#"{"remain":1,"remain":2}"#,
    ] {
        read(body);
    }
}

#[tokio::test]
async fn a_page_in_place_of_an_answer_keeps_its_status_and_is_quoted_in_part() {
    let page = format!("<html>\r\n{}{}", "x".repeat(503), "ä".repeat(5000));
    let error = refused(answer(
        502,
        "Content-Type: text/html\r\nX-Request-Id: r-1\r\n",
        &page,
    ))
    .await;
    let Error::Unexpected(unexpected) = &error else {
        panic!("{error:?}")
    };
    assert_eq!(error.status().unwrap(), 502);
    let excerpt = unexpected.excerpt();
    assert!(excerpt.starts_with("<html>xxx"), "{excerpt}");
    // 512 bytes less a line end (2), and the half of a character that the cut would leave.
    assert_eq!((excerpt.len(), excerpt.ends_with('x')), (509, true));
    assert_eq!(error.message(), None);
    assert_eq!(error.request_id(), Some("r-1"));
    assert!(!format!("{error} {error:?}").contains("xxx"));
}

/// Whether this process runs this test and no other; if it does not, one is begun that does. Memory is that of a process.
fn is_alone(test: &str) -> bool {
    const ALONE: &str = "STENCIL_TEST_ALONE";
    if std::env::var_os(ALONE).is_some() {
        return true;
    }
    let mut child = std::process::Command::new(std::env::current_exe().unwrap());
    let output = child.args(["--exact", test]).env(ALONE, "").output();
    let output = output.unwrap();
    let said = String::from_utf8_lossy(&output.stdout);
    assert!(
        output.status.success() && said.contains("1 passed"),
        "{said}"
    );
    false
}

/// Resident memory of this process, in KiB.
fn resident() -> usize {
    let status = std::fs::read_to_string("/proc/self/status").unwrap();
    let line = status
        .lines()
        .find(|line| line.starts_with("VmRSS"))
        .unwrap();
    line.split_whitespace().nth(1).unwrap().parse().unwrap()
}

/// The most memory that a call took beside what there was, in MiB.
async fn peak<T>(call: impl Future<Output = T>) -> (T, usize) {
    let before = resident();
    let watch = std::sync::Arc::new(std::sync::atomic::AtomicUsize::new(before));
    let most = std::sync::Arc::clone(&watch);
    let watcher = tokio::spawn(async move {
        loop {
            most.fetch_max(resident(), std::sync::atomic::Ordering::SeqCst);
            tokio::time::sleep(Duration::from_millis(1)).await;
        }
    });
    let result = call.await;
    watch.fetch_max(resident(), std::sync::atomic::Ordering::SeqCst);
    watcher.abort();
    let most = watch.load(std::sync::atomic::Ordering::SeqCst);
    (result, most.saturating_sub(before) / 1024)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_body_without_end_costs_no_more_than_the_limit() {
    if !is_alone("broken::a_body_without_end_costs_no_more_than_the_limit") {
        return;
    }
    // 1 GiB in chunks; a length that lies; a head that promises 1 TB.
    let chunk = [&b"10000\r\n"[..], &vec![b' '; 65536][..], b"\r\n"].concat();
    let head = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n";
    let server =
        Fault::start(move |_| vec![Step::Send(head.into()), Step::Again(chunk.clone(), 16384)])
            .await;
    let built = builder().base_url(&server.url).max_response_size(1 << 20);
    let client = built.build().unwrap().0;
    let (sent, grown) = peak(client.send(&PLAIN, CallOptions::default())).await;
    let error = sent.unwrap_err();
    assert!(matches!(error, Error::TooLarge(_, 1_048_576)), "{error:?}");
    assert!(error.is_too_large() && error.status().unwrap() == 200);
    assert!(grown <= 16, "{grown} MiB");
    assert!(server.bytes_taken() < 16 << 20, "{}", server.bytes_taken());

    let error = refused("HTTP/1.1 200 OK\r\nContent-Length: 1000000000000\r\n\r\n{").await;
    assert!(matches!(error, Error::TooLarge(_, 16_777_216)), "{error:?}");
}

#[cfg(feature = "gzip")]
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_bomb_costs_no_more_than_the_limit() {
    use std::io::Write;
    if !is_alone("broken::a_bomb_costs_no_more_than_the_limit") {
        return;
    }
    let mut packed = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    for _ in 0..200 {
        packed.write_all(&vec![b' '; 1 << 20]).unwrap();
    }
    let packed = packed.finish().unwrap();
    assert!(
        packed.len() < 210_000,
        "{} bytes unpack to 200 MiB",
        packed.len()
    );
    let head = format!(
        "HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: {}\r\n\r\n",
        packed.len()
    );
    let server = Fault::answering([head.as_bytes(), &packed].concat()).await;
    let built = builder().base_url(&server.url).max_response_size(4 << 20);
    let client = built.build().unwrap().0;
    let (sent, grown) = peak(client.send(&PLAIN, CallOptions::default())).await;
    assert!(
        matches!(sent, Err(Error::TooLarge(_, 4_194_304))),
        "{sent:?}"
    );
    assert!(grown <= 16, "{grown} MiB");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn heads_without_end_are_bounded() {
    if !is_alone("broken::heads_without_end_are_bounded") {
        return;
    }
    let many: Vec<String> = (0..200)
        .map(|number| format!("X-{number}: a\r\n"))
        .collect();
    let many = many.concat();
    let large = format!("X-A: {}\r\n", "x".repeat(1 << 20));
    for headers in [many, large] {
        let start = Instant::now();
        let (error, grown) = peak(refused(answer(200, &headers, "{}"))).await;
        assert!(matches!(error, Error::Transport(_)), "{error:?}");
        assert!(
            start.elapsed() < Duration::from_secs(5) && grown <= 16,
            "{grown} MiB"
        );
    }
    // 10,000 interim answers are read over (RFC 9110 §15.2); without end they end with the attempt.
    let interim = b"HTTP/1.1 103 Early Hints\r\nX-A: a\r\n\r\n".to_vec();
    for (times, is_endless) in [(10_000, false), (usize::MAX, true)] {
        let interim = interim.clone();
        let server = Fault::start(move |_| {
            vec![
                Step::Again(interim.clone(), times),
                Step::Send(answer(200, "", "{}")),
            ]
        })
        .await;
        let built = builder().base_url(&server.url).attempts(1);
        let client = built
            .attempt_timeout(Duration::from_secs(2))
            .build()
            .unwrap()
            .0;
        let start = Instant::now();
        let (sent, grown) = peak(client.send(&PLAIN, CallOptions::default())).await;
        assert_eq!(sent.is_err(), is_endless);
        assert!(
            start.elapsed() < Duration::from_secs(5) && grown <= 16,
            "{grown} MiB"
        );
    }
}

/// In chunks, whose sum is not told beforehand.
#[tokio::test]
async fn a_body_of_exactly_the_limit_is_read() {
    const SIZE: usize = 3 << 16;
    let json = format!("\"{}\"", "x".repeat(SIZE - 2));
    let chunks = json.as_bytes().chunks(1 << 16);
    let chunks = chunks.flat_map(|chunk| [&b"10000\r\n"[..], chunk, b"\r\n"].concat());
    let head = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n";
    let answer: Vec<u8> = head.iter().copied().chain(chunks).collect();
    let answer = [&answer[..], b"0\r\n\r\n"].concat();
    for limit in [SIZE, SIZE - 1] {
        let server = Fault::answering(answer.clone()).await;
        let built = builder().base_url(&server.url).max_response_size(limit);
        let sent = built.build().unwrap().0;
        match sent.send(&PLAIN, CallOptions::default()).await {
            Ok(response) => {
                assert_eq!(limit, SIZE);
                assert_eq!(response.parts().body().len(), SIZE);
            }
            Err(Error::TooLarge(kept, told)) => {
                assert_eq!((limit, told), (SIZE - 1, limit));
                assert_eq!(kept.body().len(), 1 << 10);
            }
            Err(error) => panic!("{error:?}"),
        }
    }
}
