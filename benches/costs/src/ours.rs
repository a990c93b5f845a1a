//! The nine operations by the generated client.

use std::error::Error;
use std::hint::black_box;

use sendgrid_user::{
    ApiKey, Call, Client, UpdateEmailBody, UpdatePasswordBody, UpdateUsernameBody, UserProfile,
};
use stencil_runtime::{HeaderMap, Method, Operation, RawResponse, Request, StatusCode};

use crate::BODIES;

type Outcome = Result<(), Box<dyn Error + Send + Sync>>;

pub(crate) fn requests(rounds: usize) -> Outcome {
    let client = Client::builder(ApiKey::new("SG.key")).build()?;
    for _ in 0..rounds {
        build(&client.list_account())?;
        build(&client.list_credit())?;
        build(&client.list_email())?;
        build(&client.list_profile())?;
        build(&client.list_username())?;
        build(&client.update_email(UpdateEmailBody::new().email("a@example.com")))?;
        build(&client.update_password(UpdatePasswordBody::new("new", "old")))?;
        build(&client.update_profile(UserProfile::new().city("Denver")))?;
        build(&client.update_username(UpdateUsernameBody::new().username("me")))?;
    }
    Ok(())
}

fn build<O: Operation>(call: &Call<O>) -> Outcome {
    let method = Method::from_bytes(O::METHOD.as_bytes())?;
    let mut request = Request::new(method, O::PATH, O::ACCEPT);
    call.operation().encode(&mut request)?;
    black_box(request);
    Ok(())
}

pub(crate) fn responses(rounds: usize) -> Outcome {
    use sendgrid_user as user;
    for _ in 0..rounds {
        read::<user::ListAccount>(BODIES[0])?;
        read::<user::ListCredit>(BODIES[1])?;
        read::<user::ListEmail>(BODIES[2])?;
        read::<user::ListProfile>(BODIES[3])?;
        read::<user::ListUsername>(BODIES[4])?;
        read::<user::UpdateEmail>(BODIES[5])?;
        read::<user::UpdatePassword>(BODIES[6])?;
        read::<user::UpdateProfile>(BODIES[7])?;
        read::<user::UpdateUsername>(BODIES[8])?;
    }
    Ok(())
}

fn read<O: Operation>(body: &'static str) -> Outcome {
    let body = stencil_runtime::Bytes::from_static(body.as_bytes());
    let response = RawResponse::new(StatusCode::OK, HeaderMap::new(), body);
    match O::decode(response) {
        Ok(response) => drop(black_box(response)),
        Err(_) => return Err(format!("{} does not decode", O::ID).into()),
    }
    Ok(())
}

pub(crate) async fn calls(rounds: usize, url: &str, in_flight: usize) -> Outcome {
    let client = Client::builder(ApiKey::new("SG.key"))
        .base_url(url)
        .build()?;
    let mut tasks = tokio::task::JoinSet::new();
    for first in 0..in_flight {
        let client = client.clone();
        let rounds = (first..rounds).step_by(in_flight).count();
        tasks.spawn(async move {
            for _ in 0..rounds {
                round(&client).await?;
            }
            Outcome::Ok(())
        });
    }
    while let Some(task) = tasks.join_next().await {
        task??;
    }
    Ok(())
}

async fn round(client: &Client) -> Result<(), Box<dyn Error + Send + Sync>> {
    black_box(client.list_account().await?);
    black_box(client.list_credit().await?);
    black_box(client.list_email().await?);
    black_box(client.list_profile().await?);
    black_box(client.list_username().await?);
    let email = UpdateEmailBody::new().email("a@example.com");
    black_box(client.update_email(email).await?);
    black_box(
        client
            .update_password(UpdatePasswordBody::new("new", "old"))
            .await?,
    );
    black_box(
        client
            .update_profile(UserProfile::new().city("Denver"))
            .await?,
    );
    black_box(
        client
            .update_username(UpdateUsernameBody::new().username("me"))
            .await?,
    );
    Ok(())
}
