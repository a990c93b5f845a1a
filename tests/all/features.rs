//! What documents can say, each in a small document of its own: what it becomes in Rust.
//!
//! The whole client of each stands beside its document, in `tests/cases`. That it compiles is shown by
//! `compile/features.rs`.

use stencil_tests::features;

/// The client of each case is the one beside it; `UPDATE_CASES=1` writes it, for review.
#[test]
fn every_case_gives_the_client_beside_it() {
    for name in features::names().unwrap() {
        let generated = features::generate(&name).unwrap_or_else(|report| panic!("{report}"));
        let path = features::folder(&name).join("client.rs");
        if std::env::var_os("UPDATE_CASES").is_some() {
            std::fs::write(&path, generated.source()).unwrap();
        }
        let expected = std::fs::read_to_string(&path).unwrap_or_default();
        assert!(
            expected == generated.source(),
            "{name}: the client is not {} any more; if that is right: UPDATE_CASES=1 cargo test -p stencil-tests",
            path.display()
        );
    }
}

/// The source without line breaks and runs of blanks, so that the printer's layout does not matter.
fn source(name: &str) -> String {
    let generated = features::generate(name).unwrap_or_else(|report| panic!("{report}"));
    generated
        .source()
        .split_whitespace()
        .collect::<Vec<_>>()
        .join(" ")
}

fn has(source: &str, code: &str) {
    assert!(source.contains(code), "no `{code}` in:\n{source}");
}

#[test]
fn what_is_read_only_is_not_sent() {
    let source = source("views");
    // `id` is only received, `secret` only sent, `name` is both.
    has(
        &source,
        "pub struct Thing { /// `id`. pub id: String, /// `name`. pub name: String, }",
    );
    has(
        &source,
        "pub struct ThingRequest { /// `name`. pub name: String, /// `secret`.",
    );
    has(&source, "body: ThingRequest) -> Call<CreateThing>");
    // What does not differ is one type.
    assert!(!source.contains("struct PlainRequest"), "{source}");
}

#[test]
fn a_discriminator_names_the_alternative() {
    let source = source("unions");
    has(
        &source,
        "pub enum Pet { /// Where `kind` is `cat`. Cat(Cat), /// Where `kind` is `dog`. Dog(Dog),",
    );
    has(&source, "const TAG: Option<&'static str> = Some(\"kind\");");
    // Without one the alternatives are told apart by what they have.
    has(&source, "pub enum Shape {");
    has(&source, "rt::fields::<Circle>");
}

#[test]
fn a_base_with_a_discriminator_is_one_of_what_is_made_from_it() {
    let source = source("unions");
    has(
        &source,
        "pub enum Vehicle { /// Where `wheels` is `Bike`. Bike(Bike), /// Where `wheels` is `Car`. Car(Car),",
    );
    // Each has the properties of the base.
    has(
        &source,
        "pub struct Bike { /// `wheels`. pub wheels: String,",
    );
}

#[test]
fn a_body_may_have_several_forms() {
    let source = source("bodies");
    has(
        &source,
        "pub enum UploadContent { /// As `application/json`. Json(",
    );
    has(&source, "/// As `multipart/form-data`. Multipart(");
    has(
        &source,
        "form.files(\"file\", Some(\"image/png\"), &body.file)",
    );
    has(&source, "form.field(\"note\", None, &body.note)");
    has(&source, "pub file: rt::Part,");
}

#[test]
fn formats_have_types() {
    let source = source("formats");
    for (field, ty) in [
        ("at", "rt::jiff::Timestamp"),
        ("day", "rt::jiff::civil::Date"),
        ("id", "rt::uuid::Uuid"),
        ("small", "i32"),
        ("count", "u64"),
        ("any", "i64"),
        ("address", "std::net::Ipv4Addr"),
        ("junk", "String"),
    ] {
        has(&source, &format!("pub {field}: {ty},"));
    }
    let mut config = stencil_codegen::Config::new("").string_format("date-time");
    config.spec =
        stencil_codegen::Input::text("openapi.yaml", features::document("formats").unwrap());
    let plain = stencil_codegen::generate(&config).unwrap();
    assert!(
        plain.source().contains("pub at: String"),
        "{}",
        plain.source()
    );
    assert_eq!(
        plain.runtime_features,
        ["jiff", "uuid"],
        "`day` still needs it"
    );
}

