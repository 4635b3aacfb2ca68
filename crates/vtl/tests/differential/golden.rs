//! Files of cases: templates and what they print.
//!
//! A case begins with a line `===`; a line `----------` parts its template from what is expected: the output, `!parse` when it
//! is no template, `!render` when rendering fails. The last line break of each part belongs to the file.

use std::fs;
use std::path::{Path, PathBuf};

use stagedoor_vtl::{Limits, Options, Template};

use crate::Difference;
use crate::data::Data;

const BEGIN: &str = "===\n";
const BETWEEN: &str = "\n----------\n";

pub(crate) struct Case {
    pub(crate) template: String,
    pub(crate) expected: String,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Dialect {
    Velocity,
    ApiGateway,
}

pub(crate) fn updating() -> bool {
    std::env::var_os("UPDATE_GOLDEN").is_some()
}

/// The files of a folder in their order.
pub(crate) fn files(folder: &Path) -> Vec<PathBuf> {
    let mut files: Vec<PathBuf> = fs::read_dir(folder)
        .expect("the folder is there")
        .map(|entry| entry.expect("an entry").path())
        .collect();
    files.sort();
    assert!(!files.is_empty(), "{} is empty", folder.display());
    files
}

pub(crate) fn read(file: &Path) -> Vec<Case> {
    let text = fs::read_to_string(file).expect("the file is UTF-8");
    parts(&text)
        .into_iter()
        .map(|part| {
            let (template, expected) = part.split_once(BETWEEN).expect("a case has an expectation");
            Case { template: template.to_owned(), expected: expected.to_owned() }
        })
        .collect()
}

/// The texts between the lines that begin cases, without their last line breaks.
fn parts(text: &str) -> Vec<&str> {
    let body = text.strip_prefix(BEGIN).expect("a file begins with a case");
    let body = body.strip_suffix('\n').expect("a file ends with a line break");
    body.split("\n===\n").collect()
}

pub(crate) fn write(file: &Path, cases: &[Case]) {
    let text: String =
        cases.iter().map(|case| format!("{BEGIN}{}{BETWEEN}{}\n", case.template, case.expected)).collect();
    fs::write(file, text).expect("the file can be written");
}

/// Differences have a line `# reason` first, `# aws: reason` when they are of API Gateway's dialect, and two expectations:
/// Velocity's and this engine's.
pub(crate) fn read_differences(file: &Path) -> Vec<Difference> {
    let text = fs::read_to_string(file).expect("the file is UTF-8");
    parts(&text)
        .into_iter()
        .map(|part| {
            let (reason, rest) = part.split_once('\n').expect("a reason");
            let reason = reason.strip_prefix("# ").expect("a reason begins with a hash");
            let dialect = if reason.starts_with("aws:") { Dialect::ApiGateway } else { Dialect::Velocity };
            let mut pieces = rest.splitn(3, BETWEEN).map(str::to_owned);
            let mut piece = || pieces.next().expect("a template and two expectations");
            let (template, velocity, expected) = (piece(), piece(), piece());
            Difference::from((reason.to_owned(), dialect, Case { template, expected }, velocity))
        })
        .collect()
}

/// What this engine makes of a template.
pub(crate) fn rendered(template: &str, data: &Data, dialect: Dialect) -> String {
    let options = match dialect {
        Dialect::Velocity => Options { max_loops: 1000, ..Options::default() },
        Dialect::ApiGateway => Options::api_gateway(),
    };
    let Ok(template) = Template::parse(template, &options) else {
        return "!parse".to_owned();
    };
    template.render(&mut data.host(dialect), &Limits::default()).unwrap_or_else(|_| "!render".to_owned())
}

pub(crate) fn differing(file: &Path, cases: &[Case], answers: &[String], who: &str) -> Vec<String> {
    let name = file.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    cases
        .iter()
        .zip(answers)
        .filter(|(case, answer)| case.expected != **answer)
        .map(|(case, answer)| {
            format!("{name}: {}\n  {who}: {answer:?}\n  expected: {:?}", case.template, case.expected)
        })
        .collect()
}

pub(crate) fn report(wrong: &[String]) {
    assert!(wrong.is_empty(), "{} differ\n{}", wrong.len(), wrong.join("\n"));
}
