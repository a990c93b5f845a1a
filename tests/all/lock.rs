//! Names that last: what a lock holds against a change of the document, and what it lets through.

use std::collections::BTreeMap;

use stencil_codegen::diff::{RustLevel, Side, compare};
use stencil_codegen::{Config, Input, LockFile, generate, lock};
use stencil_tests::{compile, features, shared};

/// What a client is made of: its methods, and its types.
fn names(source: &str) -> (Vec<String>, Vec<String>) {
    let starts = |starts: &[&str]| {
        let lines = source.lines().map(str::trim);
        let named = lines.filter_map(|line| {
            let rest = starts.iter().find_map(|start| line.strip_prefix(start))?;
            let end = rest.find(|c: char| !c.is_alphanumeric() && c != '_')?;
            Some(rest[..end].to_owned())
        });
        named.collect::<Vec<_>>()
    };
    let types = starts(&["pub struct ", "pub enum "]);
    let calls = source.replace("&self,", "&self");
    let methods = calls.lines().map(str::trim).filter_map(|line| {
        let rest = line.strip_prefix("pub fn ")?;
        let (name, rest) = rest.split_once('(')?;
        (rest.starts_with("&self") && rest.contains("-> Call<")).then(|| name.to_owned())
    });
    (methods.collect(), types)
}

fn config(document: &str, lock: &str) -> Config {
    let mut config = Config::new("");
    config.spec = Input::text("openapi.yaml", document);
    config.lock(Input::text("openapi.lock", lock))
}

/// The first lock of a document.
fn first(document: &str) -> String {
    update(document, "version: 1\n", &[])
}

fn update(document: &str, old: &str, keep: &[&str]) -> String {
    let keep: Vec<String> = keep.iter().map(|name| (*name).to_owned()).collect();
    let update = lock(&config(document, old), &keep, false);
    update.unwrap_or_else(|report| panic!("{report}")).text
}

fn notes(document: &str, old: &str) -> Vec<String> {
    lock(&config(document, old), &[], false).unwrap().notes
}

fn source(document: &str, lock: &str) -> String {
    let generated = generate(&config(document, lock));
    generated
        .unwrap_or_else(|report| panic!("{report}"))
        .source()
}

fn before() -> String {
    std::fs::read_to_string(features::folder("lock").join("before.yaml")).unwrap()
}

fn after() -> String {
    features::document("lock").unwrap()
}

/// A document with these operations: method, path and id.
fn operations(all: &[(&str, &str, &str)]) -> String {
    let mut paths: BTreeMap<&str, String> = BTreeMap::new();
    for (method, path, id) in all {
        *paths.entry(path).or_default() += &format!(
            "    {method}:\n      operationId: {id}\n      responses: {{ '204': {{ description: done }} }}\n"
        );
    }
    let paths = paths
        .iter()
        .map(|(path, text)| format!("  {path}:\n{text}"));
    let paths = paths.collect::<Vec<_>>().concat();
    format!("openapi: 3.1.0\ninfo: {{ title: Things, version: '1' }}\npaths:\n{paths}")
}

#[test]
fn a_lock_that_is_current_changes_no_byte() {
    let mut documents: Vec<String> = Vec::new();
    for name in features::names().unwrap() {
        documents.push(features::document(&name).unwrap());
    }
    for folder in ["corpus/sendgrid", "history/tsg_user_v3"] {
        for path in shared(folder)
            .iter()
            .flat_map(|path| stencil_tests::documents(path).unwrap())
        {
            documents.push(std::fs::read_to_string(path).unwrap());
        }
    }
    for document in documents {
        let without = compile(&document).unwrap().source();
        let lock = first(&document);
        assert_eq!(without, source(&document, &lock));
        let again = stencil_codegen::lock(&config(&document, &lock), &[], false).unwrap();
        assert_eq!(lock, again.text, "what is current stays");
        assert!(again.is_current() && again.notes.is_empty());
    }
}

#[test]
fn the_lock_of_the_case_is_what_the_command_writes() {
    let case = std::fs::read_to_string(features::folder("lock").join("openapi.lock")).unwrap();
    let kept = update(&after(), &first(&before()), &["get_dogs", "Hound"]);
    assert_eq!(case, kept);
    assert_eq!(
        kept,
        update(&after(), &kept, &[]),
        "what is kept stays kept"
    );
}

