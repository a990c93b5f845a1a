//! Many calls at once, and many calls with faults, against a server in the same process:
//! `cargo run --release -p stencil-runtime --example load` (10,000 calls, 64 at once, beside `reqwest` itself), then
//! `-- soak 1800` for a soak of so many seconds with 10 % mixed faults.

mod run;
mod server;

use std::time::Duration;

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match arguments.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        [] => {
            println!("{}", run::load(10_000, 64).await?);
        }
        ["soak", seconds] => {
            let length = Duration::from_secs(seconds.parse()?);
            println!(
                "{}",
                run::soak(length, 16, |line| println!("{line}")).await?
            );
        }
        _ => println!("load [soak SECONDS]"),
    }
    Ok(())
}
