//! `docs/coverage.md` from `docs/coverage.toml`: what Stagedoor executes, and the tests that prove it.
//!
//! In: the table, the conformance sources, and JUnit reports when given. Out: the page, or a list of what is untrue:
//! a row without a test, a test that does not exist, that did not run, or that failed. It must not run any test.

use std::collections::HashMap;
use std::fmt::Write as _;
use std::path::Path;

use anyhow::{Context as _, Result, bail};
use serde::Deserialize;

const TABLE: &str = "docs/coverage.toml";
const PAGE: &str = "docs/coverage.md";
const NOT_YET: &str = "crates/control/not-yet.txt";
const INTRODUCTION: &str = "\
# What executes

Every row of AWS's REST API surface that Stagedoor knows about, and what happens to it. `make test` fails when a test
named here does not exist, did not run, or did not pass.

- **executed**: does what AWS does; the named tests prove it against the real binary.
- **partial**: does what the note says, and nothing else.
- **refused**: answered with a clear error: 501 `NotImplementedException` on the control plane, 500 with the reason in
  the log on the data plane.
- **inert**: stored and returned, but without effect; nothing that guards a call is ever inert.
";

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Table {
    row: Vec<Row>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Row {
    area: String,
    feature: String,
    status: Status,
    #[serde(default)]
    note: String,
    /// AWS operations that this row stands for.
    #[serde(default)]
    operations: Vec<String>,
    #[serde(default)]
    tests: Vec<String>,
}

#[derive(Deserialize, Clone, Copy, PartialEq, Eq)]
#[serde(rename_all = "lowercase")]
enum Status {
    Executed,
    Partial,
    Refused,
    Inert,
}

impl Status {
    fn name(self) -> &'static str {
        match self {
            Self::Executed => "executed",
            Self::Partial => "partial",
            Self::Refused => "refused",
            Self::Inert => "inert",
        }
    }
}

/// Writes the page, or with `check` compares it and judges the rows by the JUnit `reports`.
pub(crate) fn run(check: bool, reports: &[&str]) -> Result<()> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().context("xtask lives in the repository")?;
    let text = std::fs::read_to_string(root.join(TABLE)).context(TABLE)?;
    let table: Table = toml::from_str(&text).context(TABLE)?;
    let page = render(&table);
    if !check {
        return std::fs::write(root.join(PAGE), page).context(PAGE);
    }
    let mut complaints = unnamed(&table);
    complaints.extend(missing(&table, root));
    complaints.extend(absent(&table, &std::fs::read_to_string(root.join(NOT_YET)).context(NOT_YET)?));
    if std::fs::read_to_string(root.join(PAGE)).unwrap_or_default() != page {
        complaints.push(format!("{PAGE} is not what `cargo xtask coverage` makes of {TABLE}"));
    }
    if !reports.is_empty() {
        complaints.extend(unproved(&table, &Outcomes::read(reports)?));
    }
    if complaints.is_empty() { Ok(()) } else { bail!("{}", complaints.join("\n")) }
}

fn render(table: &Table) -> String {
    let mut page = INTRODUCTION.to_owned();
    let mut area = "";
    for row in &table.row {
        if row.area != area {
            area = &row.area;
            let _ = write!(page, "\n## {area}\n\n| Feature | Status | Note | Tests |\n|---|---|---|---|\n");
        }
        let tests: Vec<String> =
            row.tests.iter().map(|test| format!("`{}`", test.trim_start_matches("conformance/"))).collect();
        let (feature, note) = (cell(&described(row)), cell(&row.note));
        let _ = writeln!(page, "| {feature} | {} | {note} | {} |", row.status.name(), tests.join("<br>"));
    }
    page
}

/// The feature, with the operations that it stands for.
fn described(row: &Row) -> String {
    if row.operations.is_empty() {
        row.feature.clone()
    } else {
        format!("{} ({})", row.feature, row.operations.join(", "))
    }
}

/// A text that cannot end its table cell.
fn cell(text: &str) -> String {
    text.trim().replace('\n', " ").replace('|', "\\|")
}

/// Executed rows that name no test.
fn unnamed(table: &Table) -> Vec<String> {
    let bare = table.row.iter().filter(|row| row.status == Status::Executed && row.tests.is_empty());
    bare.map(|row| format!("{}: `{}` is called executed but names no test", row.area, row.feature)).collect()
}

/// Operations that a row claims although they still answer 501.
fn absent(table: &Table, not_yet: &str) -> Vec<String> {
    let claimed = table.row.iter().flat_map(|row| &row.operations);
    let lines: Vec<String> = claimed
        .map(|operation| match operation.split_once(':') {
            Some((service, name)) => format!("{service} {name}"),
            None => format!("apigateway {operation}"),
        })
        .collect();
    let answers = lines.iter().filter(|line| not_yet.lines().any(|listed| listed.trim() == line.as_str()));
    answers.map(|line| format!("{line} is claimed, but answers NotImplementedException")).collect()
}

/// Named conformance tests that no file defines.
fn missing(table: &Table, root: &Path) -> Vec<String> {
    let mut sources: HashMap<&str, String> = HashMap::new();
    let mut complaints = Vec::new();
    for test in table.row.iter().flat_map(|row| &row.tests) {
        let Some((file, _)) = test.split_once(".py::") else { continue };
        let source = sources
            .entry(file)
            .or_insert_with(|| std::fs::read_to_string(root.join(format!("{file}.py"))).unwrap_or_default());
        let name = test.rsplit("::").next().unwrap_or(test);
        if !source.contains(&format!("def {name}(")) {
            complaints.push(format!("{test} does not exist"));
        }
    }
    complaints
}

