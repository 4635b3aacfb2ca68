//! Paths and what they find, from files.

mod support;

use support::{cases, found};

#[test]
fn paths_find_what_the_files_say() {
    let cases = cases();
    assert!(cases.len() > 600, "{} cases", cases.len());
    let wrong = cases.iter().filter_map(|case| {
        let found = found(&case.document, &case.path);
        (found != case.expected).then(|| {
            format!("{}: {}\n  expected {}\n  found    {found}", case.place, case.path, case.expected)
        })
    });
    let wrong: Vec<_> = wrong.collect();
    assert!(wrong.is_empty(), "{} of {} cases:\n{}", wrong.len(), cases.len(), wrong.join("\n"));
}
