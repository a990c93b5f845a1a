//! Every call ends in time, and a call that is dropped leaves nothing behind.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use stencil_runtime::{CallOptions, Client, Error, Phase};
use tokio::net::{TcpSocket, TcpStream};

use crate::fault::{Fault, Step, answer};
use crate::support::{PLAIN, builder};

const MILLIS: fn(u64) -> Duration = Duration::from_millis;

fn with_attempt(url: &str, attempt: Duration) -> Client {
    let built = builder().base_url(url).attempts(1);
    built.attempt_timeout(attempt).build().unwrap().0
}

async fn timed(
    client: &Client,
    options: CallOptions,
) -> (Error<crate::support::GetError>, Duration) {
    let start = Instant::now();
    let error = client.send(&PLAIN, options).await.unwrap_err();
    (error, start.elapsed())
}

#[tokio::test]
async fn silence_a_stall_and_a_drip_end_with_the_attempt() {
    let head = "HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n{";
    let faults: [Vec<Step>; 4] = [
        vec![Step::Wait(MILLIS(9000))],
        vec![Step::Send(head.into()), Step::Wait(MILLIS(9000))],
        vec![Step::Drip(head.into(), MILLIS(50))],
        vec![
            Step::Send(head.into()),
            Step::Drip(vec![b' '; 900], MILLIS(50)),
        ],
    ];
    for fault in faults {
        let shown = format!("{fault:?}");
        let server = Fault::start(move |_| fault.clone()).await;
        let client = with_attempt(&server.url, MILLIS(300));
        let (error, took) = timed(&client, CallOptions::default()).await;
        assert!(
            matches!(error, Error::Timeout(Phase::Attempt)),
            "{error:?} {shown:.80}"
        );
        assert!(error.is_timeout() && !error.is_decode() && !error.is_connect());
        assert!((MILLIS(300)..MILLIS(600)).contains(&took), "{took:?}");
    }
}

#[tokio::test]
async fn a_connection_that_does_not_come_about_ends_in_time() {
    // A listener that takes nobody, its queue full: further SYNs get no answer.
    let socket = TcpSocket::new_v4().unwrap();
    socket.bind("127.0.0.1:0".parse().unwrap()).unwrap();
    let listener = socket.listen(1).unwrap();
    let address = listener.local_addr().unwrap();
    let mut queue = Vec::new();
    while let Ok(Ok(stream)) = tokio::time::timeout(MILLIS(200), TcpStream::connect(address)).await
    {
        queue.push(stream);
        assert!(queue.len() < 100, "the queue never fills");
    }
    let url = format!("http://{address}");
    let built = builder().base_url(&url).attempts(1);
    let client = built.connect_timeout(MILLIS(300)).build().unwrap().0;
    let (error, took) = timed(&client, CallOptions::default()).await;
    assert!(matches!(error, Error::Timeout(Phase::Connect)), "{error:?}");
    assert!(error.is_connect() && error.is_timeout());
    assert!((MILLIS(300)..MILLIS(600)).contains(&took), "{took:?}");
    // A call has its own.
    let mut options = CallOptions::default();
    options.connect_timeout(MILLIS(100));
    let (error, took) = timed(&client, options).await;
    assert!(matches!(error, Error::Timeout(Phase::Connect)), "{error:?}");
    assert!((MILLIS(100)..MILLIS(290)).contains(&took), "{took:?}");
}

#[tokio::test]
async fn a_call_has_attempt_and_operation_deadlines_of_its_own() {
    let server = Fault::start(|_| vec![Step::Wait(MILLIS(9000))]).await;
    let client = with_attempt(&server.url, MILLIS(5000));
    let mut options = CallOptions::default();
    options.attempt_timeout(MILLIS(100));
    let (error, took) = timed(&client, options.clone()).await;
    assert!(matches!(error, Error::Timeout(Phase::Attempt)), "{error:?}");
    assert!(took < MILLIS(400), "{took:?}");
    options.timeout(MILLIS(50));
    let (error, took) = timed(&client, options).await;
    assert!(
        matches!(error, Error::Timeout(Phase::Operation)),
        "{error:?}"
    );
    assert!((MILLIS(50)..MILLIS(100)).contains(&took), "{took:?}");
}