/// Named tests of executed rows that did not run, or did not pass.
fn unproved(table: &Table, outcomes: &Outcomes) -> Vec<String> {
    let executed = table.row.iter().filter(|row| row.status == Status::Executed);
    let tests = executed.flat_map(|row| &row.tests);
    let judged = tests.map(|test| (test, outcomes.of(test)));
    judged
        .filter_map(|(test, outcome)| match outcome {
            None => Some(format!("{test} did not run")),
            Some(false) => Some(format!("{test} did not pass")),
            Some(true) => None,
        })
        .collect()
}

/// Test name → whether every case of it passed.
struct Outcomes(HashMap<String, bool>);

impl Outcomes {
    /// A report that is not there counts as one in which nothing ran.
    fn read(reports: &[&str]) -> Result<Self> {
        let mut outcomes = Self(HashMap::new());
        for report in reports.iter().filter(|report| Path::new(report).exists()) {
            outcomes.add(&std::fs::read_to_string(report).with_context(|| (*report).to_owned())?);
        }
        Ok(outcomes)
    }

    /// Reads the `testcase` elements of a JUnit report; a case with a child that tells of trouble did not pass.
    fn add(&mut self, report: &str) {
        for case in report.split("<testcase ").skip(1) {
            let (head, rest) = case.split_once('>').unwrap_or((case, ""));
            let inside =
                if head.ends_with('/') { "" } else { rest.split("</testcase>").next().unwrap_or(rest) };
            let passed = !["<failure", "<error", "<skipped"].iter().any(|trouble| inside.contains(trouble));
            if let (Some(class), Some(name)) = (attribute(head, "classname"), attribute(head, "name")) {
                let name = name.split('[').next().unwrap_or(name);
                *self.0.entry(key(class, name)).or_insert(true) &= passed;
            }
        }
    }

    fn of(&self, test: &str) -> Option<bool> {
        self.0.get(&test.replace(".py::", "::").replace("conformance/", "")).copied()
    }
}

/// pytest says `test_x.Class` and `test_y`, nextest says `crate` and `module::test`.
fn key(class: &str, name: &str) -> String {
    let class = class.trim_start_matches("conformance.");
    let class = if class.starts_with("test_") { class.replace('.', "::") } else { class.to_owned() };
    format!("{class}::{name}")
}

fn attribute<'a>(head: &'a str, name: &str) -> Option<&'a str> {
    let (_, rest) = head
        .split_once(&format!(" {name}=\""))
        .or_else(|| head.strip_prefix(&format!("{name}=\"")).map(|rest| ("", rest)))?;
    rest.split_once('"').map(|(value, _)| value)
}

#[cfg(test)]
mod tests {
    use super::{Outcomes, Table, absent, render, unnamed, unproved};

    const TABLE: &str = r#"
        [[row]]
        area = "A"
        feature = "first | odd"
        status = "executed"
        tests = ["conformance/test_x.py::TestC::test_y", "stagedoor-base::arn::tests::parses"]
        [[row]]
        area = "A"
        feature = "second"
        operations = ["GetTags", "lambda:Invoke"]
        status = "inert"
        note = "stored"
    "#;

    fn table() -> Table {
        toml::from_str(TABLE).unwrap()
    }

    fn complaints(report: &str) -> Vec<String> {
        let mut outcomes = Outcomes(std::collections::HashMap::new());
        outcomes.add(report);
        unproved(&table(), &outcomes)
    }

    #[test]
    fn the_page_has_one_table_for_each_area() {
        let page = render(&table());
        assert!(page.contains("## A\n"));
        assert!(page.contains("| first \\| odd | executed |  | `test_x.py::TestC::test_y`<br>`stagedoor-base::arn::tests::parses` |\n"));
        assert!(page.contains("| second (GetTags, lambda:Invoke) | inert | stored |  |\n"));
    }

    #[test]
    fn an_operation_that_answers_501_cannot_be_claimed() {
        assert!(absent(&table(), "apigateway GetTag\nlambda ListTags\n").is_empty());
        let claims = absent(&table(), "apigateway GetTags\nlambda Invoke\n");
        assert_eq!(claims[0], "apigateway GetTags is claimed, but answers NotImplementedException");
        assert_eq!(claims.len(), 2);
    }

    #[test]
    fn an_executed_row_needs_a_test() {
        let mut bare = table();
        bare.row[0].tests.clear();
        assert_eq!(unnamed(&bare), ["A: `first | odd` is called executed but names no test"]);
        assert!(unnamed(&table()).is_empty());
    }

    #[test]
    fn a_named_test_must_have_run_and_passed_in_every_case() {
        let rust = r#"<testcase name="arn::tests::parses" classname="stagedoor-base" time="1"/>"#;
        let passed = r#"<testcase classname="test_x.TestC" name="test_y[a]" time="1"></testcase>"#;
        let failed = r#"<testcase classname="test_x.TestC" name="test_y[b]" time="1"><failure message="m">t</failure></testcase>"#;
        let skipped = r#"<testcase classname="test_x.TestC" name="test_y[c]"><skipped/></testcase>"#;
        assert!(complaints(&format!("{rust}{passed}")).is_empty());
        assert_eq!(complaints(rust), ["conformance/test_x.py::TestC::test_y did not run"]);
        for trouble in [failed, skipped] {
            assert_eq!(
                complaints(&format!("{rust}{passed}{trouble}")),
                ["conformance/test_x.py::TestC::test_y did not pass"]
            );
        }
    }
}
