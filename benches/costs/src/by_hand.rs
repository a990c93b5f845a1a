//! The nine operations by hand, as a careful person writes them: `reqwest` and `serde`.

#[path = "../../cold-build/models.rs"]
mod models;

use std::error::Error;
use std::hint::black_box;
use std::time::Duration;

use models::{Account, Credit, Email, Nothing, Password, Profile, Username};
use reqwest::{Client, Method};
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::BODIES;

type Outcome<T> = Result<T, Box<dyn Error + Send + Sync>>;

#[derive(Clone)]
struct SendGrid {
    http: Client,
    url: String,
}

impl SendGrid {
    fn build<B: Serialize>(
        &self,
        method: Method,
        path: &str,
        body: Option<&B>,
    ) -> Outcome<reqwest::Request> {
        let url = format!("{}/v3/user/{path}", self.url);
        let mut request = self.http.request(method, url).bearer_auth("SG.key");
        if let Some(body) = body {
            request = request.json(body);
        }
        Ok(request.build()?)
    }

    async fn send<B: Serialize, T: DeserializeOwned>(
        &self,
        method: Method,
        path: &str,
        body: Option<&B>,
    ) -> Outcome<T> {
        let request = self.build(method, path, body)?;
        let response = self.http.execute(request).await?;
        Ok(response.error_for_status()?.json().await?)
    }
}

fn email() -> Email {
    Email {
        email: "a@example.com".into(),
    }
}

fn password() -> Password {
    Password {
        new_password: "new".into(),
        old_password: "old".into(),
    }
}

fn profile() -> Profile {
    Profile {
        city: Some("Denver".into()),
        ..Profile::default()
    }
}

fn username() -> Username {
    Username {
        username: "me".into(),
    }
}

pub(crate) fn requests(rounds: usize) -> Result<(), Box<dyn Error + Send + Sync>> {
    let client = SendGrid {
        http: Client::new(),
        url: "https://api.sendgrid.com".to_owned(),
    };
    for _ in 0..rounds {
        for path in ["account", "credits", "email", "profile", "username"] {
            black_box(client.build::<()>(Method::GET, path, None)?);
        }
        black_box(client.build(Method::PUT, "email", Some(&email()))?);
        black_box(client.build(Method::PUT, "password", Some(&password()))?);
        black_box(client.build(Method::PATCH, "profile", Some(&profile()))?);
        black_box(client.build(Method::PUT, "username", Some(&username()))?);
    }
    Ok(())
}

pub(crate) fn responses(rounds: usize) -> Result<(), Box<dyn Error + Send + Sync>> {
    for _ in 0..rounds {
        read::<Account>(BODIES[0])?;
        read::<Credit>(BODIES[1])?;
        read::<Email>(BODIES[2])?;
        read::<Profile>(BODIES[3])?;
        read::<Username>(BODIES[4])?;
        read::<Email>(BODIES[5])?;
        read::<Nothing>(BODIES[6])?;
        read::<Profile>(BODIES[7])?;
        read::<Username>(BODIES[8])?;
    }
    Ok(())
}

fn read<T: DeserializeOwned>(body: &str) -> Result<(), Box<dyn Error + Send + Sync>> {
    black_box(serde_json::from_slice::<T>(body.as_bytes())?);
    Ok(())
}

pub(crate) async fn calls(
    rounds: usize,
    url: &str,
    in_flight: usize,
) -> Result<(), Box<dyn Error + Send + Sync>> {
    let client = SendGrid {
        // Without deadlines a server that stalls would hold the caller for ever.
        http: Client::builder()
            .no_proxy()
            .connect_timeout(Duration::from_secs(5))
            .timeout(Duration::from_secs(15))
            .build()?,
        url: url.to_owned(),
    };
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

async fn round(client: &SendGrid) -> Outcome<()> {
    let none = None::<&()>;
    black_box(
        client
            .send::<_, Account>(Method::GET, "account", none)
            .await?,
    );
    black_box(
        client
            .send::<_, Credit>(Method::GET, "credits", none)
            .await?,
    );
    black_box(client.send::<_, Email>(Method::GET, "email", none).await?);
    black_box(
        client
            .send::<_, Profile>(Method::GET, "profile", none)
            .await?,
    );
    black_box(
        client
            .send::<_, Username>(Method::GET, "username", none)
            .await?,
    );
    black_box(
        client
            .send::<_, Email>(Method::PUT, "email", Some(&email()))
            .await?,
    );
    black_box(
        client
            .send::<_, Nothing>(Method::PUT, "password", Some(&password()))
            .await?,
    );
    black_box(
        client
            .send::<_, Profile>(Method::PATCH, "profile", Some(&profile()))
            .await?,
    );
    black_box(
        client
            .send::<_, Username>(Method::PUT, "username", Some(&username()))
            .await?,
    );
    Ok(())
}
