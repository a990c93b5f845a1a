//! What calling costs, beside the same nine calls by hand over `reqwest`: `benches/calls.sh` and
//! `benches/instructions.sh` run it and measure the process.
//!
//! ```text
//! costs ours|hand requests|responses ROUNDS             no socket: requests built, responses read
//! costs ours|hand calls ROUNDS URL IN_FLIGHT            all nine, against a server
//! ```
//!
//! A round is all nine operations. With 0 rounds it does what is done once, to be taken off.

mod by_hand;
mod ours;

use std::error::Error;

/// Bodies of successes, as the document's examples give them, by operation in the order of their names.
pub(crate) const BODIES: [&str; 9] = [
    r#"{"type":"paid","reputation":99.5}"#,
    r#"{"remain":200,"total":200,"overage":0,"used":0,"last_reset":"2013-01-01","next_reset":"2013-02-01","reset_frequency":"monthly"}"#,
    r#"{"email":"test@example.com"}"#,
    PROFILE,
    r#"{"username":"test_username","user_id":1}"#,
    r#"{"email":"example@example.com"}"#,
    "{}",
    PROFILE,
    r#"{"username":"test_username"}"#,
];

const PROFILE: &str = r#"{"address":"814 West Chapman Avenue","address2":"","city":"Orange","company":"SendGrid","country":"US","first_name":"Test","last_name":"User","phone":"555-555-5555","state":"CA","website":"http://www.sendgrid.com","zip":"92868"}"#;

fn main() -> Result<(), Box<dyn Error + Send + Sync>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match arguments[..] {
        ["ours", "requests", rounds] => ours::requests(rounds.parse()?),
        ["hand", "requests", rounds] => by_hand::requests(rounds.parse()?),
        ["ours", "responses", rounds] => ours::responses(rounds.parse()?),
        ["hand", "responses", rounds] => by_hand::responses(rounds.parse()?),
        ["ours", "calls", rounds, url, in_flight] => {
            let (rounds, in_flight) = (rounds.parse()?, in_flight.parse()?);
            runtime()?.block_on(ours::calls(rounds, url, in_flight))
        }
        ["hand", "calls", rounds, url, in_flight] => {
            let (rounds, in_flight) = (rounds.parse()?, in_flight.parse()?);
            runtime()?.block_on(by_hand::calls(rounds, url, in_flight))
        }
        _ => Err("usage: costs ours|hand requests|responses|calls ROUNDS [URL IN_FLIGHT]".into()),
    }
}

/// One thread, so that the time of the process is the time of the work.
fn runtime() -> std::io::Result<tokio::runtime::Runtime> {
    tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
}
