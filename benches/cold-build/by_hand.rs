use reqwest::{Client, Method};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

type Outcome<T> = Result<T, Box<dyn std::error::Error>>;

#[derive(Debug, Deserialize)]
#[allow(dead_code)]
struct Account {
    r#type: String,
    reputation: f64,
}

#[derive(Debug, Deserialize)]
#[allow(dead_code)]
struct Credit {
    remain: i64,
    total: i64,
    overage: i64,
    used: i64,
    last_reset: String,
    next_reset: String,
    reset_frequency: String,
}

#[derive(Debug, Serialize, Deserialize)]
struct Email {
    email: String,
}

#[derive(Debug, Serialize)]
struct Password {
    new_password: String,
    old_password: String,
}

#[derive(Debug, Deserialize)]
struct Nothing {}

#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(default)]
struct Profile {
    #[serde(skip_serializing_if = "Option::is_none")]
    address: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    address2: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    city: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    company: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    country: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    first_name: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    last_name: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    phone: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    state: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    website: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    zip: Option<String>,
}

#[derive(Debug, Serialize, Deserialize)]
struct Username {
    username: String,
}

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
    let client = SendGrid { http: Client::new(), key: std::env::var("SENDGRID_API_KEY")? };
    println!("{:?}", client.get::<Account>("account").await?);
    println!("{:?}", client.get::<Credit>("credits").await?);
    println!("{:?}", client.get::<Email>("email").await?);
    println!("{:?}", client.get::<Profile>("profile").await?);
    println!("{:?}", client.get::<Username>("username").await?.username);
    let email = Email { email: "a@example.com".into() };
    client.send::<_, Email>(Method::PUT, "email", Some(&email)).await?;
    let password = Password { new_password: "new".into(), old_password: "old".into() };
    client.send::<_, Nothing>(Method::PUT, "password", Some(&password)).await?;
    let profile = Profile { city: Some("Denver".into()), ..Profile::default() };
    client.send::<_, Profile>(Method::PATCH, "profile", Some(&profile)).await?;
    let username = Username { username: "me".into() };
    client.send::<_, Username>(Method::PUT, "username", Some(&username)).await?;
    Ok(())
}
