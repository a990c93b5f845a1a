//! Held against `serde_json`, which reads the same format by other code.

use std::collections::BTreeMap;
use std::fmt::Debug;

use serde::Deserialize;
use serde::de::{DeserializeOwned, IgnoredAny};
use serde_json::Value;
use serde_json::value::RawValue;

/// What is wrong as a text.
fn read<T: DeserializeOwned>(text: &[u8]) -> Result<T, String> {
    super::read(text).map_err(|mismatch| mismatch.what)
}

#[derive(Debug, PartialEq, Deserialize)]
enum Kind {
    #[serde(rename = "plain")]
    Plain,
    Number(i64),
    Pair(bool, String),
    Fields {
        x: f32,
    },
}

#[derive(Debug, PartialEq, Deserialize)]
struct Wrapped(String);

#[derive(Debug, PartialEq, Deserialize)]
struct Unit;

/// A type that is not of ours, with all that `serde` asks a format for.
#[derive(Debug, PartialEq, Deserialize)]
struct Foreign {
    text: Option<String>,
    letter: Option<char>,
    small: Option<u8>,
    number: Option<f64>,
    large: Option<i128>,
    flag: Option<bool>,
    kind: Option<Kind>,
    wrapped: Option<Wrapped>,
    unit: Option<Unit>,
    pair: Option<(u64, String)>,
    by_number: Option<BTreeMap<i32, Value>>,
    by_flag: Option<BTreeMap<bool, Option<i64>>>,
    by_kind: Option<BTreeMap<Letter, u8>>,
    #[serde(default)]
    list: Vec<Foreign>,
}

#[derive(Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
enum Letter {
    A,
    B,
}

fn same<T: DeserializeOwned + PartialEq + Debug>(text: &[u8]) {
    let (ours, theirs) = (read::<T>(text), serde_json::from_slice::<T>(text));
    let told = String::from_utf8_lossy(text);
    match (ours, theirs) {
        (Ok(ours), Ok(theirs)) => assert_eq!(ours, theirs, "{told}"),
        (Err(_), Err(_)) => {}
        (Ok(ours), Err(theirs)) => panic!("{told}: {ours:?}, but {theirs}"),
        (Err(ours), Ok(theirs)) => panic!("{told}: {ours}, but {theirs:?}"),
    }
}

fn same_of_all(text: &[u8]) {
    same::<Value>(text);
    same::<Foreign>(text);
    same::<Vec<Option<Foreign>>>(text);
    same::<BTreeMap<String, Value>>(text);
    let is_passed = |read: bool, expected: bool| {
        assert_eq!(read, expected, "{}", String::from_utf8_lossy(text));
    };
    is_passed(
        read::<IgnoredAny>(text).is_ok(),
        serde_json::from_slice::<IgnoredAny>(text).is_ok(),
    );
}

/// Texts of RFC 8259 and such as are none, each by the section that says so.
const TEXTS: &[&str] = &[
    // §2: structure and space.
    " [ 1 ,\t2\n,\r3 ] ",
    "{ }",
    "[]",
    "[1,]",
    "[,1]",
    "[1 2]",
    "[1",
    "]",
    "{\"a\":1,}",
    "{\"a\" 1}",
    "{\"a\":}",
    "{a:1}",
    "{1:1}",
    "{\"a\":1]",
    "[1}",
    "1 1",
    "",
    " ",
    "\u{feff}1",
    "\u{b}1",
    // §3: names.
    "null",
    "nulL",
    "nul",
    "nullx",
    "true",
    "falsefalse",
    "True",
    "NaN",
    // §4: objects; a name that is there twice.
    "{\"a\":1,\"a\":2}",
    "{\"text\":null,\"text\":\"b\"}",
    "{\"\":{\"\":[{}]}}",
    // §6: numbers.
    "-0",
    "0",
    "-1",
    "01",
    "-01",
    "1.",
    ".5",
    "+1",
    "1e5",
    "1E+5",
    "1e",
    "1e400",
    "-1.5e-3",
    "18446744073709551615",
    "18446744073709551616",
    "-9223372036854775808",
    "-9223372036854775809",
    "0.1",
    "--1",
    "1-1",
    "0x10",
    "[1e5,1.0,0.30000000000000004]",
    // §7: texts.
    r#""""#,
    r#""a\"b\\c\/d\b\f\n\r\t""#,
    r#""\u00e9\ud834\udd1e""#,
    r#""\ud834""#,
    r#""\ud834x""#,
    r#""\udd1e""#,
    r#""\u12""#,
    r#""\x""#,
    r#""\"#,
    r#"""#,
    "\"a\nb\"",
    "\"a\u{7f}é😀\"",
    "\"1234567\\n\"",
    "\"12345678\"",
    "\"123456789\u{1}\"",
    "'a'",
];

#[test]
fn every_text_is_read_as_by_serde_json() {
    for text in TEXTS {
        same_of_all(text.as_bytes());
        // Within others, where it is passed over, and where it is a name.
        same_of_all(format!("[{text}]").as_bytes());
        same_of_all(format!("{{\"x\":{text},\"text\":\"a\"}}").as_bytes());
        same_of_all(format!("{{\"list\":[{{\"by_number\":{{\"1\":{text}}}}}]}}").as_bytes());
        same_of_all(format!("{{{text}:1}}").as_bytes());
    }
}

