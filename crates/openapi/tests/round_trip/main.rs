//! Export and import are each other's inverse.
//!
//! Seeded generators make whole APIs; each is exported with all extensions, in both formats and both notations, and
//! imported into an empty API. Nothing may differ, and the second import must know everything that the document says: an
//! export of it is the same text.
//!
//! What no document can say is left out of the comparison or of the generators, each with its reason: see
//! [`generate::sayable`].

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

mod generate;
mod methods;

use std::collections::BTreeMap;

use generate::{Generator, sayable};
use stagedoor_base::{Entropy, Limits, Timestamp};
use stagedoor_model::diff::diff;
use stagedoor_model::{ApiTree, DocumentationPart};
use stagedoor_openapi::{
    BasePath, ExportOptions, ExportType, Exported, ExportedDocumentation, Extensions, ImportOptions, Mode,
    apply, parse,
};

const ROUNDS: u64 = 150;

fn exported(tree: &ApiTree, export_type: ExportType) -> Exported {
    try_exported(tree, export_type).unwrap()
}

/// None when a body has no JSON.
fn try_exported(tree: &ApiTree, export_type: ExportType) -> Option<Exported> {
    let parts: Vec<DocumentationPart> = tree.documentation_parts.values().cloned().collect();
    let documentation = ExportedDocumentation { version: "1", created: Timestamp(0), parts: &parts };
    let limits = Limits::default();
    let options = ExportOptions {
        export_type,
        extensions: Extensions::parse(["apigateway", "postman"]).unwrap(),
        host: "abcde12345.execute-api.us-east-1.amazonaws.com",
        region: "us-east-1",
        stage: "prod",
        documentation: Some(documentation),
        limits: &limits,
    };
    stagedoor_openapi::export(tree, &options).ok()
}

/// A document applied to an empty API; nothing of it may be left out.
fn imported(text: &str) -> ApiTree {
    let mut tree = generate::empty_tree();
    let warnings = try_import(text, &mut tree).unwrap_or_else(|found| panic!("{found}\n{text}"));
    assert_eq!(warnings, 0, "{text}");
    tree
}

/// How many warnings there were, or what is wrong.
fn try_import(text: &str, tree: &mut ApiTree) -> Result<usize, String> {
    let document = parse(text.as_bytes(), "exported").map_err(|found| format!("{found:?}"))?;
    let options = ImportOptions {
        mode: Mode::Overwrite,
        base_path: BasePath::Ignore,
        ignore_documentation: false,
        check_templates: true,
        account: &"000000000000".into(),
        region: &"us-east-1".into(),
        limits: &Limits::default(),
    };
    let applied = apply(&document, tree, &options, &mut Entropy::new([5; 4]));
    applied.map(|applied| applied.warnings.len()).map_err(|refusal| format!("{refusal:?}"))
}

fn documentation(tree: &ApiTree) -> BTreeMap<String, serde_json::Value> {
    let parts = tree.documentation_parts.values();
    let entry = |part: &DocumentationPart| {
        (format!("{:?}", part.location.explicit()), serde_json::from_str(&part.properties).unwrap())
    };
    parts.map(entry).collect()
}

fn check(tree: &ApiTree, export_type: ExportType, text: &str, seed: u64) {
    let again = imported(text);
    let (wanted, found) = (sayable(tree), sayable(&again));
    let difference = diff(&wanted, &found);
    assert!(difference.is_empty(), "seed {seed}: {difference:#?}\n{text}");
    assert_eq!(tree.api.tags, again.api.tags, "seed {seed}");
    assert_eq!(documentation(tree), documentation(&again), "seed {seed}\n{text}");
    let settled = exported(&again, export_type).json();
    assert_eq!(settled, exported(&imported(&settled), export_type).json(), "seed {seed}");
}

#[test]
fn export_and_import_make_the_same_api() {
    for seed in 1..=ROUNDS {
        for export_type in [ExportType::Oas30, ExportType::Swagger] {
            let tree = Generator::new(seed, export_type).tree();
            let document = exported(&tree, export_type);
            check(&tree, export_type, &document.json(), seed);
            check(&tree, export_type, &document.yaml(), seed);
        }
    }
}

/// Whatever a document made, an export of it makes again. False when the document itself is refused.
fn check_document(document: &str) -> bool {
    let mut tree = generate::empty_tree();
    if try_import(document, &mut tree).is_err() {
        return false;
    }
    let Some(exported) = try_exported(&tree, ExportType::Oas30) else { return true };
    for text in [exported.json(), exported.yaml()] {
        let mut again = generate::empty_tree();
        try_import(&text, &mut again).unwrap_or_else(|found| panic!("{document}\n{found}\n{text}"));
        let difference = diff(&sayable(&tree), &sayable(&again));
        assert!(difference.is_empty(), "{document}\n{difference:#?}\n{text}");
        assert_eq!(documentation(&tree), documentation(&again), "{document}\n{text}");
    }
    true
}

/// The golden documents that make an API on their own, without options.
fn golden_documents() -> Vec<String> {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden");
    let mut files: Vec<_> = std::fs::read_dir(folder).unwrap().map(|file| file.unwrap().path()).collect();
    files.sort();
    let texts = files.iter().map(|file| std::fs::read_to_string(file).unwrap());
    let documents = texts.map(|text| text.split_once("\n----------\n").unwrap().0.to_owned());
    let alone =
        |it: &String| it.lines().count() > 1 && !it.starts_with("# ") && !it.contains("\n==========\n");
    documents.filter(alone).collect()
}

#[test]
fn golden_documents_survive_an_export() {
    let survived = golden_documents().iter().filter(|document| check_document(document)).count();
    assert!(survived >= 30, "{survived} documents");
}

/// Lines left out, doubled, or taken from elsewhere make documents that nobody would write.
#[test]
fn damaged_documents_survive_an_export() {
    let documents = golden_documents();
    let mut entropy = Entropy::new([11; 4]);
    let mut below = |bound: usize| usize::try_from(entropy.next_u64() % bound as u64).unwrap();
    let mut survived = 0;
    for _ in 0..ROUNDS * 20 {
        let mut lines: Vec<&str> = documents[below(documents.len())].lines().collect();
        for _ in 0..=below(3) {
            let at = below(lines.len());
            match below(3) {
                0 if lines.len() > 1 => drop(lines.remove(at)),
                1 => lines.insert(at, lines[below(lines.len())]),
                _ => {
                    let others: Vec<&str> = documents[below(documents.len())].lines().collect();
                    lines.insert(at, others[below(others.len())]);
                }
            }
        }
        survived += usize::from(check_document(&lines.join("\n")));
    }
    assert!(survived > 100, "{survived} documents");
}

#[test]
fn yaml_and_json_say_the_same() {
    for seed in 1..=ROUNDS {
        let tree = Generator::new(seed, ExportType::Oas30).tree();
        let document = exported(&tree, ExportType::Oas30);
        let (json, yaml) = (imported(&document.json()), imported(&document.yaml()));
        assert_eq!(exported(&json, ExportType::Oas30), exported(&yaml, ExportType::Oas30), "seed {seed}");
    }
}