#[test]
fn operations_without_an_id_have_a_name_each() {
    let source = source("names");
    has(&source, "pub fn get_things_all(&self)");
    has(&source, "pub fn get_things_all_2(&self)");
    // Names of Rust and of the client itself.
    has(&source, "pub fn r#type(&self)");
    has(&source, "pub fn clone_operation(&self)");
    has(&source, "pub struct ErrorModel {");
}

#[test]
fn every_method_is_carried() {
    let source = source("methods");
    for method in ["GET", "HEAD", "OPTIONS", "TRACE", "QUERY", "LINK"] {
        has(
            &source,
            &format!("const METHOD: &'static str = \"{method}\";"),
        );
    }
}

#[test]
fn a_document_without_operations_has_types() {
    let source = source("types");
    has(
        &source,
        "pub struct PetAddedWebhook { /// `name`. pub name: String, }",
    );
    has(&source, "pub struct Numbers { /// `first`.");
    has(
        &source,
        "pub additional_properties: std::collections::BTreeMap<String, i64>, } rt::object!(Numbers { optional first = \"first\", ..additional_properties, });",
    );
}

#[test]
fn what_is_repaired_is_told() {
    let generated = features::generate("mistakes").unwrap();
    let told: Vec<String> = generated.losses.iter().map(ToString::to_string).collect();
    // Line and column counted by hand.
    for place in ["openapi.yaml:5:5", "openapi.yaml:7:7"] {
        assert!(
            told.iter().any(|loss| loss.contains(place)),
            "no {place} in {told:#?}"
        );
    }
    assert!(
        generated
            .source()
            .contains("pub fn get_thing(&self, id: impl Into<String>)")
    );
}

#[test]
fn only_what_is_asked_for_is_made() {
    let generate = |only: &[&str]| {
        let mut config = stencil_tests::config();
        config.only = only.iter().map(|name| (*name).to_owned()).collect();
        stencil_codegen::generate(&config)
    };
    let sections = |only: &[&str]| -> Vec<String> {
        generate(only)
            .unwrap()
            .sections()
            .into_iter()
            .map(|section| section.name)
            .collect()
    };
    assert_eq!(
        sections(&["ListAccount"]),
        ["client", "list_account", "schemas"]
    );
    let profile = ["client", "list_profile", "update_profile", "schemas"];
    assert_eq!(sections(&["/v3/user/profile"]), profile);
    assert_eq!(sections(&["/v3/user/p*"]).len(), 5, "password too");
    assert_eq!(
        sections(&["Users API"]).len(),
        11,
        "all of them have this tag"
    );
    // What is not needed any more is left out.
    let source = generate(&["ListAccount"]).unwrap().source();
    assert!(source.contains("enum Type") && !source.contains("struct UserProfile"));
    let report = generate(&["ListAcount"]).unwrap_err().to_string();
    assert!(report.contains("there is `ListAccount`"), "{report}");
}

#[test]
fn an_overlay_can_name_a_type() {
    let mut config = stencil_tests::config();
    config.overlays.push(stencil_codegen::Input::text(
        "names.yaml",
        "overlay: 1.0.0\ninfo: {title: x, version: '1'}\nactions:\n- target: $.components.schemas.Type\n  update: {x-stencil-name: account kind}\n",
    ));
    let source = stencil_codegen::generate(&config).unwrap().source();
    has(&source, "pub enum AccountKind {");
    has(&source, "pub r#type: AccountKind,");
}