#[test]
fn names_follow_the_documents_words_and_nothing_else() {
    let (methods, types) = names(&source(&after(), &first(&before())));
    // The ids and the key that changed did so by a person's hand.
    assert_eq!(methods, ["list_dogs", "put_dog", "get_cats"]);
    for name in [
        "ListDogs",
        "ListDogsSort",
        "ListDogsBreed",
        "Dog",
        "DogSize",
    ] {
        assert!(types.contains(&name.to_owned()), "{name}: {types:?}");
    }
    // What has a key now, and what has none any more, are the types that they were.
    for name in ["GetCatsResponseFur", "Tail"] {
        assert!(types.contains(&name.to_owned()), "{name}: {types:?}");
    }
    // Without the lock they would not be.
    let (_, types) = names(&compile(&after()).unwrap().source());
    assert!(types.contains(&"Fur".to_owned()) && types.contains(&"GetCatsResponseTail".to_owned()));
}

#[test]
fn a_parameter_keeps_its_name_whatever_stands_before_it() {
    // Both are enums: by number they would change places, and callers would send the one for the other.
    let lock = first(&before());
    let same_id = after().replace("listDogs", "getDogs");
    let source = source(&same_id, &lock);
    let source = source.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(
        source.contains("pub enum GetDogsSort { /// `age` Age,"),
        "{source}"
    );
    assert!(
        source.contains("pub enum GetDogsBreed { /// `collie` Collie,"),
        "{source}"
    );
}

#[test]
fn another_operation_takes_no_name() {
    let alone = operations(&[("get", "/a", "getThings")]);
    let both = operations(&[("get", "/a", "getThings"), ("get", "/b", "get_things")]);
    let (methods, _) = names(&compile(&both).unwrap().source());
    assert_eq!(methods, ["get_a", "get_b"], "neither has it without a lock");
    let (methods, types) = names(&source(&both, &first(&alone)));
    assert_eq!(methods, ["get_things", "get_b"]);
    assert!(types.contains(&"GetThings".to_owned()) && types.contains(&"GetB".to_owned()));
    // And back: who had to have another name has it still.
    let (methods, _) = names(&source(&alone, &first(&both)));
    assert_eq!(methods, ["get_a"]);
}

#[test]
fn an_old_name_is_free_again_only_when_it_is_given_up() {
    let lock = first(&operations(&[("get", "/a", "old")]));
    let renamed = operations(&[("get", "/a", "new")]);
    let kept = update(&renamed, &lock, &["old"]);
    assert!(
        kept.contains("\"old\": \"new\"") && kept.contains("\"Old\": \"New\""),
        "{kept}"
    );
    // Something else that would be called so is called otherwise.
    let other = operations(&[("get", "/a", "new"), ("get", "/b", "old")]);
    let (methods, types) = names(&source(&other, &kept));
    assert_eq!(methods, ["new", "old", "old_operation"]);
    assert_eq!(
        types
            .iter()
            .filter(|name| name.starts_with("Old"))
            .collect::<Vec<_>>(),
        ["OldOperation"]
    );
    // Renamed once more, the old name leads to the new one, with a stale lock too.
    let again = operations(&[("get", "/a", "newest")]);
    assert!(source(&again, &kept).contains("self.newest()"));
    assert!(update(&again, &kept, &[]).contains("\"old\": \"newest\""));
    // Named as it was at first, there is no old name.
    let back = operations(&[("get", "/a", "old")]);
    let (methods, _) = names(&source(&back, &kept));
    assert_eq!(methods, ["old"]);
    assert!(!update(&back, &kept, &[]).contains("kept:"));
}

#[test]
fn what_is_gone_is_told_and_dropped() {
    let lock = first(&before());
    let kept = update(&after(), &lock, &["get_dogs"]);
    let cats = after();
    let cats = cats.replace(
        &cats[cats.find("  /dogs:").unwrap()..cats.find("  /cats:").unwrap()],
        "",
    );
    let told = notes(&cats, &kept);
    for line in [
        "`list_dogs` is gone",
        "`Dog` is gone",
        "`get_dogs`, an old name of `list_dogs`, is dropped: that is gone",
    ] {
        assert!(told.contains(&line.to_owned()), "{line}: {told:#?}");
    }
    let now = update(&cats, &kept, &[]);
    assert!(!now.contains("dogs") && !now.contains("kept"), "{now}");
    // Before that it is not used for anything else.
    assert_eq!(source(&cats, &kept), source(&cats, &now));
}

#[test]
fn a_name_that_cannot_be_kept_is_refused() {
    let lock = first(&before());
    for (name, why) in [
        (
            "get_dog",
            "there is no `get_dog` in the lock: there is `get_dogs`",
        ),
        ("put_dog", "`put_dog` has that name still"),
        ("old=nothing", "there is no `nothing` in the lock"),
    ] {
        let report = lock_error(&after(), &lock, name);
        assert!(report.contains(why), "{report}");
    }
    let cats = after();
    let cats = cats.replace(
        &cats[cats.find("  /dogs:").unwrap()..cats.find("  /cats:").unwrap()],
        "",
    );
    let report = lock_error(&cats, &lock, "get_dogs");
    assert!(report.contains("`get_dogs` is gone"), "{report}");
    // What would be no name is none, whichever way it comes.
    let report = lock_error(&after(), &lock, "a b=put_dog");
    assert!(report.contains("`a b` is no name for a method"), "{report}");
    let report = lock_error(&after(), &lock, "get_cats=put_dog");
    assert!(
        report.contains("`get_cats` is the name of something else"),
        "{report}"
    );
}

