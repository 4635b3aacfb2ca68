//! What Jayway's JsonPath and json-smart say of the same documents, paths and texts. Where a JVM or the libraries are not
//! installed there is nothing to ask.

mod support;

use stagedoor_json::{Value, read_lenient, to_java_text, to_json_text};
use support::generate::{Chance, document, lenient_text, path};
use support::{Agreed, Case, FAULT, Oracle, Question, cases, found, new_library, old_library};

const SEED: u64 = 4;
const GENERATED_PATHS: usize = 6000;
const GENERATED_TEXTS: usize = 4000;

#[test]
fn the_old_library_finds_what_the_cases_say() {
    let Some(library) = old_library() else { return skipped() };
    check_cases(&library, |case| case.agreed == Agreed::Both);
}

#[test]
fn the_current_library_finds_what_the_cases_say() {
    let Some(library) = new_library() else { return skipped() };
    check_cases(&library, |case| case.agreed != Agreed::Nobody);
}

#[test]
fn generated_paths_find_what_the_library_finds() {
    let Some(library) = new_library() else { return skipped() };
    let mut chance = Chance::new(SEED);
    let pairs: Vec<_> = (0..GENERATED_PATHS).map(|_| (document(&mut chance), path(&mut chance))).collect();
    let questions: Vec<_> = pairs.iter().map(|(document, path)| about_path(document, path)).collect();
    let answers = library.answers(&questions);
    let wrong = pairs.iter().zip(&answers).filter_map(|((document, path), answer)| {
        let found = found(document, path);
        (!same(&found, answer))
            .then(|| format!("{path} in {document}\n  library {answer}\n  here    {found}"))
    });
    report(&wrong.collect::<Vec<_>>(), &answers);
}

#[test]
fn generated_texts_are_read_and_printed_as_by_the_library() {
    let Some(library) = old_library() else { return skipped() };
    let mut chance = Chance::new(SEED);
    let texts: Vec<_> = (0..GENERATED_TEXTS).map(|_| lenient_text(&mut chance)).collect();
    for (kind, print) in [(b'j', to_json_text as fn(&Value) -> String), (b's', to_java_text)] {
        let questions: Vec<_> = texts.iter().map(|text| Question { kind, first: text, second: "" }).collect();
        let answers = library.answers(&questions);
        let wrong = texts.iter().zip(&answers).filter_map(|(text, answer)| {
            let read = read_lenient(text).map_or_else(|_| "nothing".to_owned(), |value| print(&value));
            (read != *answer).then(|| format!("{text:?}\n  library {answer}\n  here    {read}"))
        });
        report(&wrong.collect::<Vec<_>>(), &answers);
    }
}

fn check_cases(library: &Oracle, agrees: fn(&Case) -> bool) {
    let cases = cases();
    let questions: Vec<_> = cases.iter().map(|case| about_path(&case.document, &case.path)).collect();
    let answers = library.answers(&questions);
    let wrong = cases.iter().zip(&answers).filter_map(|(case, answer)| {
        let wrong = same(answer, &case.expected) != agrees(case);
        wrong.then(|| {
            format!("{}: {}\n  library {answer}\n  case    {}", case.place, case.path, case.expected)
        })
    });
    report(&wrong.collect::<Vec<_>>(), &answers);
}

fn about_path<'q>(document: &'q str, path: &'q str) -> Question<'q> {
    Question { kind: b'p', first: document, second: path }
}

/// The libraries tell a text that is no path from one that finds nothing at other moments, and have a fault.
fn same(one: &str, other: &str) -> bool {
    let nothing = |text| matches!(text, "nothing" | "invalid");
    one == other || nothing(one) && nothing(other) || [one, other].contains(&FAULT)
}

/// Nothing may differ, and the answers must be worth having.
fn report(wrong: &[String], answers: &[String]) {
    let shown: Vec<_> = wrong.iter().take(40).map(String::as_str).collect();
    assert!(
        wrong.is_empty(),
        "seed {SEED}: {} of {} differ:\n{}",
        wrong.len(),
        answers.len(),
        shown.join("\n")
    );
    let values =
        answers.iter().filter(|answer| !matches!(answer.as_str(), "nothing" | "invalid" | "[]")).count();
    assert!(values * 5 > answers.len(), "only {values} of {} answers are values", answers.len());
}

fn skipped() {
    println!("the library is not installed (scripts/packages.sh)");
}
