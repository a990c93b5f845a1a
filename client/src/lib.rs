//! A client of the Twilio SendGrid User API: account, credits, email, password, profile and username.
//!
//! ```no_run
//! use sendgrid_user::{ApiKey, Client, Error, OnBehalfOf, Server, UpdateProfileError, UserProfile};
//!
//! # async fn example() -> Result<(), Box<dyn std::error::Error>> {
//! let client = Client::builder(ApiKey::from_env("SENDGRID_API_KEY")?).server(Server::Eu).build()?;
//!
//! let account = client.list_account().await?;
//! println!("reputation {}", account.reputation);
//!
//! let tenant = client.on_behalf_of(OnBehalfOf::account("1234"));
//! match tenant.update_profile(UserProfile::new().city("Denver")).await {
//!     Ok(profile) => println!("{profile:?}"),
//!     Err(error) if error.is_rate_limited() => println!("later: {:?}", error.rate_limit()),
//!     Err(Error::Api(UpdateProfileError::Unauthorized(answer))) => println!("{:?}", answer.errors),
//!     Err(error) => return Err(error.into()),
//! }
//! # Ok(())
//! # }
//! ```
//!
//! Each operation is a method of [`Client`]. What it requires is an argument, what is optional is a
//! setter of the [`Call`] that it gives; `.await` the call for the body, or `.send().await` it for the
//! [`Response`] with status, headers and rate limit.
//!
//! # Features
//!
//! | feature | what it adds |
//! | --- | --- |
//! | `generate` (default) | the code is made from the document by `build.rs`; without it, the same code from `src/generated.rs` is compiled, in less time |
//! | `rustls` (default) | TLS by rustls |
//! | `native-tls` | TLS by the operating system |
//! | `blocking` | `Call::send_blocking`, for programs without an async runtime |
//! | `tracing` | a span for each call, an event for each attempt; never values |
//! | `gzip` | bodies that are compressed |

#[cfg(feature = "generate")]
include!(concat!(env!("OUT_DIR"), "/client.rs"));
#[cfg(not(feature = "generate"))]
include!("generated.rs");
