//! Documents that are wrong, each with the place at fault counted by hand.

use stencil_tests::{compile, config, variant};

/// The report has just these places, as `line:column`, and this text.
fn refused(
    result: Result<stencil_codegen::Generated, stencil_codegen::Report>,
    place: &str,
    text: &str,
) {
    let report = result.expect_err("it must be refused").to_string();
    assert!(
        report.contains(&format!("{place}\n")),
        "no {place} in:\n{report}"
    );
    assert!(report.contains(text), "no `{text}` in:\n{report}");
}

#[test]
fn a_file_that_is_not_there() {
    let mut config = config();
    config.spec = "../spec/nothing.yaml".into();
    let report = stencil_codegen::generate(&config).unwrap_err().to_string();
    assert!(report.contains("../spec/nothing.yaml"), "{report}");
    assert!(report.contains("No such file"), "{report}");
}

#[test]
fn yaml_that_is_broken() {
    refused(
        compile("openapi: 3.1.0\ninfo: [\npaths: {}\n"),
        "openapi.yaml:2:7",
        "",
    );
    refused(
        compile("openapi: 3.1.0\ninfo:\n\ttitle: x\n"),
        "openapi.yaml:3:2",
        "",
    );
}

#[test]
fn json_that_is_broken() {
    let mut config = stencil_codegen::Config::new("");
    config.spec = stencil_codegen::Input::text("openapi.json", "{\n  \"openapi\": \"3.1.0\",\n}\n");
    refused(stencil_codegen::generate(&config), "openapi.json:3:1", "");
}

#[test]
fn a_key_that_stands_twice() {
    let text = "openapi: 3.1.0\ninfo:\n  title: a\n  version: '1'\n  title: b\npaths: {}\n";
    refused(compile(text), "openapi.yaml:5:3", "title");
}

#[test]
fn a_reference_to_nothing() {
    let old = "                    $ref: '#/components/schemas/Type'\n";
    let new = "                    $ref: '#/components/schemas/Typ'\n";
    refused(variant(old, new), "tsg_user_v3.yaml:57:21", "Type");
}

#[test]
fn two_operations_that_want_one_name_are_named_by_their_paths() {
    let generated = variant("operationId: ListCredit\n", "operationId: list_account\n").unwrap();
    for method in ["get_v3_user_account", "get_v3_user_credits"] {
        let code = format!("pub fn {method}(&self)");
        assert!(generated.source().contains(&code), "{method}");
    }
    assert!(!generated.source().contains("fn list_account"));
    // Line and column counted by hand.
    let told: Vec<String> = generated.losses.iter().map(ToString::to_string).collect();
    for place in ["tsg_user_v3.yaml:35:7", "tsg_user_v3.yaml:71:7"] {
        assert!(told.iter().any(|loss| loss.contains(place)), "{told:?}");
    }
}

#[test]
fn a_version_that_is_not_read() {
    refused(
        variant("openapi: 3.1.0", "openapi: 4.0.0"),
        "tsg_user_v3.yaml:1:1",
        "4.0.0",
    );
    refused(
        compile("swagger: '2.0'\ninfo: {}\npaths: {}\n"),
        "openapi.yaml:1:1",
        "2.0",
    );
}

#[test]
fn an_overlay_action_that_matches_nothing() {
    let mut config = config();
    config.overlays.push(stencil_codegen::Input::text(
        "more.yaml",
        "overlay: 1.0.0\ninfo: {title: x, version: '1'}\nactions:\n- target: $.paths['/none']\n  remove: true\n",
    ));
    refused(stencil_codegen::generate(&config), "more.yaml:4:3", "");
}

#[test]
fn every_problem_is_told_at_once() {
    let old = "                    $ref: '#/components/schemas/Type'\n";
    let new = "                    $ref: '#/components/schemas/Typ'\n";
    let text = stencil_tests::SPEC.replace(old, new).replacen(
        "$ref: '#/components/schemas/UserProfile'",
        "$ref: '#/components/schemas/Profile'",
        1,
    );
    let mut config = config();
    config.spec = stencil_codegen::Input::text("tsg_user_v3.yaml", text);
    let report = stencil_codegen::generate(&config).unwrap_err().to_string();
    assert!(
        report.contains(":57:21") && report.contains("2 problems"),
        "{report}"
    );
}
