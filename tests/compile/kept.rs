//! Those who call a client by its old names, which a lock keeps.

use stencil_tests::{features, shared};

use crate::outside::{Outside, dependency, said};

/// Written against `before.yaml` in the case `lock`.
const CALLER: &str = r#"
use by_lock::{Client, Error, GetCatsResponseFur, GetDogs, GetDogsError, GetDogsSort, Hound, HoundSize, Tail};

pub async fn caller(client: &Client) -> Result<usize, Error<GetDogsError>> {
    let answer = client.get_dogs().sort(GetDogsSort::Age).breed(by_lock::GetDogsBreed::Collie).await?;
    let by_lock::GetDogsResponse { dogs, mood, .. } = answer;
    if let Some(by_lock::GetDogsResponseMood::Wild) = mood {
        return Ok(0);
    }
    Ok(dogs.iter().filter(|dog| is_small(dog)).count())
}

fn is_small(dog: &Hound) -> bool {
    use HoundSize::*;
    matches!(dog.size, Some(Small))
}

pub fn data(client: &Client) -> GetDogs {
    client.get_dogs().operation().clone()
}

pub fn sent(client: &Client) {
    drop(client.put_dog(Hound::new("Rex").size(HoundSize::Large)));
}

pub fn error(error: &GetDogsError) -> u16 {
    match error {
        GetDogsError::NotFound(response) => response.status().as_u16(),
        _ => 0,
    }
}

pub async fn cats(client: &Client) -> bool {
    let cats = client.get_cats().await;
    cats.is_ok_and(|cats| cats.fur == Some(GetCatsResponseFur::Long) && cats.tail == Some(Tail::Long))
}
"#;

/// Written against the third state of SendGrid's document.
const HISTORY: &str = r"
use by_history::{Client, GetUserAccountResponse, GetUserAccountResponseType, PutUserEmailBody};

pub async fn caller(client: &Client) -> bool {
    let account: Option<GetUserAccountResponse> = client.get_user_account().await.ok();
    drop(client.put_user_email().body(PutUserEmailBody::new()).await);
    drop(client.get_user_credits().await);
    account.is_some_and(|account| account.r#type == GetUserAccountResponseType::Free)
}
";

#[test]
fn who_calls_by_old_names_is_warned_and_compiles() {
    let outside = Outside::new("kept");
    write(
        &outside,
        "by_lock",
        &features::generate("lock").unwrap().source(),
    );
    let mut members = vec!["caller", "by_lock"];
    let mut text = String::from("#![deny(warnings)]\n#![LEVEL(deprecated)]\npub mod caller {\n");
    text += &format!("{CALLER}}}\n");
    if let Some(folder) = shared("history/tsg_user_v3") {
        let states = stencil_tests::documents(&folder).unwrap();
        write(&outside, "by_history", &renamed(&states));
        members.push("by_history");
        text += &format!("pub mod history {{{HISTORY}}}\n");
    }
    outside.write(
        "Cargo.toml",
        &format!("[workspace]\nresolver = \"3\"\nmembers = {members:?}\n"),
    );
    let clients = members[1..]
        .iter()
        .map(|name| format!("{name} = {{ path = \"../{name}\" }}\n"));
    let clients = clients.collect::<Vec<_>>().concat();
    let manifest =
        "[package]\nname = \"caller\"\nversion = \"0.0.0\"\nedition = \"2024\"\n\n[dependencies]\n";
    outside.write("caller/Cargo.toml", &format!("{manifest}{clients}"));

    outside.write("caller/src/lib.rs", &text.replace("LEVEL", "allow"));
    outside.succeed(&["check"]);
    // What is told is that, and what to write.
    outside.write("caller/src/lib.rs", &text.replace("LEVEL", "forbid"));
    let output = said(&outside.cargo(&["check"]));
    assert!(
        output.contains(
            "use of deprecated method `by_lock::Client::get_dogs`: renamed to `list_dogs`"
        ),
        "{output}"
    );
    assert!(
        output.contains("use of deprecated type alias `by_lock::Hound`: renamed to `Dog`"),
        "{output}"
    );
    let others = output
        .lines()
        .filter(|line| line.starts_with("error") && !line.contains("use of deprecated"));
    assert_eq!(others.count(), 1, "cargo's own: {output}");
}

/// The client of the fourth state, where all operations have other ids, with the names of the third.
fn renamed(states: &[std::path::PathBuf]) -> String {
    let folder = tempfile::tempdir().unwrap();
    let spec = folder.path().join("api.yaml");
    let mut lock = folder.path().join("api.lock");
    for state in &states[1..4] {
        std::fs::copy(state, &spec).unwrap();
        let update =
            stencil_codegen::lock(&stencil_codegen::Config::new(spec.as_path()), &[], true)
                .unwrap();
        lock = update.path;
        std::fs::write(&lock, &update.text).unwrap();
    }
    drop(lock);
    stencil_codegen::generate(&stencil_codegen::Config::new(spec.as_path()))
        .unwrap()
        .source()
}

fn write(outside: &Outside, name: &str, client: &str) {
    let runtime = dependency("stencil-runtime", "runtime");
    outside.write(
        &format!("{name}/Cargo.toml"),
        &format!("[package]\nname = \"{name}\"\nversion = \"0.0.0\"\nedition = \"2024\"\n\n[dependencies]\nserde = {{ version = \"1\", features = [\"derive\"] }}\n{runtime}"),
    );
    outside.write(&format!("{name}/src/lib.rs"), client);
}
