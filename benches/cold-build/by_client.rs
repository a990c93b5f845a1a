use sendgrid_user::{
    ApiKey, Client, UpdateEmailBody, UpdatePasswordBody, UpdateUsernameBody, UserProfile,
};

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let client = Client::builder(ApiKey::from_env("SENDGRID_API_KEY")?).build()?;
    println!("{:?}", client.list_account().await?);
    println!("{:?}", client.list_credit().await?);
    println!("{:?}", client.list_email().await?);
    println!("{:?}", client.list_profile().await?);
    println!("{:?}", client.list_username().await?);
    client
        .update_email(UpdateEmailBody::new().email("a@example.com"))
        .await?;
    client
        .update_password(UpdatePasswordBody::new("new", "old"))
        .await?;
    client
        .update_profile(UserProfile::new().city("Denver"))
        .await?;
    client
        .update_username(UpdateUsernameBody::new().username("me"))
        .await?;
    Ok(())
}
