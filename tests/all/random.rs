//! The nine operations read whatever comes: no panic, and no status is lost.

use proptest::prelude::*;
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};
use sendgrid_user::Error;
use serde_json::{Map, Value};
use stencil_runtime::{ApiError, HeaderMap, Operation, RawResponse, StatusCode};

/// Responses for all operations together; each is read by all nine.
const RESPONSES: u32 = 100_000 / 9 + 1;

/// JSON whose names are often those of the document.
fn json() -> impl Strategy<Value = Value> {
    let name = prop_oneof![
        4 => prop::sample::select(vec![
            "errors", "message", "field", "help", "id", "error", "type", "reputation", "remain", "total", "email",
            "username", "user_id", "city", "first_name", "last_reset", "reset_frequency",
        ])
        .prop_map(str::to_owned),
        1 => "\\PC{0,8}",
    ];
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<u64>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        "\\PC{0,12}".prop_map(Value::from),
    ];
    leaf.prop_recursive(4, 32, 6, move |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
            prop::collection::vec((name.clone(), inner), 0..6)
                .prop_map(|pairs| Value::from(pairs.into_iter().collect::<Map<_, _>>())),
        ]
    })
}

/// A body: JSON, JSON with one byte changed, or any bytes.
fn body() -> impl Strategy<Value = Vec<u8>> {
    let whole = json().prop_map(|value| value.to_string().into_bytes());
    let changed =
        (json(), any::<prop::sample::Index>(), any::<u8>()).prop_map(|(value, at, byte)| {
            let mut bytes = value.to_string().into_bytes();
            let at = at.index(bytes.len());
            bytes[at] = byte;
            bytes
        });
    let any = prop::collection::vec(any::<u8>(), 0..64);
    prop_oneof![4 => whole, 2 => changed, 1 => any]
}

fn check<O: Operation>(status: StatusCode, body: &[u8]) {
    let response = RawResponse::new(status, HeaderMap::new(), body.to_vec());
    match O::decode(response) {
        Ok(response) => assert_eq!(response.status(), status),
        Err(error) => {
            assert_eq!(error.status(), Some(status), "{error:?}");
            all_of(&error);
        }
    }
}

/// Everything that can be asked of an error.
fn all_of<E: ApiError>(error: &Error<E>) {
    let shown = format!("{error} {error:?} {:?}", error.message());
    assert!(!shown.is_empty());
    assert!(error.excerpt().is_some_and(|excerpt| excerpt.len() <= 512));
    assert!(error.rate_limit().is_none() && error.retry_after().is_none());
}

#[test]
fn a_random_response_is_read_without_a_panic_and_keeps_its_status() {
    let config = Config {
        cases: RESPONSES,
        failure_persistence: None,
        ..Config::default()
    };
    // The same responses each time.
    let random = TestRng::deterministic_rng(RngAlgorithm::ChaCha);
    let mut runner = TestRunner::new_with_rng(config, random);
    let status = prop_oneof![
        prop::sample::select(vec![
            200_u16, 201, 204, 302, 400, 401, 403, 404, 429, 500, 503
        ]),
        100_u16..1000,
    ];
    runner
        .run(&(status, body()), |(status, body)| {
            let status = StatusCode::from_u16(status).unwrap();
            check::<sendgrid_user::ListAccount>(status, &body);
            check::<sendgrid_user::ListCredit>(status, &body);
            check::<sendgrid_user::ListEmail>(status, &body);
            check::<sendgrid_user::UpdateEmail>(status, &body);
            check::<sendgrid_user::UpdatePassword>(status, &body);
            check::<sendgrid_user::ListProfile>(status, &body);
            check::<sendgrid_user::UpdateProfile>(status, &body);
            check::<sendgrid_user::ListUsername>(status, &body);
            check::<sendgrid_user::UpdateUsername>(status, &body);
            Ok(())
        })
        .unwrap();
}
