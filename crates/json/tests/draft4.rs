//! JSON Schema's own tests for draft 4, all of them but the ones listed here with a reason.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use stagedoor_json::{Schema, Value, Work, parse};

/// Tests whose outcome differs: the beginning of the description, why.
const DIFFERENCES: &[(&str, &str)] = &[
    ("remote ref, containing refs itself", "the schema of schemas is no model"),
    ("validate definition against metaschema", "the schema of schemas is no model"),
    ("valid definition", "the schema of schemas is no model"),
    ("invalid definition", "the schema of schemas is no model"),
    ("base URI change", "`id` sets no base: models refer to each other by whole URLs"),
    ("Location-independent identifier", "`id` names no schema: API Gateway asks for definitions"),
    ("Recursive references between schemas", "`id` sets no base"),
    ("refs with relative uris and defs", "`id` sets no base"),
    ("relative refs with absolute uris and defs", "`id` sets no base"),
    ("remote ref with base URI change", "`id` sets no base"),
    ("root ref in remote ref", "relative URLs are no models"),
    (
        "ECMA 262 has no support for \\Z anchor from .NET",
        "the 5th edition reads it as `Z`, as the library does",
    ),
    ("case-insensitive T and Z", "the library asks for capitals"),
    ("an invalid protocol-relative URI Reference", "the library accepts references"),
    ("an invalid relative URI Reference", "the library accepts references"),
    ("an invalid URI though valid URI reference", "the library accepts references"),
];

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/draft4")
}

fn read(path: &Path) -> Value {
    let text = fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    parse(&text).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

fn remote(url: &str) -> Option<Arc<Value>> {
    let path = url.strip_prefix("http://localhost:1234/")?;
    Some(Arc::new(read(&folder().join("remotes").join(path))))
}

fn text<'v>(value: &'v Value, key: &str) -> &'v str {
    value.get(key).and_then(Value::as_str).expect("a text")
}

fn differs(description: &str) -> bool {
    DIFFERENCES.iter().any(|(known, _)| description.starts_with(known))
}

fn run(path: &Path) -> (usize, Vec<String>) {
    let (mut count, mut wrong) = (0, Vec::new());
    for group in read(path).as_array().expect("groups") {
        let name = text(group, "description");
        if differs(name) {
            continue;
        }
        let schema = Schema::compile(Arc::new(group.get("schema").expect("a schema").clone()), &remote);
        for test in group.get("tests").and_then(Value::as_array).expect("tests") {
            if differs(text(test, "description")) {
                continue;
            }
            count += 1;
            let expected = test.get("valid").and_then(Value::as_bool);
            let outcome = match &schema {
                Ok(schema) => schema
                    .validate(test.get("data").expect("data"), Work::for_text(0))
                    .map(|sentences| sentences.is_empty())
                    .map_err(|error| error.to_string()),
                Err(error) => Err(error.to_string()),
            };
            if outcome.as_ref().ok().copied() != expected {
                let file = path.file_name().unwrap_or_default().to_string_lossy();
                wrong.push(format!("{file}: {name}: {}: {outcome:?}", text(test, "description")));
            }
        }
    }
    (count, wrong)
}

#[test]
fn the_suite_of_draft_4() {
    let files = [folder(), folder().join("optional")].into_iter().flat_map(|folder| {
        fs::read_dir(folder).expect("the suite's folder").map(|entry| entry.expect("an entry").path())
    });
    let files = files.filter(|path| path.extension().is_some_and(|extension| extension == "json"));
    let (counts, wrong): (Vec<usize>, Vec<Vec<String>>) = files.map(|path| run(&path)).unzip();
    let wrong = wrong.concat();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    let count: usize = counts.iter().sum();
    assert!(count >= 350, "{count} tests: the suite is not whole");
}