fn lock_error(document: &str, old: &str, keep: &str) -> String {
    lock(&config(document, old), &[keep.to_owned()], false)
        .unwrap_err()
        .to_string()
}

#[test]
fn the_document_can_call_things_what_it_likes() {
    let key = "null: # \\\\ \\u2028\\u0007\\\"";
    let document = format!(
        "openapi: 3.1.0\ninfo: {{ title: Odd, version: '1' }}\npaths:\n  \"/{long}/{key}\":\n    get:\n      operationId: \"{key}\"\n      responses: {{ '200': {{ description: d, content: {{ application/json: {{ schema: {{ type: object, properties: {{ \"{key}\": {{ enum: [a] }}, {long}: {{ enum: [b] }} }} }} }} }} }} }}\n",
        long = "long".repeat(200)
    );
    let lock = first(&document);
    assert_eq!(
        source(&document, &lock),
        compile(&document).unwrap().source()
    );
    assert_eq!(update(&document, &lock, &[]), lock);
    assert!(!lock.contains(['\u{7}', '\u{2028}']));
}

#[test]
fn a_lock_beside_the_document_is_found_and_can_be_left_out() {
    let folder = tempfile::tempdir().unwrap();
    let write = |name: &str, text: &str| std::fs::write(folder.path().join(name), text).unwrap();
    write("api.v1.yaml", &after());
    let config = || Config::new("api.v1.yaml").root(folder.path());
    let without = generate(&config()).unwrap();
    assert_eq!(without.files.len(), 1);
    let first = first(&before());
    write("api.v1.lock", &first);
    let with = generate(&config()).unwrap();
    assert_eq!(with.files.len(), 2, "cargo runs again when it changes");
    assert!(with.source() != without.source() && with.source().contains("GetCatsResponseFur"));
    let mut none = config();
    none.lock = LockFile::None;
    assert_eq!(generate(&none).unwrap().source(), without.source());
    write("other.lock", &first);
    std::fs::remove_file(folder.path().join("api.v1.lock")).unwrap();
    assert_eq!(
        generate(&config().lock("other.lock")).unwrap().source(),
        with.source()
    );
    let missing = generate(&config().lock("none.lock"))
        .unwrap_err()
        .to_string();
    assert!(missing.contains("cannot read `none.lock`"), "{missing}");
}

/// SendGrid's own document: an enum got a key, and then all nine operations another id.
#[test]
fn the_documents_own_history() {
    let Some(folder) = shared("history/tsg_user_v3") else {
        return;
    };
    let states: Vec<String> = stencil_tests::documents(&folder)
        .unwrap()
        .iter()
        .map(|path| std::fs::read_to_string(path).unwrap())
        .collect();
    let second = first(&states[1]);
    let (methods, mut types) = names(&source(&states[1], &second));
    let (methods_now, mut types_now) = names(&source(&states[2], &second));
    types.sort();
    types_now.sort();
    assert_eq!((methods, types), (methods_now, types_now), "nothing breaks");
    // And back again.
    let third = first(&states[2]);
    let (_, types) = names(&source(&states[1], &third));
    assert!(types.contains(&"Type".to_owned()), "{types:?}");

    let third = update(&states[2], &second, &[]);
    let all = lock(&config(&states[3], &third), &[], true).unwrap();
    assert_eq!(
        all.notes
            .iter()
            .filter(|note| note.ends_with("and kept"))
            .count(),
        9
    );
    // What that is to callers: no more than another name, where they were left without one before.
    let verdict = |lock: &str| {
        let side = |document: &str, lock: &str| Side::read(&config(document, lock)).unwrap();
        let (old, new) = (side(&states[2], &third), side(&states[3], lock));
        compare(old, new).unwrap().rust()
    };
    assert_eq!(verdict(&all.text), RustLevel::Minor);
    assert_eq!(verdict(&update(&states[3], &third, &[])), RustLevel::Major);
    let kept = source(&states[3], &all.text);
    insta::with_settings!({ prepend_module_to_snapshot => false, snapshot_path => "../snapshots/lock", omit_expression => true }, {
        insta::assert_snapshot!("old-names", only_kept(&kept));
    });
}

/// The old names in a client.
fn only_kept(source: &str) -> String {
    let items = source.split("\n\n");
    let kept: Vec<&str> = items
        .filter(|item| item.contains("/// The old name of"))
        .collect();
    kept.join("\n\n")
}
