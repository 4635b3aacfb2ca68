//! A path of any characters is refused with a place, or finds in any document within its bounds; what it finds is JSON again.

use stagedoor_json::{Found, Path, Problem, Slashes, Value, parse, read_lenient, to_java_text};

/// The path is the first line, the document all the rest.
pub fn run(data: &[u8]) {
    let input = String::from_utf8_lossy(data);
    let (path, document) = input.split_once('\n').unwrap_or((&input, "{}"));
    let lenient = read_lenient(document);
    let strict = parse(document);
    if let (Ok(strict), Ok(lenient)) = (&strict, &lenient) {
        assert_eq!(strict, lenient, "JSON that the lenient reader reads otherwise");
    }
    let path = match Path::parse(path) {
        Ok(path) => path,
        Err(error) => return assert!(error.at >= 1, "{error}"),
    };
    for value in [strict, lenient].into_iter().flatten() {
        look(&path, &value);
    }
}

fn look(path: &Path, value: &Value) {
    let Ok(found) = path.find(value) else { return };
    assert!(
        path.is_definite() || !matches!(found, Found::Value(_)) || path.text().contains('('),
        "a list was expected"
    );
    let mut text = String::new();
    found.push_json(Slashes::Bare, &mut text);
    let Some(value) = found.into_value() else { return };
    let _ = to_java_text(&value);
    // A list of what was deepest is one deeper.
    if let Err(error) = parse(&text) {
        assert_eq!(error.problem, Problem::Depth, "{text}");
    }
}

/// Paths over the whole syntax, each with a document in which it finds something.
pub fn corpus() -> Vec<Vec<u8>> {
    const DOCUMENT: &str = r#"{"a":{"b":[1,-2.50,{"c":"x/y","d":null}],"é":"\u20ac\ud83d\ude00"},"l":[{"i":1,"v":"abc"},{"i":12345678901234567890,"v":[true,1e400]}],"":0}"#;
    [
        "$",
        "$.a.b[0]",
        "$['a']['b'][-1].c",
        r#"$["a"]["\u00e9"]"#,
        "$['a','l']",
        "$.a.b[0,2]",
        "$.l[-2:]",
        "$.l[:1].v",
        "$.*",
        "$..*",
        "$..['c','d']",
        "$.l[*].i",
        "$.l[?(@.i == 1 && !@.x || @.v in ['abc', 2])].v",
        "$.l[?(@.v =~ /a.c/i)]",
        "$.l[?(@.v size 2)]",
        "$..[?(@.i > $.a.b[0])]",
        "$.l[?(@.v.length() >= 2 && (@.v contains true))].i",
        "$.a.b.length()",
        "$.a.b.sum()",
        "$..i.max()",
        "$.concat($.l[0].v, \"x\", 1)",
        "$.a.b.append({'k': 1})",
        "a.keys()",
        "@.l[0]",
    ]
    .iter()
    .map(|path| format!("{path}\n{DOCUMENT}").into_bytes())
    .collect()
}
