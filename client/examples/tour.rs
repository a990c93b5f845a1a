//! All nine operations, against a mock server in this process: `cargo run --example tour`.
//!
//! With an account, the five that only read, against the real server:
//! `SENDGRID_API_KEY=… cargo run --example tour -- --real` (`--eu` for the EU server).

use std::error::Error as StdError;
use std::fmt::Debug;
use std::time::Duration;

use sendgrid_user::{
    ApiKey, Client, Error, OnBehalfOf, Server, UpdateEmailBody, UpdatePasswordBody,
    UpdateProfileError, UpdateUsernameBody, UserProfile,
};
use stencil_codegen::Config;
use stencil_codegen::mock::{Mock, Running};

type Outcome<T = ()> = Result<T, Box<dyn StdError>>;

#[tokio::main]
async fn main() -> Outcome {
    let asks_for = |flag: &str| std::env::args().any(|argument| argument == flag);
    if asks_for("--real") {
        let server = if asks_for("--eu") {
            Server::Eu
        } else {
            Server::Global
        };
        println!("The real server; nothing is changed there.\n");
        return read(
            &Client::builder(ApiKey::from_env("SENDGRID_API_KEY")?)
                .server(server)
                .build()?,
        )
        .await;
    }

    let mock = mock(None).await?;
    let client = Client::builder(ApiKey::new("SG.anything"))
        .base_url(mock.url())
        .build()?;
    println!(
        "A mock server, made from the same document as the client, on {}.\n",
        mock.url()
    );

    read(&client).await?;
    update(&client).await?;
    on_behalf_of_others(&client).await?;
    details(&client).await?;
    errors(&client).await?;
    rate_limit().await?;
    println!("\nThat was all of it.");
    Ok(())
}

/// Starts a mock server from the client's own document.
async fn mock(limit: Option<u32>) -> Outcome<Running> {
    let config = Config::new("../spec/tsg_user_v3.yaml")
        .overlay("../spec/tsg_user_v3.overlay.yaml")
        .root(env!("CARGO_MANIFEST_DIR"));
    let mock = Mock::new(stencil_codegen::resolved(&config)?);
    let mock = match limit {
        Some(requests) => mock.rate_limit(requests, Duration::from_secs(60)),
        None => mock,
    };
    Ok(mock.start(([127, 0, 0, 1], 0).into()).await?)
}

/// The five operations that read.
async fn read(client: &Client) -> Outcome {
    println!("Reading");
    let account = client.list_account().await?;
    show(
        "list_account",
        format_args!(
            "{} account, reputation {}",
            account.r#type, account.reputation
        ),
    );
    let credits = client.list_credit().await?;
    show(
        "list_credit",
        format_args!(
            "{} of {} left, reset {}",
            credits.remain, credits.total, credits.reset_frequency
        ),
    );
    show("list_email", client.list_email().await?.email);
    let profile = client.list_profile().await?;
    show(
        "list_profile",
        format_args!(
            "{} {}, {}",
            profile.first_name, profile.last_name, profile.city
        ),
    );
    let username = client.list_username().await?;
    show(
        "list_username",
        format_args!("{} (user {})", username.username, username.user_id),
    );
    Ok(())
}

/// The four operations that update, and what the next read then says.
async fn update(client: &Client) -> Outcome {
    println!("\nUpdating");
    let profile = client
        .update_profile(UserProfile::new().city("Denver").state("CO"))
        .await?;
    show("update_profile", format_args!("city {:?}", profile.city));
    same(
        "the next read",
        &client.list_profile().await?.city,
        &"Denver".to_owned(),
    )?;

    client
        .update_email(UpdateEmailBody::new().email("new@example.com"))
        .await?;
    same(
        "update_email",
        &client.list_email().await?.email,
        &"new@example.com".to_owned(),
    )?;

    client
        .update_username(UpdateUsernameBody::new().username("new_name"))
        .await?;
    same(
        "update_username",
        &client.list_username().await?.username,
        &"new_name".to_owned(),
    )?;

    let body = UpdatePasswordBody::new("new secret", "old secret");
    show("its body in a log", format_args!("{body:?}"));
    client.update_password(body).await?;
    show("update_password", "done");
    Ok(())
}

