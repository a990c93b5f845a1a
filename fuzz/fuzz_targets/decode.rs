//! Any response: each operation of the client, and each kind of stream, gives a value or an error that can be
//! shown; what is read as JSON is what another reader reads. The first byte chooses the reader, the second the status.

#![no_main]

use libfuzzer_sys::fuzz_target;
use sendgrid_user::{
    ListAccount, ListCredit, ListEmail, ListProfile, ListUsername, UpdateEmail, UpdatePassword, UpdateProfile,
    UpdateUsername,
};
use stencil_runtime::{ApiError, Error, HeaderMap, Items, NoError as Never, Operation, RawResponse, Response, StatusCode, Value};

const STATUSES: [u16; 10] = [200, 200, 200, 204, 400, 401, 404, 429, 500, 302];

fuzz_target!(|data: &[u8]| {
    let [reader, status, rest @ ..] = data else { return };
    let status = STATUSES[usize::from(*status) % STATUSES.len()];
    // Headers stand before the first empty line.
    let (head, body) = match rest.windows(2).position(|two| two == b"\n\n") {
        Some(end) => (&rest[..end], &rest[end + 2..]),
        None => (&[][..], rest),
    };
    let Ok(status) = StatusCode::from_u16(status) else { return };
    let raw = RawResponse::new(status, headers(head), body.to_vec());
    match reader % 14 {
        0 => operation::<ListAccount>(raw),
        1 => operation::<ListCredit>(raw),
        2 => operation::<ListEmail>(raw),
        3 => operation::<ListProfile>(raw),
        4 => operation::<ListUsername>(raw),
        5 => operation::<UpdateEmail>(raw),
        6 => operation::<UpdatePassword>(raw),
        7 => operation::<UpdateProfile>(raw),
        8 => operation::<UpdateUsername>(raw),
        9 => stream(raw.lines::<Value, Never>()),
        10 => stream(raw.sequence::<Value, Never>()),
        11 => stream(raw.events::<Value, Never>()),
        12 => stream(raw.whole_events::<Value, Never>()),
        _ => {
            let read = raw.json::<Value, Never>().ok().map(Response::into_body);
            assert_eq!(read, serde_json::from_slice(body).ok());
        }
    }
});

fn headers(head: &[u8]) -> HeaderMap {
    let mut headers = HeaderMap::new();
    for line in head.split(|byte| *byte == b'\n').take(64) {
        let mut parts = line.splitn(2, |byte| *byte == b':');
        if let (Some(name), Some(value)) = (parts.next(), parts.next())
            && let (Ok(name), Ok(value)) = (
                http::HeaderName::from_bytes(name),
                http::HeaderValue::from_bytes(value.trim_ascii()),
            )
        {
            headers.append(name, value);
        }
    }
    headers
}

fn operation<O: Operation>(raw: RawResponse)
where
    O::Output: std::fmt::Debug,
{
    match O::decode(raw) {
        Ok(response) => {
            let _ = format!("{response:?}");
        }
        Err(error) => show(&error),
    }
}

fn show<E: ApiError>(error: &Error<E>) {
    let _ = format!("{error:?} {:?}", error.rate_limit());
}

fn stream<T>(response: Result<Response<Items<T>>, Error<Never>>) {
    let Ok(response) = response else { return };
    let mut items = response.into_body();
    let runtime = tokio::runtime::Builder::new_current_thread().enable_time().build();
    let Ok(runtime) = runtime else { return };
    runtime.block_on(async {
        while let Some(item) = items.next().await {
            if let Err(error) = item {
                show(&error);
            }
        }
    });
}