#[test]
fn an_operation_takes_what_it_needs_of_several_credentials() {
    let source = source("security");
    has(
        &source,
        "pub fn builder(credentials: Credentials) -> ClientBuilder {",
    );
    has(
        &source,
        "pub fn key(self, api_key: ApiKey) -> Self { Self(self.0.and(\"key\", rt::Auth::header(\"X-Key\", api_key)))",
    );
    has(
        &source,
        "pub fn basic(self, user: impl Into<String>, password: ApiKey)",
    );
    has(&source, "pub fn token(self, token: impl Into<rt::Token>)");
    has(
        &source,
        "rt::ClientCredentials::new(\"https://example.com/token\", id, secret, &[\"read\"])",
    );
    has(&source, "= &[ &[\"key\"], &[\"basic\"], &[\"token\"], ];");
    // Two at once; what is sent like another is that one; none at all comes last.
    has(
        &source,
        "= &[ &[\"key\", \"account\"], &[\"token\"], &[], ];",
    );
    assert_eq!(
        source.matches("AUTHENTICATE: bool = false").count(),
        1,
        "`b` needs none"
    );
    assert!(!source.contains("fn old"), "{source}");
}

#[test]
fn a_document_may_consist_of_several_files() {
    let folder = tempfile::tempdir().unwrap();
    let write = |path: &str, text: &str| {
        let path = folder.path().join(path);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
    };
    write(
        "openapi.yaml",
        "openapi: 3.1.0\ninfo: { title: Small, version: '1' }\npaths:\n  /pets: { $ref: paths/pets.yaml }\ncomponents:\n  schemas:\n    Name: { type: string }\n",
    );
    write(
        "paths/pets.yaml",
        "get:\n  operationId: getPet\n  responses:\n    '200':\n      description: one\n      content: { application/json: { schema: { $ref: '../models/pet.yaml' } } }\n",
    );
    write(
        "models/pet.yaml",
        "type: object\nrequired: [name]\nproperties:\n  name: { $ref: '../openapi.yaml#/components/schemas/Name' }\n  friend: { $ref: '#' }\n  owner: { $ref: 'people.yaml#/Owner' }\n",
    );
    write(
        "models/people.yaml",
        "Owner: { type: object, properties: { age: { type: integer } } }\n",
    );
    let config = stencil_codegen::Config::new(folder.path().join("openapi.yaml")).files(true);
    let generated = stencil_codegen::generate(&config).unwrap();
    has(&generated.source(), "pub struct Pet {");
    has(&generated.source(), "pub friend: Option<Box<Pet>>,");
    has(&generated.source(), "pub owner: Option<Owner>,");
    assert_eq!(
        generated.files.len(),
        4,
        "all are watched: {:?}",
        generated.files
    );

    // A problem in another file has its place there.
    write(
        "models/people.yaml",
        "Owner:\n  type: object\n  properties:\n    age: { type: whole }\n",
    );
    let report = stencil_codegen::generate(&config).unwrap_err().to_string();
    assert!(report.contains("models/people.yaml:4:12"), "{report}");

    // Not unless allowed, and never out of the folder.
    let report = stencil_codegen::generate(&config.clone().files(false))
        .unwrap_err()
        .to_string();
    assert!(report.contains("openapi.yaml:4:12"), "{report}");
    for out in ["../secret.yaml", "/etc/hostname", "models/../../x.yaml"] {
        write("paths/pets.yaml", &format!("get: {{ $ref: '{out}' }}\n"));
        let report = stencil_codegen::generate(&config).unwrap_err().to_string();
        assert!(report.contains("paths/pets.yaml:1:8"), "{out}: {report}");
    }
    std::os::unix::fs::symlink("/etc/hostname", folder.path().join("link.yaml")).unwrap();
    write("paths/pets.yaml", "get: { $ref: '../link.yaml' }\n");
    let report = stencil_codegen::generate(&config).unwrap_err().to_string();
    assert!(report.contains("leads out of the folder"), "{report}");
}

