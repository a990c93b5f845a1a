//! A client whose operations are behind Cargo features by tag: it compiles with any of them.

use crate::outside::{Outside, cargo, said};

const SPEC: &str = "openapi: 3.1.0
info: { title: Zoo, version: '1' }
paths:
  /status:
    get:
      operationId: getStatus
      responses:
        '200': { description: s, content: { application/json: { schema: { $ref: '#/components/schemas/Status' } } } }
  /pets:
    get:
      operationId: listPets
      tags: [Pets]
      parameters:
        - { name: X-Keeper, in: header, x-stencil-client: true, schema: { enum: [day, night] } }
        - { name: mood, in: query, schema: { $ref: '#/components/schemas/Mood' } }
      responses:
        '200': { description: p, content: { application/json: { schema: { $ref: '#/components/schemas/Pet' } } } }
        '404': { description: n, content: { application/json: { schema: { $ref: '#/components/schemas/Problem' } } } }
  /animals:
    post:
      operationId: addAnimal
      tags: [Wild Animals]
      requestBody:
        required: true
        content: { application/json: { schema: { $ref: '#/components/schemas/Animal' } } }
      responses:
        '200': { description: p, content: { application/json: { schema: { $ref: '#/components/schemas/Animal' } } } }
        '404': { description: n, content: { application/json: { schema: { $ref: '#/components/schemas/Problem' } } } }
  /feed:
    put:
      operationId: feed
      tags: [blocking, Pets]
      requestBody:
        content: { application/json: { schema: { type: object, properties: { food: { enum: [hay, meat] } } } } }
      responses:
        '204': { description: done }
components:
  schemas:
    Status: { type: object, properties: { open: { $ref: '#/components/schemas/Open' } } }
    Open: { enum: ['yes', 'no'] }
    Mood: { enum: [calm, wild] }
    Pet: { type: object, required: [name], properties: { name: { type: string }, mood: { $ref: '#/components/schemas/Mood' } } }
    Animal:
      oneOf:
        - { $ref: '#/components/schemas/Bear' }
        - { $ref: '#/components/schemas/Pet' }
    Bear: { type: object, required: [claws], properties: { claws: { type: integer } } }
    Problem: { type: object, properties: { open: { $ref: '#/components/schemas/Open' }, why: { enum: [away] } } }
";

#[test]
fn each_feature_compiles_alone_and_with_the_others() {
    let outside = Outside::new("tag-features");
    outside.write("openapi.yaml", SPEC);
    let mut command = cargo(&[
        "run",
        "--quiet",
        "-p",
        "stencil-codegen",
        "--features",
        "cli",
        "--",
    ]);
    command.current_dir(stencil_tests::root()).arg("generate");
    command
        .arg(outside.path().join("openapi.yaml"))
        .arg("--tag-features");
    command.arg("--crate").arg(outside.path().join("zoo"));
    command
        .arg("--runtime-path")
        .arg(stencil_tests::root().join("runtime"));
    let output = command.output().unwrap();
    assert!(output.status.success(), "{}", said(&output));
    outside.write(
        "Cargo.toml",
        "[workspace]\nresolver = \"3\"\nmembers = [\"zoo\"]\n",
    );

    // `blocking` is a feature that every crate has.
    let tags = ["blocking-2", "pets", "wild-animals"];
    let source = std::fs::read_to_string(outside.path().join("zoo/src/client.rs")).unwrap();
    let source = source.split_whitespace().collect::<Vec<_>>().join(" ");
    for (item, features) in [
        ("pub struct GetStatus", &[][..]),
        ("pub struct Status", &[]),
        ("pub enum Open", &[]),
        ("pub struct ListPets", &["pets"]),
        ("pub enum ListPetsError", &["pets"]),
        ("pub enum ListPetsXKeeper", &[]),
        ("pub enum Mood", &["pets", "wild-animals"]),
        ("pub struct Pet", &["pets", "wild-animals"]),
        ("pub struct Problem", &["pets", "wild-animals"]),
        ("pub enum ProblemWhy", &["pets", "wild-animals"]),
        ("pub enum Animal", &["wild-animals"]),
        ("pub struct Bear", &["wild-animals"]),
        ("pub struct FeedBody", &["blocking-2", "pets"]),
        ("pub enum FeedBodyFood", &["blocking-2", "pets"]),
    ] {
        assert_eq!(gate(&source, &format!("{item} {{")), features, "{item}");
    }

    outside.succeed(&["check", "--no-default-features"]);
    for tag in tags {
        outside.succeed(&["check", "--no-default-features", "--features", tag]);
    }
    let all = ["check", "--no-default-features", "--features"];
    outside.succeed(&[&all[..], &["all-tags,blocking"]].concat());
    let manifest = std::fs::read_to_string(outside.path().join("zoo/Cargo.toml")).unwrap();
    assert!(
        manifest.contains("default = [\"rustls\", \"all-tags\"]"),
        "{manifest}"
    );
}

/// The features that stand above an item.
fn gate<'a>(source: &'a str, item: &str) -> Vec<&'a str> {
    let before = &source[..source.find(item).unwrap_or_else(|| panic!("no {item}"))];
    // What belongs to the item follows the end of the one before.
    let start = before.rfind(['}', ';']).unwrap_or(0);
    let parts = before[start..].split("feature = \"").skip(1);
    parts.map(|part| &part[..part.find('"').unwrap()]).collect()
}