/// The same calls for a subuser and for a customer account: once for a call, or once for a client.
async fn on_behalf_of_others(client: &Client) -> Outcome {
    println!("\nOn behalf of others");
    let subuser = OnBehalfOf::subuser("tenant-7");
    client
        .update_profile(UserProfile::new().city("Boulder"))
        .on_behalf_of(subuser.clone())
        .await?;

    let tenant = client.on_behalf_of(subuser);
    same(
        "the subuser's city",
        &tenant.list_profile().await?.city,
        &"Boulder".to_owned(),
    )?;
    same(
        "the parent's city",
        &client.list_profile().await?.city,
        &"Denver".to_owned(),
    )?;

    let account = tenant
        .list_profile()
        .on_behalf_of(OnBehalfOf::account("1234"))
        .await?;
    same(
        "account 1234 (the call wins)",
        &account.city,
        &"Orange".to_owned(),
    )?;

    match tenant
        .list_profile()
        .on_behalf_of(OnBehalfOf::subuser("account-id 1234"))
        .await
    {
        Err(error) if error.is_request() => show("a subuser that reads as an account", error),
        other => return Err(format!("expected a refusal, found {other:?}").into()),
    }
    Ok(())
}

/// Status and headers, a deadline and a header for one call.
async fn details(client: &Client) -> Outcome {
    println!("\nDetails of a call");
    let response = client
        .list_email()
        .timeout(Duration::from_secs(2))
        .header("x-request-id", "tour-1")
        .send()
        .await?;
    show(
        "send() gives",
        format_args!(
            "{}, {} headers, {}",
            response.status(),
            response.headers().len(),
            response.email
        ),
    );
    Ok(())
}

/// Errors that the document declares are types; all others say what happened too.
async fn errors(client: &Client) -> Outcome {
    println!("\nErrors");
    // The mock server answers with the status that `Prefer` asks for.
    match client
        .update_profile(UserProfile::new())
        .header("prefer", "code=401")
        .await
    {
        Err(Error::Api(UpdateProfileError::Unauthorized(answer))) => {
            let first = answer.errors.iter().flatten().next();
            show(
                "Unauthorized, typed",
                format_args!("{:?}", first.and_then(|error| error.message.as_deref())),
            );
        }
        other => return Err(format!("expected a typed error, found {other:?}").into()),
    }
    match client.list_account().header("prefer", "code=503").await {
        Err(error) if error.is_server_error() => show("a predicate, and advice", error),
        other => return Err(format!("expected 503, found {other:?}").into()),
    }
    match Client::builder(ApiKey::new("SG.anything"))
        .base_url("http://api.sendgrid.com")
        .build()
    {
        Err(error) => show("a key over http", error),
        Ok(_) => return Err("http was taken".into()),
    }
    Ok(())
}

/// What the server says about how much more it will take.
async fn rate_limit() -> Outcome {
    println!("\nA rate limit of two requests");
    let mock = mock(Some(2)).await?;
    let client = Client::builder(ApiKey::new("SG.anything"))
        .base_url(mock.url())
        .build()?;
    for _ in 0..2 {
        let response = client.list_account().send().await?;
        show(
            "left",
            format_args!(
                "{:?}",
                response.rate_limit().and_then(|limit| limit.remaining)
            ),
        );
    }
    match client.list_account().await {
        Err(error) if error.is_rate_limited() => {
            show("refused", &error);
            show("wait", format_args!("{:?}", error.retry_after()));
            Ok(())
        }
        other => Err(format!("expected 429, found {other:?}").into()),
    }
}

fn show(what: &str, value: impl std::fmt::Display) {
    println!("  {what:<34} {value}");
}

/// Shows a value, and ends the tour if it is not the one that was written.
fn same<T: PartialEq + Debug>(what: &str, found: &T, expected: &T) -> Outcome {
    if found != expected {
        return Err(format!("{what}: expected {expected:?}, found {found:?}").into());
    }
    println!("  {what:<34} {found:?}");
    Ok(())
}