#[test]
fn settings_change_names_types_and_traits() {
    let source = source("settings");
    has(&source, "pub fn fetch_thing(&self, id: impl Into<String>)");
    has(&source, "pub struct Thing { ");
    has(&source, "pub token: Option<Secret>,");
    has(&source, "pub color: Option<std::string::String>,");
    has(
        &source,
        "#[derive(Clone, Debug, PartialEq, Hash, Eq)] #[non_exhaustive] pub struct Size",
    );
    has(&source, "rt::object!(Size {");
    // A macro that is not the standard library's may read serde's attributes.
    for attribute in [
        "#[serde(rename = \"the text\")] pub the_text: String,",
        "pub owner: Option<i64>,",
        "#[serde(default, skip_serializing_if = \"Maybe::is_absent\")] pub note: Maybe<String>,",
        "#[serde(skip_serializing_if = \"Option::is_none\")] pub hint: Option<String>,",
        "#[serde(flatten)] pub additional_properties: std::collections::BTreeMap<String, i64>,",
    ] {
        has(&source, attribute);
    }
    assert!(!source.contains("object!(Label"), "{source}");
    // Set once for the client.
    has(
        &source,
        "pub fn x_tenant(&self, x_tenant: impl Into<String>) -> Self",
    );
}

#[test]
fn a_setting_that_means_nothing_is_an_error() {
    let refused = |text: &str| {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("stencil.toml");
        std::fs::write(&path, text).unwrap();
        std::fs::copy(
            features::folder("settings").join("openapi.yaml"),
            folder.path().join("openapi.yaml"),
        )
        .unwrap();
        let config = stencil_codegen::Config::from_file(&path);
        let report = config.and_then(|config| stencil_codegen::generate(&config));
        report.map(|_| ()).unwrap_err().to_string()
    };
    for (text, said) in [
        (
            "spec = 'openapi.yaml'\noverlays = 'x'",
            "there is `overlay`",
        ),
        ("spec = 'openapi.yaml'\nfiles = 'x'", "stencil.toml:2:1"),
        ("spec = 'openapi.yaml'\nfiles = ", "stencil.toml:2:9"),
        ("files = true", "`spec`"),
        (
            "spec = 'openapi.yaml'\n[rename]\ngetTheThin = 'x'",
            "there is `getTheThing`",
        ),
        ("spec = 'openapi.yaml'\n[types]\nduratio = 'x'", "`duratio`"),
        (
            "spec = 'openapi.yaml'\n[types]\nduration = 'x; y'",
            "no Rust path",
        ),
        ("spec = 'openapi.yaml'\n[derives]\nThin = 'Hash'", "`Thin`"),
        (
            "spec = 'openapi.yaml'\n[derives]\n'*' = 'Hash)] fn x() {} #[a('",
            "no Rust path",
        ),
        ("spec = 'openapi.yaml'\nsecrets = 'age2'", "`age2`"),
        ("spec = 'openapi.yaml'\nclient_parameters = 'id'", "`id`"),
        ("spec = 'openapi.yaml'\nruntime = '1'", "no Rust path"),
    ] {
        let report = refused(text);
        assert!(report.contains(said), "{text}\n{report}");
    }
}

#[test]
fn a_closed_list_of_different_things_is_a_tuple() {
    let source = source("tuples");
    has(&source, "pub from: (f64, f64),");
    has(&source, "pub label: Option<(String, Option<i64>)>,");
    has(&source, "pub next: Option<(Box<Line>,)>,");
    has(&source, "pub open: Option<rt::Value>,");
    let losses = features::generate("tuples").unwrap().losses;
    assert_eq!(losses.len(), 1, "the open one: {losses:?}");
}

