//! A document of any bytes is refused with findings that have a place, or makes an API whose exports can be read again.

use std::path::Path;

use stagedoor_base::{Entropy, Limits, Timestamp};
use stagedoor_model::{ApiTree, RestApi};
use stagedoor_openapi::{
    BasePath, Diagnostic, ExportOptions, ExportType, Extensions, ImportOptions, Mode, apply, export, parse,
};

/// Where documents lie that use every element.
const TESTS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../crates/openapi/tests");

/// Reads a document and applies it in both modes.
pub fn run(data: &[u8]) {
    let document = match parse(data, "fuzz.yaml") {
        Ok(document) => document,
        Err(found) => return found.iter().for_each(check),
    };
    let mut tree = empty_tree();
    for (mode, base_path) in [(Mode::Overwrite, BasePath::Split), (Mode::Merge, BasePath::Prepend)] {
        let options = ImportOptions {
            mode,
            base_path,
            ignore_documentation: false,
            check_templates: mode == Mode::Overwrite,
            account: &"000000000000".into(),
            region: &"eu-west-1".into(),
            limits: &Limits::default(),
        };
        match apply(&document, &mut tree, &options, &mut Entropy::new([1, 2, 3, 4])) {
            Ok(applied) => {
                applied.warnings.iter().for_each(|warning| check(&document.warning(warning)));
                check_export(&tree);
            }
            Err(refusal) => {
                assert!(!refusal.errors.is_empty(), "refused without an error");
                refusal.errors.iter().for_each(|error| check(&document.error(error)));
            }
        }
    }
}

fn check(found: &Diagnostic) {
    assert!(found.line > 0 && found.column > 0, "{found} has no place");
    let _ = found.report(true);
}

/// Whatever an API became, its exports are documents.
fn check_export(tree: &ApiTree) {
    let limits = Limits::default();
    for export_type in [ExportType::Oas30, ExportType::Swagger] {
        let options = ExportOptions {
            export_type,
            extensions: Extensions {
                integrations: true,
                authorizers: true,
                api_gateway: true,
                postman: false,
            },
            host: "fuzz.execute-api.eu-west-1.amazonaws.com",
            region: "eu-west-1",
            stage: "prod",
            documentation: None,
            limits: &limits,
        };
        if let Ok(exported) = export(tree, &options) {
            for text in [exported.json(), exported.yaml()] {
                if let Err(found) = parse(text.as_bytes(), "export") {
                    panic!("{}\n{text}", found[0]);
                }
            }
        }
    }
}

/// The inputs of the golden tests.
pub fn corpus() -> Vec<Vec<u8>> {
    let whole = std::fs::read(Path::new(TESTS).join("whole.json")).into_iter();
    let folder = std::fs::read_dir(Path::new(TESTS).join("golden")).into_iter().flatten().flatten();
    let mut paths: Vec<_> = folder.map(|entry| entry.path()).collect();
    paths.sort();
    let texts = paths.iter().filter_map(|path| std::fs::read_to_string(path).ok());
    let inputs = texts.filter_map(|text| Some(text.split_once("\n----------\n")?.0.as_bytes().to_vec()));
    let fallback = b"openapi: 3.0.1\ninfo: {title: t}\npaths: {/a: {}}".to_vec();
    whole.chain(inputs).chain([fallback]).collect()
}

fn empty_tree() -> ApiTree {
    ApiTree::bare(RestApi::unnamed("fuzz".into(), "root".into(), Timestamp(0)))
}
