mod models;

use models::{Account, Credit, Email, Nothing, Password, Profile, Username};
use reqwest::{Client, Method};
use serde::Serialize;
use serde::de::DeserializeOwned;

type Outcome<T> = Result<T, Box<dyn std::error::Error>>;

struct SendGrid {
    http: Client,
    key: String,
}

impl SendGrid {
    async fn get<T: DeserializeOwned>(&self, path: &str) -> Outcome<T> {
        self.send::<(), T>(Method::GET, path, None).await
    }

    async fn send<B: Serialize, T: DeserializeOwned>(
        &self,
        method: Method,
        path: &str,
        body: Option<&B>,
    ) -> Outcome<T> {
        let url = format!("https://api.sendgrid.com/v3/user/{path}");
        let mut request = self.http.request(method, url).bearer_auth(&self.key);
        if let Some(body) = body {
            request = request.json(body);
        }
        Ok(request.send().await?.error_for_status()?.json().await?)
    }
}

#[tokio::main]
async fn main() -> Outcome<()> {
    let client = SendGrid {
        http: Client::new(),
        key: std::env::var("SENDGRID_API_KEY")?,
    };
    println!("{:?}", client.get::<Account>("account").await?);
    println!("{:?}", client.get::<Credit>("credits").await?);
    println!("{:?}", client.get::<Email>("email").await?);
    println!("{:?}", client.get::<Profile>("profile").await?);
    println!("{:?}", client.get::<Username>("username").await?.username);
    let email = Email {
        email: "a@example.com".into(),
    };
    client
        .send::<_, Email>(Method::PUT, "email", Some(&email))
        .await?;
    let password = Password {
        new_password: "new".into(),
        old_password: "old".into(),
    };
    client
        .send::<_, Nothing>(Method::PUT, "password", Some(&password))
        .await?;
    let profile = Profile {
        city: Some("Denver".into()),
        ..Profile::default()
    };
    client
        .send::<_, Profile>(Method::PATCH, "profile", Some(&profile))
        .await?;
    let username = Username {
        username: "me".into(),
    };
    client
        .send::<_, Username>(Method::PUT, "username", Some(&username))
        .await?;
    Ok(())
}