#[tokio::test]
async fn the_operations_deadline_covers_retries_and_waits() {
    let server = Fault::start(|_| vec![Step::Wait(MILLIS(200)), Step::Reset]).await;
    let built = builder().base_url(&server.url).attempts(100);
    let built = built.backoff(MILLIS(100), MILLIS(100)).timeout(MILLIS(700));
    let client = built.build().unwrap().0;
    let (error, took) = timed(&client, CallOptions::default()).await;
    // It ends in the middle of an attempt, or before a wait that would be cut short.
    assert!(error.is_timeout() || error.is_exhausted(), "{error:?}");
    assert!(took <= MILLIS(750), "{took:?}");
    assert!((2..=4).contains(&server.count()), "{}", server.count());
}

#[tokio::test]
async fn no_time_at_all_is_refused_and_no_end_is_not() {
    let zero = Duration::ZERO;
    for built in [
        builder().timeout(zero),
        builder().attempt_timeout(zero),
        builder().connect_timeout(zero),
        builder().attempts(0),
        builder().max_in_flight(0),
    ] {
        let error = built.build().err().unwrap().to_string();
        assert!(error.contains("zero"), "{error}");
    }
    let server = Fault::statuses(&[503, 200]).await;
    let endless = Duration::MAX;
    let built = builder()
        .base_url(&server.url)
        .timeout(endless)
        .attempt_timeout(endless);
    let built = built
        .connect_timeout(endless)
        .max_server_wait(endless)
        .max_in_flight(usize::MAX);
    let client = built.backoff(MILLIS(1), endless).build().unwrap().0;
    assert!(client.send(&PLAIN, CallOptions::default()).await.is_ok());
    let mut options = CallOptions::default();
    options.timeout(zero);
    assert!(client.send(&PLAIN, options).await.unwrap_err().is_request());
}

/// Open files of this process.
fn open_files() -> usize {
    std::fs::read_dir("/proc/self/fd").map_or(0, Iterator::count)
}

#[test]
fn calls_that_are_dropped_leave_nothing_behind() {
    // A runtime of its own, whose tasks can be counted.
    let runtime = tokio::runtime::Runtime::new().unwrap();
    runtime.block_on(async {
        let well = Arc::new(AtomicBool::new(false));
        let is_well = Arc::clone(&well);
        let server = Fault::start(move |number| match number % 3 {
            _ if is_well.load(Ordering::SeqCst) => {
                vec![Step::Send(answer(200, "", "{}")), Step::Keep]
            }
            0 => vec![Step::Send(answer(200, "", "{}")), Step::Keep],
            1 => vec![Step::Send(answer(503, "", "{}")), Step::Keep],
            _ => vec![
                Step::Wait(MILLIS(20)),
                Step::Send(answer(200, "", "{}")),
                Step::Keep,
            ],
        })
        .await;
        let client = builder().base_url(&server.url).build().unwrap().0;
        client.send(&PLAIN, CallOptions::default()).await.unwrap();
        for number in 0..1000_u64 {
            let call = client.send(&PLAIN, CallOptions::default());
            // At any point: before it connects, in the answer, in the wait before a retry.
            let _ = tokio::time::timeout(Duration::from_micros(number * 37 % 3000), call).await;
        }
        well.store(true, Ordering::SeqCst);
        for _ in 0..100 {
            client.send(&PLAIN, CallOptions::default()).await.unwrap();
        }
        drop(client);
        // The server's side ends when the client's does.
        let start = Instant::now();
        let metrics = tokio::runtime::Handle::current().metrics();
        while metrics.num_alive_tasks() > 1 && start.elapsed() < Duration::from_secs(2) {
            tokio::time::sleep(MILLIS(10)).await;
        }
        assert_eq!(metrics.num_alive_tasks(), 1, "the listener's alone");
        assert!(open_files() < 200, "{}", open_files());
    });
}

