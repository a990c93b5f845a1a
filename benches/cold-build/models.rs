//! The bodies of the nine operations, as a person writes them; read by `costs`, too.

use serde::{Deserialize, Serialize};

#[derive(Debug, Deserialize)]
#[allow(dead_code)]
pub(crate) struct Account {
    pub(crate) r#type: String,
    pub(crate) reputation: f64,
}

#[derive(Debug, Deserialize)]
#[allow(dead_code)]
pub(crate) struct Credit {
    pub(crate) remain: i64,
    pub(crate) total: i64,
    pub(crate) overage: i64,
    pub(crate) used: i64,
    pub(crate) last_reset: String,
    pub(crate) next_reset: String,
    pub(crate) reset_frequency: String,
}

#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct Email {
    pub(crate) email: String,
}

#[derive(Debug, Serialize)]
pub(crate) struct Password {
    pub(crate) new_password: String,
    pub(crate) old_password: String,
}

#[derive(Debug, Deserialize)]
pub(crate) struct Nothing {}

#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub(crate) struct Profile {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) address: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) address2: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) city: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) company: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) country: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) first_name: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) last_name: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) phone: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) state: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) website: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) zip: Option<String>,
}

#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct Username {
    pub(crate) username: String,
}
