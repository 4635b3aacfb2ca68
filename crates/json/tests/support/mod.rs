//! What the tests of paths share: cases in files, and the libraries that know the answers.

#![allow(dead_code, reason = "each test uses its part")]
#![allow(clippy::unwrap_used, reason = "a helper of tests fails as a test does")]

pub(crate) mod generate;

use std::io::Write as _;
use std::path::{Path as File, PathBuf};
use std::process::{Command, Stdio};
use std::sync::atomic::{AtomicU32, Ordering};

use stagedoor_json::{Found, Path, Slashes, parse};

/// What a path finds in a document: JSON, `nothing`, or `invalid`.
pub(crate) fn found(document: &str, path: &str) -> String {
    let Ok(value) = parse(document) else { return "no document".to_owned() };
    let Ok(path) = Path::parse(path) else { return "invalid".to_owned() };
    match path.find(&value) {
        Ok(Found::Missing) => "nothing".to_owned(),
        Ok(found) => {
            let mut text = String::new();
            found.push_json(Slashes::Bare, &mut text);
            text
        }
        Err(error) => error.to_string(),
    }
}

/// One line of a file of cases.
#[derive(Debug)]
pub(crate) struct Case {
    pub(crate) place: String,
    pub(crate) document: String,
    pub(crate) path: String,
    pub(crate) expected: String,
    pub(crate) agreed: Agreed,
}

/// Who gives the same answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Agreed {
    /// `=>`
    Both,
    /// `->`: the current library, but not version 2.0.
    New,
    /// `~>`: neither; tests/cases/README.md says why.
    Nobody,
}

/// The cases of all files, as `tests/cases/README.md` describes them.
pub(crate) fn cases() -> Vec<Case> {
    let folder = File::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases");
    let mut files: Vec<_> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.retain(|file| file.extension().is_some_and(|extension| extension == "txt"));
    files.sort();
    files.iter().flat_map(|file| cases_of(file)).collect()
}

fn cases_of(file: &File) -> Vec<Case> {
    let text = std::fs::read_to_string(file).unwrap();
    let name = file.file_name().unwrap().to_string_lossy().into_owned();
    let (mut document, mut cases) = ("", Vec::new());
    for (at, line) in text.lines().enumerate() {
        let place = format!("{name}:{}", at + 1);
        if let Some(next) = line.strip_prefix("doc ") {
            document = next;
        } else if !line.is_empty() && !line.starts_with('#') {
            cases.push(case(line, document, place));
        }
    }
    cases
}

fn case(line: &str, document: &str, place: String) -> Case {
    let arrows = [("  =>  ", Agreed::Both), ("  ->  ", Agreed::New), ("  ~>  ", Agreed::Nobody)];
    let mut split = arrows.iter().filter_map(|(arrow, agreed)| Some((line.split_once(arrow)?, *agreed)));
    let ((path, expected), agreed) = split.next().unwrap_or_else(|| panic!("{place}: no arrow"));
    Case {
        place,
        document: document.to_owned(),
        path: path.to_owned(),
        expected: expected.to_owned(),
        agreed,
    }
}

/// A question to the libraries.
pub(crate) struct Question<'q> {
    /// `p` for a path in a document, `j` and `s` for a text read permissively and printed as JSON or by `toString`.
    pub(crate) kind: u8,
    pub(crate) first: &'q str,
    pub(crate) second: &'q str,
}

/// The library's answer where it meets a list in a list: see tests/cases/README.md.
pub(crate) const FAULT: &str = "fault";

/// A Java library that knows answers.
pub(crate) struct Oracle {
    class_path: String,
    source: PathBuf,
}

const JARS: [&str; 6] = ["json-path", "json-smart", "accessors-smart", "asm", "slf4j-api", "slf4j-nop"];
const HARNESS: &str = include_str!("../differential/Harness.java");

/// Jayway's JsonPath 2.0.0 with json-smart 2.2, which Debian packages; none where they are not installed.
pub(crate) fn old_library() -> Option<Oracle> {
    let jars: Vec<_> = JARS.iter().map(|jar| format!("/usr/share/java/{jar}.jar")).collect();
    let there = jars.iter().all(|jar| File::new(jar).exists()) && has("javac");
    there.then(|| Oracle { class_path: jars.join(":"), source: harness("old", HARNESS) })
}

/// JsonPath as a current release has it, inside WireMock's archive, which npm installs; none where npm is not installed.
pub(crate) fn new_library() -> Option<Oracle> {
    if !has("javac") || !has("npm") {
        return None;
    }
    let home = File::new(env!("CARGO_TARGET_TMPDIR")).join("jsonpath");
    let script = File::new(env!("CARGO_MANIFEST_DIR")).join("tests/differential/install.sh");
    let status = Command::new("sh").arg(script).arg(&home).status().unwrap();
    assert!(status.success(), "tests/differential/install.sh failed: {status}");
    let source =
        HARNESS.replace("com.jayway", "wiremock.com.jayway").replace("net.minidev", "wiremock.net.minidev");
    let jar = home.join("wiremock.jar").to_string_lossy().into_owned();
    Some(Oracle { class_path: jar, source: harness("new", &source) })
}

fn has(command: &str) -> bool {
    Command::new(command).arg("--version").stdout(Stdio::null()).stderr(Stdio::null()).status().is_ok()
}

fn harness(name: &str, source: &str) -> PathBuf {
    static MADE: AtomicU32 = AtomicU32::new(0);
    let number = MADE.fetch_add(1, Ordering::Relaxed);
    let folder =
        File::new(env!("CARGO_TARGET_TMPDIR")).join(format!("{name}-{}-{number}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    let file = folder.join("Harness.java");
    std::fs::write(&file, source).unwrap();
    file
}

impl Oracle {
    /// Its answers: text, `nothing`, `invalid`, or [`FAULT`].
    pub(crate) fn answers(&self, questions: &[Question<'_>]) -> Vec<String> {
        let mut java = Command::new("java");
        java.args(["-Xshare:auto", "-XX:TieredStopAtLevel=1", "-cp", &self.class_path]).arg(&self.source);
        let mut child = java.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
        let mut input = child.stdin.take().unwrap();
        let bytes: Vec<u8> = questions.iter().flat_map(asked).collect();
        let writer = std::thread::spawn(move || input.write_all(&bytes));
        let output = child.wait_with_output().unwrap();
        writer.join().unwrap().unwrap();
        let answers = answered(&output.stdout);
        assert_eq!(answers.len(), questions.len(), "the library stopped early");
        answers
    }
}

impl Drop for Oracle {
    fn drop(&mut self) {
        if let Some(folder) = self.source.parent() {
            let _ = std::fs::remove_dir_all(folder);
        }
    }
}

fn asked(question: &Question<'_>) -> Vec<u8> {
    let mut bytes = vec![question.kind];
    for text in [question.first, question.second] {
        bytes.extend(u32::try_from(text.len()).unwrap().to_be_bytes());
        bytes.extend(text.as_bytes());
    }
    bytes
}

fn answered(mut bytes: &[u8]) -> Vec<String> {
    let mut answers = Vec::new();
    while let [kind, a, b, c, d, rest @ ..] = bytes {
        let length = u32::from_be_bytes([*a, *b, *c, *d]) as usize;
        let text = String::from_utf8_lossy(&rest[..length]).into_owned();
        answers.push(match kind {
            b'v' => text,
            b'i' => "invalid".to_owned(),
            _ if text.contains("Could not determine value type") => FAULT.to_owned(),
            _ => "nothing".to_owned(),
        });
        bytes = &rest[length..];
    }
    answers
}