#[test]
fn what_is_no_utf_8_is_refused_where_it_is_read() {
    for text in [
        &b"\"\xff\""[..],
        b"{\"text\":\"\xc3\"}",
        b"{\"other\":\"\xff\"}",
    ] {
        same::<Foreign>(text);
        same::<Value>(text);
    }
    assert_eq!(
        read::<String>(b"\"\xff\"").unwrap_err(),
        "not UTF-8, at line 1 column 3"
    );
}

const BODY: &str = r#"{"text":"a\u00e9\n","letter":"é","small":255,"number":-1.5e3,"large":170141183460469231731687303715884105727,
 "flag":true,"kind":"plain","wrapped":"w","unit":null,"pair":[1,"b"],"by_number":{"-1":[{"a":null}],"2":0.5},
 "by_flag":{"true":null,"false":1},"by_kind":{"A":1,"B":2},"other":{"a":[1,"\\",{}]},
 "list":[{"kind":{"Number":1}},{"kind":{"Pair":[false,"p"]}},{"kind":{"Fields":{"x":1.25}}},{"list":[]}]}"#;

#[test]
fn what_serde_asks_for_is_given() {
    let read = read::<Foreign>(BODY.as_bytes()).unwrap();
    assert_eq!(read.large, Some(i128::MAX));
    assert_eq!(read.pair, Some((1, "b".to_owned())));
    assert_eq!(read.list[1].kind, Some(Kind::Pair(false, "p".to_owned())));
    same_of_all(BODY.as_bytes());
}

/// Any byte put anywhere, and any part left out.
#[test]
fn a_body_that_is_changed_anywhere_is_read_as_by_serde_json() {
    let mut random = fastrand::Rng::with_seed(1);
    for at in 0..BODY.len() {
        same_of_all(&BODY.as_bytes()[..at]);
        for byte in [
            b'"', b'\\', b'{', b']', b',', b':', b'1', b'n', b' ', 0, 0xff,
        ] {
            let mut text = BODY.as_bytes().to_vec();
            text[at] = byte;
            same_of_all(&text);
            text.remove(random.usize(..text.len()));
            text.insert(at, byte);
            same_of_all(&text);
        }
    }
}

#[test]
fn a_part_of_a_body_can_be_kept_as_it_came() {
    let read = read::<BTreeMap<String, Box<RawValue>>>(b"{\"a\": [1.50,  \"x\"] }").unwrap();
    assert_eq!(read["a"].get(), "[1.50,  \"x\"]");
}

#[test]
fn depth_is_limited_where_it_is_kept_and_only_there() {
    let deep = |levels| "[".repeat(levels) + &"]".repeat(levels);
    for levels in [1, 126, 127, 128, 129, 100_000] {
        same::<Value>(deep(levels).as_bytes());
        assert!(read::<IgnoredAny>(deep(levels).as_bytes()).is_ok());
    }
    let mismatch = read::<Value>(deep(128).as_bytes()).unwrap_err();
    assert_eq!(mismatch, "too deep, at line 1 column 127");
}

/// The bytes up to the end of what is wrong, of the line it is on.
#[test]
fn a_message_has_the_place() {
    let cases = [
        ("{\"text\":1}", 1, 9),
        ("{\n \"text\": 1}", 2, 10),
        ("\n\n{\"text\": [\n]}", 3, 10),
        ("{\"small\":1 2}", 1, 12),
        ("{}\n\nx", 3, 1),
        ("{", 1, 1),
        ("{\"flag\": tru}", 1, 12),
        ("{\"text\": \"a\tb\"}", 1, 12),
    ];
    for (text, line, column) in cases {
        let mismatch = read::<Foreign>(text.as_bytes()).unwrap_err();
        let place = format!(", at line {line} column {column}");
        assert!(mismatch.ends_with(&place), "{text:?}: {mismatch}");
    }
}

/// A value that is passed to a message would come into a log.
#[test]
fn a_message_says_what_was_expected_and_not_what_was_there() {
    let cases = [
        (r#"{"small":"hunter2"}"#, "expected u8"),
        (r#"{"small":256}"#, "expected u8"),
        (r#"{"text":{"hunter2":1}}"#, "expected a string"),
        (r#"{"text":12345}"#, "expected a string"),
        (
            r#"{"kind":"hunter2"}"#,
            "expected one of `plain`, `Number`, `Pair`, `Fields`",
        ),
        (r#"{"letter":"hunter2"}"#, "expected a character"),
        (r#"{"by_number":{"hunter2":1}}"#, "expected i32"),
        (
            r#"{"flag":"hunter2, expected hunter2"}"#,
            "expected a boolean",
        ),
        (r#"{"pair":[1]}"#, "expected a tuple of size 2"),
        (r#"{"pair":[1,"a",2]}"#, "not JSON"),
        (
            r#"{"text":"a","text":"hunter2"}"#,
            "field `text` is there twice",
        ),
    ];
    for (text, what) in cases {
        let mismatch = read::<Foreign>(text.as_bytes()).unwrap_err();
        let said = mismatch.split(", at line").next().unwrap();
        assert_eq!(said, what, "{text}");
    }
}
