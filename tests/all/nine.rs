//! The nine operations as a test runs them, with what the document's own examples say.

use sendgrid_user::{
    Client, Error, UpdateEmailBody, UpdatePasswordBody, UpdateUsernameBody, UserProfile,
};

/// Runs all nine; gives the names of those that failed, with why.
pub(crate) async fn run(client: &Client) -> Vec<String> {
    let mut failed = Vec::new();
    let mut note = |name: &str, error: Option<String>| {
        failed.extend(error.map(|error| format!("{name}: {error}")));
    };
    note("list_account", said(client.list_account().await));
    note("list_credit", said(client.list_credit().await));
    note("list_email", said(client.list_email().await));
    let email = UpdateEmailBody::new().email("new@example.com");
    note("update_email", said(client.update_email(email).await));
    let password = UpdatePasswordBody::new("new", "old");
    note(
        "update_password",
        said(client.update_password(password).await),
    );
    note("list_profile", said(client.list_profile().await));
    let profile = UserProfile::new().city("Denver");
    note("update_profile", said(client.update_profile(profile).await));
    note("list_username", said(client.list_username().await));
    let username = UpdateUsernameBody::new().username("somebody");
    note(
        "update_username",
        said(client.update_username(username).await),
    );
    failed
}

fn said<T, E: stencil_runtime::ApiError>(result: Result<T, Error<E>>) -> Option<String> {
    result
        .err()
        .map(|error| format!("{error} {:?}", error.message()))
}