#[tokio::test]
async fn a_call_that_is_dropped_in_its_wait_sends_nothing_more() {
    let server = Fault::statuses(&[503]).await;
    let built = builder().base_url(&server.url);
    let client = built
        .backoff(MILLIS(300), MILLIS(300))
        .clock(Slow)
        .build()
        .unwrap()
        .0;
    let call = client.send(&PLAIN, CallOptions::default());
    assert!(tokio::time::timeout(MILLIS(150), call).await.is_err());
    tokio::time::sleep(MILLIS(500)).await;
    assert_eq!(server.count(), 1);
}

/// Always waits as long as it may.
struct Slow;

impl stencil_runtime::Clock for Slow {
    fn random(&self) -> f64 {
        1.0
    }
}

#[tokio::test(start_paused = true)]
async fn waits_take_the_time_that_they_should() {
    // Nothing listens: no socket has to become ready while time is paused.
    let built = builder().base_url("http://127.0.0.1:9");
    let client = built.clock(Slow).build().unwrap().0;
    let start = tokio::time::Instant::now();
    let error = client
        .send(&PLAIN, CallOptions::default())
        .await
        .unwrap_err();
    assert_eq!(error.attempts(), Some(3));
    let waited = start.elapsed();
    assert!(
        (MILLIS(600)..MILLIS(610)).contains(&waited),
        "200 and 400 ms: {waited:?}"
    );
}

#[tokio::test]
async fn a_server_that_closes_late_costs_no_call() {
    // It says nothing of closing, and closes a moment after each answer, now and then into the next request.
    let server = Fault::start(|number| {
        let sent = Step::Send(answer(200, "", "{}"));
        if number % 20 == 0 {
            vec![sent, Step::Wait(Duration::from_micros(300))]
        } else {
            vec![sent, Step::Keep]
        }
    })
    .await;
    let built = builder()
        .base_url(&server.url)
        .backoff(MILLIS(1), MILLIS(2));
    let client = built.build().unwrap().0;
    let mut failed = 0;
    for _ in 0..1000 {
        failed += usize::from(client.send(&PLAIN, CallOptions::default()).await.is_err());
    }
    assert!(failed <= 1, "{failed} of 1000");
}

#[tokio::test]
async fn connections_that_the_server_ends_are_not_waited_for() {
    // Each wait for a connection that does not come back would be half a second.
    let server = Fault::answering(answer(200, "Connection: close\r\n", "{}")).await;
    let built = builder().base_url(&server.url).max_in_flight(4);
    let client = built.build().unwrap().0;
    let start = std::time::Instant::now();
    let calls = (0..4).map(|_| {
        let client = client.clone();
        tokio::spawn(async move {
            for _ in 0..6 {
                client.send(&PLAIN, CallOptions::default()).await.unwrap();
            }
        })
    });
    for call in calls.collect::<Vec<_>>() {
        call.await.unwrap();
    }
    assert_eq!(server.connections(), 24);
    assert!(start.elapsed() < MILLIS(1500), "{:?}", start.elapsed());
}

#[tokio::test]
async fn requests_on_their_way_are_bounded_and_others_wait() {
    let server = Fault::start(|_| {
        vec![
            Step::Wait(MILLIS(10)),
            Step::Send(answer(200, "", "{}")),
            Step::Keep,
        ]
    })
    .await;
    let client = builder()
        .base_url(&server.url)
        .max_in_flight(4)
        .build()
        .unwrap()
        .0;
    let calls: Vec<_> = (0..100)
        .map(|_| {
            let client = client.clone();
            tokio::spawn(async move { client.send(&PLAIN, CallOptions::default()).await })
        })
        .collect();
    for call in calls {
        call.await.unwrap().unwrap();
    }
    assert_eq!(server.count(), 100);
    assert!(server.connections() <= 5, "{}", server.connections());
}