#[test]
fn a_reference_to_nothing_is_a_loss_where_that_is_wanted() {
    let document = features::document("settings")
        .unwrap()
        .replace("schemas/Color'", "schemas/Colour'");
    let compile = |lenient: bool| {
        let mut config = stencil_codegen::Config::new("").lenient(lenient);
        config.spec = stencil_codegen::Input::text("openapi.yaml", document.as_str());
        stencil_codegen::generate(&config)
    };
    let report = compile(false).unwrap_err().to_string();
    assert!(
        report.contains("there is `#/components/schemas/Color`"),
        "{report}"
    );
    let generated = compile(true).unwrap();
    assert!(generated.source().contains("pub color: Option<rt::Value>"));
    assert!(
        generated
            .losses
            .iter()
            .any(|loss| loss.what.contains("names no schema"))
    );
}

#[test]
fn what_comes_item_by_item_is_read_so() {
    let source = source("streams");
    for output in [
        "rt::Items<Tick>",
        "rt::Items<rt::Event<Tick>>",
        "rt::Items<rt::Event<String>>",
        "rt::Items<ReadWholeItem>",
    ] {
        has(&source, &format!("type Output = {output};"));
    }
    has(&source, "200 => response.whole_events(),");
    // Where there is another form the caller chooses.
    has(&source, "type Output = Problem;");
    has(
        &source,
        "\"text/event-stream\", rt::RawResponse::events, ) .await",
    );
    has(
        &source,
        "impl Call<GetFile> { /// Sends the call, and gives the body while it comes.",
    );
    assert_eq!(
        features::generate("streams").unwrap().losses.len(),
        1,
        "`contentSchema`"
    );
}

#[test]
fn headers_of_responses_have_types() {
    let source = source("headers");
    has(&source, "pub x_total_count: Option<u64>,");
    has(&source, "pub x_tags: Option<Vec<String>>,");
    has(&source, "pub x_kind: Option<Kind>,");
    has(&source, "pub x_until: Option<rt::jiff::Timestamp>,");
    assert!(!source.contains("content_type: Option"), "{source}");
}

#[test]
fn parameters_may_be_json_or_the_whole_query() {
    let source = source("parameters");
    has(
        &source,
        "request.path(\"spot\", &rt::json_text(\"spot\", &self.spot)?)?;",
    );
    has(
        &source,
        "request.query(\"filter\", &rt::json_text(\"filter\", &self.filter)?)?;",
    );
    has(&source, "request.whole_query(&self.q)");
    has(&source, "request.whole_query_json(&self.q)");
    assert!(features::generate("parameters").unwrap().losses.is_empty());
}

#[test]
fn properties_of_a_form_are_written_as_the_document_says() {
    let source = source("forms");
    has(
        &source,
        "(\"metadata\", rt::FormField::Styled(rt::Style::DeepObject, true)),",
    );
    has(
        &source,
        "(\"codes\", rt::FormField::Styled(rt::Style::Form, false)),",
    );
    has(
        &source,
        "(\"tags\", rt::FormField::Styled(rt::Style::Form, true)),",
    );
    has(&source, "(\"note\", rt::FormField::Json),");
}

/// A range that begins at a status of its own is a mistake to clippy (`match_overlapping_arm`).
#[test]
fn other_successes_begin_after_those_that_are_declared() {
    for (declared, expected) in [
        (&["204"][..], "200..=299 => response.empty()"),
        (&["200"], "201..=299 => response.empty()"),
        (&["200", "201"], "202..=299 => response.empty()"),
        (&["200", "202"], "201..=299 => response.empty()"),
    ] {
        let responses: serde_json::Map<String, serde_json::Value> = declared
            .iter()
            .map(|status| {
                (
                    (*status).to_owned(),
                    serde_json::json!({ "description": "" }),
                )
            })
            .collect();
        let document = serde_json::json!({
            "openapi": "3.1.0",
            "info": { "title": "t", "version": "1" },
            "paths": { "/a": { "put": { "operationId": "a", "responses": responses } } }
        });
        let config = stencil_codegen::Config::new(stencil_codegen::Input::text(
            "a.json",
            document.to_string(),
        ));
        let generated = stencil_codegen::generate(&config).unwrap();
        has(&generated.source(), expected);
    }
}
