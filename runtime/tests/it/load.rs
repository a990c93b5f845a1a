//! A short version of `examples/load`, which says more when it is run by itself.

use std::time::Duration;

#[path = "../../examples/load/run.rs"]
mod run;
#[path = "../../examples/load/server.rs"]
mod server;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn many_calls_at_once_fail_not_and_share_their_connections() {
    let load = run::load(1000, 64).await.unwrap();
    assert_eq!(load.errors, 0, "{load}");
    assert!(load.sockets <= 64, "{load}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_call_of_a_soak_ends_in_a_typed_result() {
    let soak = run::soak(Duration::from_secs(5), 16, |_| {}).await.unwrap();
    assert!(soak.calls > 100, "{soak}");
    assert_eq!(soak.ends.values().sum::<usize>(), soak.calls);
    // One retry more for some of the tenth that fails.
    assert!(soak.requests * 10 <= soak.calls * 12, "{soak}");
    let (early, late) = soak.memory;
    assert!(late < early + (8 << 10), "{soak}");
}
