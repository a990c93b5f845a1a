//! A crate that depends on the client.

use crate::outside::{Outside, dependency};

/// README's "depend on the client", as a program.
const MAIN: &str = r#"
use sendgrid_user::{ApiKey, Client, Error, OnBehalfOf, UpdateProfileError, UserProfile};

async fn rename(client: &Client) -> Result<(), Box<dyn std::error::Error>> {
    let account = client.list_account().await?;
    println!("{} {}", account.r#type, account.reputation);

    let response = client.list_credit().send().await?;
    println!("{} left, {:?}", response.remain, response.rate_limit());

    let tenant = client.on_behalf_of(OnBehalfOf::account("1234"));
    match tenant.update_profile(UserProfile::new().city("Denver")).await {
        Ok(profile) => println!("{profile:?}"),
        Err(Error::Api(UpdateProfileError::Unauthorized(answer))) => println!("{:?}", answer.errors),
        Err(error) if error.is_rate_limited() => println!("{:?}", error.rate_limit()),
        Err(error) => return Err(error.into()),
    }
    Ok(())
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let client = Client::builder(ApiKey::from_env("SENDGRID_API_KEY")?).build()?;
    drop(rename(&client));
    Ok(())
}
"#;

#[test]
fn a_dependent_builds_without_a_warning() {
    let outside = Outside::new("dependent");
    let client = dependency("sendgrid-user", "client");
    let manifest = "[package]\nname = \"dependent\"\nversion = \"0.0.0\"\nedition = \"2024\"\n\n[workspace]\n\n";
    outside.write("Cargo.toml", &format!("{manifest}[dependencies]\n{client}"));
    outside.write("src/main.rs", MAIN);
    let said = outside.succeed(&["check"]);
    assert!(!said.contains("warning"), "{said}");
}

#[test]
fn what_a_call_needs_is_an_argument() {
    // A required argument that is left out must not compile.
    let outside = Outside::new("wrong");
    let client = dependency("sendgrid-user", "client");
    let manifest =
        "[package]\nname = \"wrong\"\nversion = \"0.0.0\"\nedition = \"2024\"\n\n[workspace]\n\n";
    outside.write("Cargo.toml", &format!("{manifest}[dependencies]\n{client}"));
    outside.write(
        "src/lib.rs",
        "pub fn f(client: &sendgrid_user::Client) {\n    drop(client.update_password());\n}\n",
    );
    let output = outside.cargo(&["check"]);
    assert!(!output.status.success());
    assert!(
        crate::outside::said(&output).contains("error[E0061]"),
        "an argument is missing"
    );
}

#[test]
fn a_call_with_a_secret_in_its_body_has_no_way_to_be_repeated() {
    let outside = Outside::new("repeat");
    let client = dependency("sendgrid-user", "client");
    let manifest =
        "[package]\nname = \"repeat\"\nversion = \"0.0.0\"\nedition = \"2024\"\n\n[workspace]\n\n";
    outside.write("Cargo.toml", &format!("{manifest}[dependencies]\n{client}"));
    let body = "sendgrid_user::UpdateEmailBody::new()";
    let email = format!(
        "pub fn f(client: &sendgrid_user::Client) {{\n    drop(client.update_email({body}).repeatable());\n}}\n"
    );
    outside.write("src/lib.rs", &email);
    outside.succeed(&["check"]);
    let password = email
        .replace("update_email", "update_password")
        .replace(body, "sendgrid_user::UpdatePasswordBody::new(\"a\", \"b\")");
    outside.write("src/lib.rs", &password);
    let output = outside.cargo(&["check"]);
    assert!(!output.status.success());
    let said = crate::outside::said(&output);
    assert!(
        said.contains("`repeatable` exists") && said.contains("E0599"),
        "{said}"
    );
}
