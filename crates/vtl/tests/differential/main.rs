//! The engine beside Apache Velocity 1.7 itself, on a JVM.
//!
//! `cases/*.txt` are templates and what Velocity prints; both engines must agree with the files. `differences.txt` are those
//! where they do not agree, each with its reason. `aws/*.txt` are templates of API Gateway's dialect, which no JVM knows.
//! Ten thousand generated templates are rendered by both.
//!
//! `UPDATE_GOLDEN=1` writes the files anew. `STAGEDOOR_VTL_SEED` and `STAGEDOOR_VTL_COUNT` choose other generated templates.

mod data;
mod generate;
mod golden;
mod jvm;
mod patterns;
mod random;
mod shrink;

use std::path::PathBuf;

use data::Data;
use golden::{Case, Dialect};
use jvm::Velocity;

/// Generated templates of a usual run.
const GENERATED: u64 = 10_000;
/// Generated regular expressions of a usual run.
const PATTERNS: u64 = 5_000;
/// Generated templates with a mistake.
const DAMAGED: u64 = 3_000;
/// So many of those that differ are made small and shown.
const SHOWN: usize = 20;

fn folder() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/differential")
}

#[test]
fn cases_render_as_velocity_renders_them() {
    let data = Data::read(&folder().join("context.json"));
    let mut velocity = Velocity::start(&folder());
    let mut wrong = Vec::new();
    for file in golden::files(&folder().join("cases")) {
        let mut cases = golden::read(&file);
        if let Some(velocity) = &mut velocity {
            let templates: Vec<String> = cases.iter().map(|case| case.template.clone()).collect();
            let answers = velocity.render(&templates);
            if golden::updating() {
                for (case, answer) in cases.iter_mut().zip(&answers) {
                    case.expected.clone_from(answer);
                }
                golden::write(&file, &cases);
            }
            wrong.extend(golden::differing(&file, &cases, &answers, "Velocity"));
        }
        let own: Vec<String> =
            cases.iter().map(|case| golden::rendered(&case.template, &data, Dialect::Velocity)).collect();
        wrong.extend(golden::differing(&file, &cases, &own, "this engine"));
    }
    golden::report(&wrong);
}

#[test]
fn there_are_enough_cases() {
    let count: usize =
        golden::files(&folder().join("cases")).iter().map(|file| golden::read(file).len()).sum();
    assert!(count >= 600, "{count} cases");
}

#[test]
fn differences_are_those_listed() {
    let data = Data::read(&folder().join("context.json"));
    let differences = golden::read_differences(&folder().join("differences.txt"));
    let templates: Vec<String> = differences.iter().map(|case| case.template.clone()).collect();
    let mut wrong = Vec::new();
    let answers = Velocity::start(&folder()).map(|mut velocity| velocity.render(&templates));
    for (index, difference) in differences.iter().enumerate() {
        let theirs = answers.as_ref().map(|answers| answers[index].as_str());
        if theirs.is_some_and(|theirs| !difference.is_velocity(theirs)) {
            wrong.push(format!("{}\nVelocity: {}", difference.template, theirs.unwrap_or_default()));
        }
        let own = golden::rendered(&difference.template, &data, difference.dialect);
        if own != difference.expected {
            wrong.push(format!(
                "{}\nthis engine: {own}\nlisted:      {}",
                difference.template, difference.expected
            ));
        }
        assert!(!difference.reason.is_empty(), "without a reason: {}", difference.template);
    }
    golden::report(&wrong);
}

#[test]
fn dialect_of_api_gateway() {
    let data = Data::read(&folder().join("context.json"));
    let mut wrong = Vec::new();
    for file in golden::files(&folder().join("aws")) {
        let mut cases = golden::read(&file);
        let own: Vec<String> =
            cases.iter().map(|case| golden::rendered(&case.template, &data, Dialect::ApiGateway)).collect();
        if golden::updating() {
            for (case, answer) in cases.iter_mut().zip(&own) {
                case.expected.clone_from(answer);
            }
            golden::write(&file, &cases);
        }
        wrong.extend(golden::differing(&file, &cases, &own, "this engine"));
    }
    golden::report(&wrong);
}

#[test]
fn generated_templates_render_as_velocity_renders_them() {
    compare_generated(GENERATED, 30, generate::template);
}

#[test]
fn generated_patterns_find_what_java_finds() {
    compare_generated(PATTERNS, 0, patterns::template);
}

/// Templates with a letter too many or too few are read by the letter of Velocity's grammar; a few are known to be read
/// otherwise, and nobody writes them.
#[test]
fn most_damaged_templates_are_read_as_velocity_reads_them() {
    let Some(mut velocity) = Velocity::start(&folder()) else { return };
    let data = Data::read(&folder().join("context.json"));
    let templates: Vec<String> = (1..=DAMAGED).map(generate::damaged).collect();
    let answers = velocity.render(&templates);
    let agrees = |(template, answer): &(&String, &String)| {
        shrink::agree(&golden::rendered(template, &data, Dialect::Velocity), answer)
    };
    let agreeing = templates.iter().zip(&answers).filter(agrees).count();
    println!("{agreeing} of {} agree", templates.len());
    assert!(agreeing * 100 >= templates.len() * 97, "only {agreeing} of {} agree", templates.len());
}

/// Renders generated templates with both; so many may differ in corners that are known: a `#set` right behind `#$name` and
/// directives, which Velocity refuses, and escapes of macros that are defined within other blocks.
fn compare_generated(count: u64, known: usize, template: fn(u64) -> String) {
    let Some(mut velocity) = Velocity::start(&folder()) else { return };
    let data = Data::read(&folder().join("context.json"));
    let number = |name: &str, default: u64| {
        std::env::var(name).map_or(default, |text| text.parse().expect("a number"))
    };
    let first = number("STAGEDOOR_VTL_SEED", 1);
    let seeds: Vec<u64> = (first..first + number("STAGEDOOR_VTL_COUNT", count)).collect();
    let templates: Vec<String> = seeds.iter().map(|seed| template(*seed)).collect();
    let answers = velocity.render(&templates);
    let differing: Vec<usize> = (0..templates.len())
        .filter(|index| {
            !shrink::agree(&golden::rendered(&templates[*index], &data, Dialect::Velocity), &answers[*index])
        })
        .collect();
    println!("{} of {} differ", differing.len(), templates.len());
    if differing.len() <= known {
        return;
    }
    let reports: Vec<String> = differing
        .iter()
        .take(SHOWN)
        .map(|index| {
            let small = shrink::shrink(&templates[*index], &mut velocity, &data);
            let (own, theirs) = shrink::both(&small, &mut velocity, &data);
            format!("seed {}\n{small}\nVelocity:    {theirs:?}\nthis engine: {own:?}", seeds[*index])
        })
        .collect();
    panic!("{} of {} differ\n{}", differing.len(), templates.len(), reports.join("\n----------\n"));
}

/// A case that the two engines answer differently, or that only API Gateway's dialect has.
struct Difference {
    reason: String,
    dialect: Dialect,
    template: String,
    /// What Velocity prints; `…` at the end stands for anything.
    velocity: String,
    expected: String,
}

impl Difference {
    fn is_velocity(&self, answer: &str) -> bool {
        match self.velocity.strip_suffix('…') {
            Some(start) => answer.starts_with(start),
            None => answer == self.velocity,
        }
    }
}

impl From<(String, Dialect, Case, String)> for Difference {
    fn from((reason, dialect, case, velocity): (String, Dialect, Case, String)) -> Self {
        Self { reason, dialect, template: case.template, velocity, expected: case.expected }
    }
}
