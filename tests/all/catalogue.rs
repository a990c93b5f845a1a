//! Every kind of error has a document beside the report that it gives: what a user meets, for review.

use std::collections::BTreeSet;
use std::fs;
use std::path::PathBuf;

use stencil_codegen::diagnostic::Code;
use stencil_codegen::{Config, generate};

fn folder() -> PathBuf {
    stencil_tests::root().join("tests/errors")
}

fn report(name: &str) -> String {
    let folder = folder().join(name);
    let settings = folder.join("stencil.toml");
    let config = if settings.exists() {
        Config::from_file(&settings)
    } else {
        Ok(Config::new("openapi.yaml").root(&folder))
    };
    let report = config
        .and_then(|config| generate(&config))
        .map(|_| ())
        .unwrap_err();
    // The folder is another one on each machine.
    let here = format!("{}/", folder.display());
    report.to_string().replace(&here, "")
}

fn names() -> Vec<String> {
    let entries = fs::read_dir(folder()).unwrap().map(|entry| entry.unwrap());
    let folders = entries.filter(|entry| entry.path().is_dir());
    let mut names: Vec<String> = folders
        .map(|entry| entry.file_name().into_string().unwrap())
        .collect();
    names.sort();
    names
}

#[test]
fn each_document_gives_the_report_beside_it() {
    for name in names() {
        let told = report(&name);
        let path = folder().join(&name).join("report.txt");
        if std::env::var_os("UPDATE_CASES").is_some() {
            fs::write(&path, &told).unwrap();
        }
        let expected = fs::read_to_string(&path).unwrap_or_default();
        assert!(
            told == expected,
            "{name} tells something else now:\n{told}\nif that is right: UPDATE_CASES=1 cargo test -p stencil-tests"
        );
        // What every user needs: the kind, and where.
        let (code, _) = name.split_once('-').unwrap();
        let code = if name == "duplicate-key" {
            "duplicate-key"
        } else {
            code
        };
        assert!(told.contains(&format!("error[{code}]")), "{name}:\n{told}");
        assert!(told.contains("--> "), "{name}:\n{told}");
    }
}

#[test]
fn every_code_is_in_the_catalogue() {
    let readme = fs::read_to_string(folder().join("README.md")).unwrap();
    let names: BTreeSet<String> = names().into_iter().collect();
    for code in Code::ALL {
        let code = code.as_str();
        assert!(
            names.iter().any(|name| name.starts_with(code)),
            "no document for `{code}`"
        );
        assert!(
            readme.contains(&format!("| `{code}` |")),
            "`{code}` is not in the README"
        );
    }
}
